package dev.parley.personas;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Lets askers take turns at a brain: each has at most one job under way, in the order asked, and
 * whoever asks much waits behind their own questions only.
 */
final class Turns {
  /** How many questions of one asker may wait. */
  static final int MOST_WAITING = 20;

  private final Executor threads;
  private final int workers;
  private final Map<String, Row> rows = new HashMap<>();
  private final Deque<Row> ready = new ArrayDeque<>();
  private int running;

  /** What an asker waits for. It is there while something waits or runs. */
  private record Row(String asker, Deque<Runnable> jobs) {}

  /**
   * @param workers how many jobs may run at once
   */
  Turns(Executor threads, int workers) {
    this.threads = threads;
    this.workers = workers;
  }

  /**
   * Runs a job when it is its asker's turn.
   *
   * @return false if too many of that asker's wait already; then it never runs
   */
  synchronized boolean offer(String asker, Runnable job) {
    Row row = rows.computeIfAbsent(asker, this::newRow);
    if (row.jobs().size() >= MOST_WAITING) {
      return false;
    }
    row.jobs().add(job);
    start();
    return true;
  }

  private Row newRow(String asker) {
    Row row = new Row(asker, new ArrayDeque<>());
    ready.add(row);
    return row;
  }

  private void start() {
    while (running < workers && !ready.isEmpty()) {
      Row row = ready.remove();
      Runnable job = row.jobs().remove();
      running++;
      threads.execute(() -> run(row, job));
    }
  }

  private void run(Row row, Runnable job) {
    try {
      job.run();
    } finally {
      done(row);
    }
  }

  private synchronized void done(Row row) {
    running--;
    if (row.jobs().isEmpty()) {
      rows.remove(row.asker());
    } else {
      ready.add(row);
    }
    start();
  }
}

package dev.parley.bench;

import java.util.concurrent.TimeUnit;

/** Open loop: posts by schedule until {@code end}, whether or not the server keeps up. */
final class PacedPoster implements Poster, Runnable {
  private final Outbox outbox;
  private final Schedule schedule;
  private final long end;
  private long turn;

  PacedPoster(Outbox outbox, Schedule schedule, long end) {
    this.outbox = outbox;
    this.schedule = schedule;
    this.end = end;
  }

  @Override
  public void start() {
    outbox.lane().loop().execute(this);
  }

  @Override
  public void run() {
    long now = outbox.lane().clock().now();
    if (due() <= now) {
      postAllDue(now);
    }
    if (due() < end) {
      var _ = outbox.lane().loop().schedule(this, due() - now, TimeUnit.NANOSECONDS);
    }
  }

  private void postAllDue(long now) {
    for (; due() <= now && due() < end; turn++) {
      outbox.post(schedule.number(turn), due());
    }
    outbox.flush();
  }

  private long due() {
    return schedule.due(turn);
  }

  @Override
  public void acknowledged() {}

  @Override
  public void refused(Refused refusal) {}
}

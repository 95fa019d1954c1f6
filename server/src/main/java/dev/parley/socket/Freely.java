package dev.parley.socket;

import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks beside each other as long as their socket takes the answers: a page of history may be
 * large, and a reader that asks for many and takes none must not fill the memory.
 */
final class Freely implements Executor {
  private static final int MOST_AT_ONCE = 16;

  private final Executor threads;
  private final Channel channel;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int running;

  Freely(Executor threads, Channel channel) {
    this.threads = threads;
    this.channel = channel;
  }

  @Override
  public void execute(Runnable task) {
    synchronized (waiting) {
      waiting.add(task);
    }
    goOn();
  }

  /** To be called when the socket takes more again. */
  void goOn() {
    for (Runnable task = next(); task != null; task = next()) {
      Runnable due = task;
      threads.execute(() -> run(due));
    }
  }

  private void run(Runnable task) {
    try {
      task.run();
    } finally {
      synchronized (waiting) {
        running--;
      }
      goOn();
    }
  }

  private @Nullable Runnable next() {
    synchronized (waiting) {
      if (running == MOST_AT_ONCE || waiting.isEmpty() || !channel.isWritable()) {
        return null;
      }
      running++;
      return waiting.remove();
    }
  }
}

package dev.parley.bench;

/** Sleeps of the main thread. */
public final class Pause {
  private Pause() {}

  /** Sleeps for so long. */
  public static void millis(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException _) {
      throw new LoadFailure("interrupted");
    }
  }

  /** Sleeps until the clock shows {@code time}. */
  static void until(RunClock clock, long time) {
    long left = time - clock.now();
    if (left > 0) {
      millis(left / 1_000_000 + 1);
    }
  }
}

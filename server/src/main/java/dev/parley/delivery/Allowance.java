package dev.parley.delivery;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes that all logs together may keep in memory for readers that lag. */
final class Allowance {
  private final AtomicLong left;

  Allowance(long bytes) {
    this.left = new AtomicLong(bytes);
  }

  /** Takes some, or none if there are not as many. */
  boolean take(long bytes) {
    boolean had = left.addAndGet(-bytes) >= 0;
    if (!had) {
      give(bytes);
    }
    return had;
  }

  void give(long bytes) {
    left.addAndGet(bytes);
  }
}

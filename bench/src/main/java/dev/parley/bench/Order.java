package dev.parley.bench;

import java.util.HashSet;
import java.util.Set;

/**
 * Holds one reader of one conversation to the promise that {@code seq} counts 1, 2, 3 …: what is
 * skipped is a hole, what fills a hole came late, anything else below the newest is a duplicate.
 * Belongs to one thread.
 */
public final class Order {
  private final Set<Long> holes = new HashSet<>();
  private long last;
  private long late;
  private long duplicates;

  /**
   * @param start the {@code seq} after which the reader's stream begins
   */
  public Order(long start) {
    last = start;
  }

  /** The reader received this one. */
  public void next(long seq) {
    if (seq == last + 1) {
      last = seq;
    } else {
      outOfLine(seq);
    }
  }

  private void outOfLine(long seq) {
    if (seq > last) {
      skipTo(seq);
    } else if (holes.remove(seq)) {
      late++;
    } else {
      duplicates++;
    }
  }

  private void skipTo(long seq) {
    for (long missing = last + 1; missing < seq; missing++) {
      holes.add(missing);
    }
    last = seq;
  }

  /** How many of the seqs up to {@code head} have not come. */
  public long missing(long head) {
    return holes.size() + Math.max(0, head - last);
  }

  /** How many were skipped and have not come since. */
  public long gaps() {
    return holes.size();
  }

  /** How many came after a later one. */
  public long late() {
    return late;
  }

  /** How many came again. */
  public long duplicates() {
    return duplicates;
  }
}

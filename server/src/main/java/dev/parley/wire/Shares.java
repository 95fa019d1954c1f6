package dev.parley.wire;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many of something each owner has, up to a limit that nobody gets past, however many ask at
 * once.
 */
public final class Shares<K> {
  private final int most;
  private final Map<K, Integer> taken = new ConcurrentHashMap<>();

  /**
   * @param most of one owner; 0 for any number
   */
  public Shares(int most) {
    this.most = most;
  }

  /** Whether there was one left for the owner, who has it from now until it is given back. */
  public boolean take(K owner) {
    boolean[] had = {false};
    taken.compute(
        owner,
        (known, count) -> {
          int before = count == null ? 0 : count;
          had[0] = most == 0 || before < most;
          return had[0] ? Integer.valueOf(before + 1) : count;
        });
    return had[0];
  }

  /** Gives one back that was taken. */
  public void giveBack(K owner) {
    taken.computeIfPresent(owner, (known, count) -> count == 1 ? null : count - 1);
  }
}

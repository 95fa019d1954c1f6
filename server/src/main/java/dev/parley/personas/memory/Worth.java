package dev.parley.personas.memory;

import java.time.Duration;

/**
 * What a memory is worth: pure functions of what is stored and of the time at which one looks, so
 * nothing has to be recounted in the background and nothing goes stale.
 */
final class Worth {
  /** After this time without being learnt or used, half of a memory's freshness is left. */
  static final Duration HALF_LIFE = Duration.ofDays(30);

  private static final double USES_FOR_HALF = 5;

  private Worth() {}

  /**
   * 1 at once, half after each {@link #HALF_LIFE}; never 0 before it is very old, never above 1.
   */
  static double recency(long sinceMillis) {
    return Math.pow(0.5, Math.max(0, sinceMillis) / (double) HALF_LIFE.toMillis());
  }

  /** 0 if never used, towards 1 the more often it was. */
  static double use(long uses) {
    return Math.max(0, uses) / (Math.max(0, uses) + USES_FOR_HALF);
  }

  /** By how much a memory that fits is preferred to another that fits as well: 0.6 to 1. */
  static double weight(double importance, double recency, double use) {
    return 0.6 + 0.2 * importance + 0.12 * recency + 0.08 * use;
  }

  /** What is kept when there is no room for all: 0 to 1. */
  static double keeping(double importance, double recency, double use) {
    return 0.6 * importance + 0.25 * recency + 0.15 * use;
  }
}

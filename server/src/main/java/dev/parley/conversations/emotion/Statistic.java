package dev.parley.conversations.emotion;

import java.util.List;
import java.util.Optional;

/**
 * What is known of the feelings in several messages.
 *
 * @param count how many have a score
 * @param mean of their scores, 0 to 1, rounded to four digits; empty if there is none
 * @param negative how many are below 0.4
 * @param positive how many are above 0.6
 */
public record Statistic(
    long count, Optional<Double> mean, long negative, long neutral, long positive, Trend trend) {

  /**
   * @param total the sum of all scores, in thousandths
   * @param newestFirst the newest scores, in thousandths
   */
  public static Statistic of(
      long count, long total, long negative, long positive, List<Integer> newestFirst) {
    return new Statistic(
        count,
        count == 0 ? Optional.empty() : Optional.of(mean(count, total)),
        negative,
        count - negative - positive,
        positive,
        Trend.of(newestFirst));
  }

  private static double mean(long count, long total) {
    return Math.round(10_000.0 * total / (Feeling.MOST * count)) / 10_000.0;
  }
}

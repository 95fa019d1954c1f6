package dev.parley.personas.mood;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * A message that a persona answered.
 *
 * @param message its id
 * @param by who said it
 * @param at when it was answered, in milliseconds since 1970
 */
record Heard(String message, String by, long at, Tone tone) {

  /** In an order of their own, so that sums do not depend on the one in which they come. */
  static List<Heard> sorted(List<Heard> all) {
    return all.stream()
        .sorted(Comparator.comparingLong(Heard::at).thenComparing(Heard::message))
        .toList();
  }

  /** What is left of it, 0 to 1: half after each half-life. */
  double weight(long now, Duration halfLife) {
    return weight(at, now, halfLife);
  }

  static double weight(long at, long now, Duration halfLife) {
    return Math.pow(0.5, (double) Math.max(0, now - at) / halfLife.toMillis());
  }
}

package dev.parley.bench.nine;

import dev.parley.bench.Percentiles;
import dev.parley.bench.Usage;
import java.util.Locale;
import java.util.Map;

/**
 * What a load showed.
 *
 * @param answered in the measured time
 * @param seconds the measured time
 * @param delay from asking to the answer
 * @param used the server's processor time in the measured time, nanoseconds
 * @param residentBytes the server's memory at its end
 * @param refused how often, by the server's words
 * @param unanswered asked, and without any answer long after the end
 */
record Outcome(
    long answered,
    double seconds,
    Percentiles delay,
    long used,
    long residentBytes,
    Map<String, Long> refused,
    long unanswered) {
  private static final double MIB = 1 << 20;

  static long cpu(Usage before, Usage after) {
    return after.cpuNanos() - before.cpuNanos();
  }

  double perSecond() {
    return answered / seconds;
  }

  /** The server's processor time for each answer, microseconds. */
  double microsEach() {
    return used / 1e3 / Math.max(1, answered);
  }

  /** How many processors the server kept busy. */
  double processors() {
    return used / 1e9 / seconds;
  }

  double residentMib() {
    return residentBytes / MIB;
  }

  long refusals() {
    return refused.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Half, 95 and 99 of a hundred came within so many milliseconds. */
  String delays() {
    return String.format(Locale.ROOT, "%.1f / %.1f / %.1f", delay.p50(), delay.p95(), delay.p99());
  }
}

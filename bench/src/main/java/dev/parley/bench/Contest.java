package dev.parley.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Several servers under the same load by turns, so that a busy moment does not hit one alone; the
 * order turns round each time, so that none always follows the same.
 */
final class Contest {
  private final List<Contestant> contestants;
  private final int rounds;

  Contest(List<Contestant> contestants, int rounds) {
    this.contestants = contestants;
    this.rounds = rounds;
  }

  /** Lets each have a short run that does not count: code that is new runs slowly. */
  void warmUp(Plan plan) {
    contestants.forEach(one -> one.run(plan));
  }

  /** Each one's medians, in the order of the contestants. */
  Map<String, Score> play(Plan plan) {
    Map<String, List<Score>> runs = new LinkedHashMap<>();
    List<Contestant> order = new ArrayList<>(contestants);
    for (int round = 0; round < rounds; round++) {
      for (Contestant one : order) {
        runs.computeIfAbsent(one.name(), name -> new ArrayList<>()).add(one.run(plan));
      }
      Collections.reverse(order);
    }
    Map<String, Score> medians = new LinkedHashMap<>();
    runs.forEach((name, scores) -> medians.put(name, Score.median(scores)));
    return medians;
  }

  /**
   * The figures for people.
   *
   * @param measure the one that the others are compared with
   */
  static String table(Map<String, Score> scores, String measure) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%-28s%14s%10s%10s%10s%14s%12s"
            .formatted(
                "", "delivered/s", "relative", "p50, ms", "p99, ms", "CPU, µs each", "bytes"));
    Score all = scores.get(measure);
    double base = all == null ? Double.NaN : all.delivered();
    scores.forEach((name, score) -> lines.add(line(name, score, base)));
    return String.join("\n", lines);
  }

  private static String line(String name, Score score, double base) {
    return String.format(
        Locale.ROOT,
        "%-28s%,14.0f%9.0f%%%10.1f%10.1f%14.2f%12.0f",
        name,
        score.delivered(),
        100 * score.delivered() / base,
        score.p50(),
        score.p99(),
        score.micros(),
        score.bytes());
  }
}

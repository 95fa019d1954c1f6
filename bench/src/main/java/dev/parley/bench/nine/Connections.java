package dev.parley.bench.nine;

import dev.parley.bench.Database;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** So many people in conversation with a persona that has the scripted brain. */
final class Connections {
  private static final int WARM_PEOPLE = 5;
  private static final double WARM_UP = 30;
  private static final double SETTLE = 2;
  private static final double SECONDS = 8;
  private static final double RATE = 100;
  private static final String HEAD =
      """
      | connections | connected in s | met in s | asked at will: replies/s | p50 / p95 / p99 ms \
      | CPU each µs | processors | memory MiB | %.0f questions/s: p50 / p95 / p99 ms | CPU each µs \
      | refused, unanswered |
      |---|---|---|---|---|---|---|---|---|---|---|\
      """;

  private final Map<String, String> settings;

  Connections(String workers) {
    settings = Map.of("BACKGROUND_WORKERS", workers);
  }

  void print(List<Integer> sizes) {
    List<Integer> rising = sizes.stream().sorted().toList();
    try (Gathering gathering = Gathering.on(Database.SQLITE, rising.getLast(), settings)) {
      var _ = gathering.grow(Math.min(WARM_PEOPLE, rising.getFirst()));
      var _ = gathering.saturated(0, WARM_UP);
      System.out.printf(Locale.ROOT, HEAD + "%n", RATE);
      rising.forEach(people -> print(gathering, people));
    }
  }

  private static void print(Gathering gathering, int people) {
    Gathering.Coming coming = gathering.grow(people);
    Outcome will = gathering.saturated(SETTLE, SECONDS);
    Outcome paced = gathering.paced(RATE, SETTLE, SECONDS);
    gathering.server().checkAlive();
    System.out.printf(
        Locale.ROOT,
        "| %,d | %.2f | %.2f | %,.0f | %s | %.0f | %.2f | %.0f | %s | %.0f | %d, %d |%n",
        people,
        coming.connect(),
        coming.meet(),
        will.perSecond(),
        will.delays(),
        will.microsEach(),
        will.processors(),
        will.residentMib(),
        paced.delays(),
        paced.microsEach(),
        will.refusals() + paced.refusals(),
        will.unanswered() + paced.unanswered());
    will.refused().forEach((words, times) -> System.out.println("  " + times + " × " + words));
    paced.refused().forEach((words, times) -> System.out.println("  " + times + " × " + words));
  }
}

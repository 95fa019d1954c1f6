package dev.parley.bench.nine;

import dev.parley.bench.Pause;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Metrics: counted at each call, and fetched each second. */
final class MetricsStep implements Step {
  private static final String ITEM = "9 metrics";
  private static final String KEY = "ENABLE_METRICS";
  private static final int PEOPLE = 50;
  private static final int ROUNDS = 2;
  private static final double WARM_UP = 6;
  private static final double SECONDS = 6;

  @Override
  public List<Row> rows() {
    List<String> off = new ArrayList<>();
    List<String> on = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      off.add(replies(false));
      on.add(replies(true));
    }
    return List.of(
        new Row(
            ITEM,
            "%d people: replies a second, server's CPU each, µs; %d rounds"
                .formatted(PEOPLE, ROUNDS),
            String.join("; ", off),
            String.join("; ", on),
            KEY + " false; true, and fetched each second"));
  }

  private static String replies(boolean on) {
    AtomicBoolean over = new AtomicBoolean();
    try (Gathering gathering = Gathering.of(PEOPLE, Map.of(KEY, Boolean.toString(on)))) {
      if (on) {
        Thread.ofVirtual().start(() -> fetch(gathering, over));
      }
      Outcome outcome = gathering.saturated(WARM_UP, SECONDS);
      over.set(true);
      return String.format(Locale.ROOT, "%,.0f, %.0f", outcome.perSecond(), outcome.microsEach());
    }
  }

  private static void fetch(Gathering gathering, AtomicBoolean over) {
    while (!over.get()) {
      var _ = gathering.server().metrics().count();
      Pause.millis(1_000);
    }
  }
}

package dev.parley.bench.nine;

import dev.parley.bench.Client;
import dev.parley.bench.Connection;
import dev.parley.bench.Crowd;
import dev.parley.bench.Database;
import dev.parley.bench.OwnServer;
import dev.parley.bench.Percentiles;
import dev.parley.bench.RunClock;
import dev.parley.bench.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Connection limits: whoever comes when there is no place is told so at once. */
final class LimitStep implements Step {
  private static final String ITEM = "2 connection limits";
  private static final String KEY = "WEBSOCKET_MAX_CONNECTIONS";
  private static final int COME = 5_000;
  private static final String LIMIT = "500";

  /** What became of those who came. */
  private record Arrival(
      int in, Map<String, Integer> words, double micros, Percentiles waited, long resident) {
    String people() {
      int refused = words.values().stream().mapToInt(Integer::intValue).sum();
      return String.format(Locale.ROOT, "%,d in, %,d refused", in, refused);
    }

    String cost() {
      return String.format(
          Locale.ROOT,
          "%.1f / %.1f; %.0f; %d",
          waited.p50(),
          waited.p99(),
          micros,
          resident / (1 << 20));
    }
  }

  @Override
  public List<Row> rows() {
    Arrival all = arrival("0");
    Arrival some = arrival(LIMIT);
    String how = KEY + " 0, no limit; " + LIMIT;
    return List.of(
        new Row(ITEM, "%,d come, 128 at once".formatted(COME), all.people(), some.people(), how),
        new Row(
            ITEM,
            "answer to a handshake, p50 / p99 ms; server's CPU each, µs; its memory, MiB",
            all.cost(),
            some.cost(),
            "the refusal: " + String.join(", ", some.words().keySet())));
  }

  private static Arrival arrival(String limit) {
    RunClock clock = RunClock.started();
    Histogram waited = new ConcurrentHistogram(3);
    Map<String, Integer> words = new ConcurrentHashMap<>();
    try (OwnServer server =
            OwnServer.start(
                OwnServer.command(), Database.SQLITE, Map.of(KEY, limit), new Crowd(COME)::moveIn);
        Client client = new Client(server.endpoint(), 1, clock, new Tally())) {
      long before = server.usage().orElseThrow().cpuNanos();
      List<CompletableFuture<Connection>> came =
          Together.begun(COME, i -> knock(client, i, clock, waited, words));
      long used = server.usage().orElseThrow().cpuNanos() - before;
      List<Connection> in = new ArrayList<>();
      came.stream()
          .filter(one -> !one.isCompletedExceptionally())
          .forEach(one -> in.add(one.join()));
      long resident = server.usage().orElseThrow().residentBytes();
      in.forEach(Connection::leave);
      return new Arrival(in.size(), words, used / 1e3 / COME, Percentiles.of(waited), resident);
    }
  }

  private static CompletableFuture<Connection> knock(
      Client client, int number, RunClock clock, Histogram waited, Map<String, Integer> words) {
    long start = clock.now();
    return client
        .connect(Optional.of(Crowd.token(number)))
        .whenComplete((_, refused) -> {
          waited.recordValue(clock.now() - start);
          Optional.ofNullable(refused).ifPresent(why -> words.merge(inWords(why), 1, Integer::sum));
        });
  }

  private static String inWords(Throwable why) {
    return String.valueOf(why.getMessage()).replaceAll("\"requestId\":\"[^\"]*\"", "").strip();
  }
}

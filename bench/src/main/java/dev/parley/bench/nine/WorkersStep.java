package dev.parley.bench.nine;

import dev.parley.bench.Connection;
import dev.parley.bench.Database;
import dev.parley.bench.Pause;
import dev.parley.bench.Stamp;
import dev.parley.bench.Waiting;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Background workers with bounded queues: replies are written behind the calls. */
final class WorkersStep implements Step {
  private static final String ITEM = "7 background workers, bounded queue";
  private static final String WORKERS = "BACKGROUND_WORKERS";
  private static final String QUEUE = "MESSAGE_QUEUE_SIZE";
  private static final int PEOPLE = 50;
  private static final int POSTERS = 1_000;
  private static final int AT_ONCE = 60;
  private static final int MODEL_MILLIS = 400;
  private static final double WARM_UP = 3;
  private static final double SECONDS = 6;

  @Override
  public List<Row> rows() {
    return List.of(model(), flood(), posts());
  }

  private static Row model() {
    Outcome one = model("1");
    Outcome four = model("4");
    Outcome all = model("50");
    return new Row(
        ITEM,
        "a model that writes for 0.4 s, %d people: replies a second, p95 s".formatted(PEOPLE),
        replies(one),
        replies(four) + "; " + replies(all),
        WORKERS + " 1; 4, the standard; 50");
  }

  private static Outcome model(String workers) {
    try (ModelPeople people = new ModelPeople(PEOPLE, Map.of(WORKERS, workers))) {
      return people.saturated(WARM_UP, SECONDS);
    }
  }

  private static String replies(Outcome outcome) {
    return String.format(
        Locale.ROOT, "%.1f, %.2f", outcome.perSecond(), outcome.delay().p95() / 1e3);
  }

  /** One who does not wait for answers, and another who asks once. */
  private static Row flood() {
    try (ModelPeople people = new ModelPeople(2, Map.of())) {
      double alone = people.wait(1);
      AtomicInteger stopped = new AtomicInteger();
      Connection flooding = people.connection(0);
      flooding.hearer((event, _) -> {
        if (event.path("type").asString("").equals("persona.stopped")) {
          stopped.incrementAndGet();
        }
      });
      IntStream.range(0, AT_ONCE)
          .mapToObj(i -> people.talk(0).post("What time is it? " + i))
          .toList()
          .forEach(posted -> Waiting.on(posted, "posting"));
      double beside = people.wait(1);
      Pause.millis(500);
      return new Row(
          ITEM,
          "one asks %d things at once: another's wait, s (alone %.2f); refused"
              .formatted(AT_ONCE, alone),
          String.format(Locale.ROOT, "%.2f; none", behindAPlainQueue()),
          String.format(Locale.ROOT, "%.2f; %d", beside, stopped.get()),
          "a pool of 4 with a plain queue, in process; turns by asker, 20 of each waiting");
    }
  }

  private static double behindAPlainQueue() {
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      long start = System.nanoTime();
      for (int i = 0; i < AT_ONCE; i++) {
        pool.execute(() -> Pause.millis(MODEL_MILLIS));
      }
      pool.submit(() -> Pause.millis(MODEL_MILLIS));
      pool.shutdown();
      while (!pool.isTerminated()) {
        Pause.millis(1);
      }
      return (System.nanoTime() - start) / 1e9;
    }
  }

  private static Row posts() {
    return new Row(
        ITEM,
        "%,d who post: posts a second, p99 ms, refused".formatted(POSTERS),
        posts("0"),
        posts("100"),
        QUEUE + " 0, no limit; 100");
  }

  private static String posts(String queue) {
    try (Gathering gathering =
        Gathering.strangers(POSTERS, Database.SQLITE, Map.of(QUEUE, queue))) {
      List<String> rooms =
          Together.done(POSTERS / 10, i -> room(gathering.connections().get(i)), "making rooms");
      Together.done(
          POSTERS,
          i ->
              gathering
                  .connections()
                  .get(i)
                  .call("conversations.join", Map.of("id", rooms.get(i % rooms.size()))),
          "joining");
      String content = Stamp.blank(200);
      List<Asking.Asker> posters =
          IntStream.range(0, POSTERS)
              .<Asking.Asker>mapToObj(i ->
                  () ->
                      gathering
                          .connections()
                          .get(i)
                          .call(
                              "messages.post",
                              Map.of(
                                  "conversation", rooms.get(i % rooms.size()), "content", content)))
              .toList();
      Outcome outcome = Asking.saturated(gathering.server(), posters, WARM_UP, SECONDS);
      return String.format(
          Locale.ROOT,
          "%,.0f, %.0f, %,d",
          outcome.perSecond(),
          outcome.delay().p99(),
          outcome.refusals());
    }
  }

  private static CompletableFuture<String> room(Connection owner) {
    return owner.call(
        "conversations.create",
        Map.of("kind", "room", "title", "Posts", "visibility", "public"),
        made -> made.at("/conversation/id").asString());
  }
}

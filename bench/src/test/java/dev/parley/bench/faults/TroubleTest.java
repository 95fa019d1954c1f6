package dev.parley.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.parley.bench.Client;
import dev.parley.bench.Connection;
import dev.parley.bench.Credentials;
import dev.parley.bench.Database;
import dev.parley.bench.LoadFailure;
import dev.parley.bench.Refused;
import dev.parley.bench.RunClock;
import dev.parley.bench.Tally;
import dev.parley.bench.Waiting;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * What the database's trouble means for those who call: a clear error, no false promise, and that
 * all goes on by itself afterwards. The disk is full, locked or away in earnest.
 */
@ParameterizedClass
@EnumSource(Database.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TroubleTest {
  private static final int UNAVAILABLE = -32007;
  private static final Duration SOON = Duration.ofSeconds(60);

  @Parameter Database database = Database.SQLITE;

  @SuppressWarnings("NullAway.Init")
  private World world;

  @SuppressWarnings("NullAway.Init")
  private Client client;

  @SuppressWarnings("NullAway.Init")
  private String token;

  @BeforeParameterizedClassInvocation
  void start() {
    world = World.of(database);
    assertThat(world.victim().awaitReady(SOON)).isTrue();
    client = new Client(world.victim().endpoint(), 1, RunClock.started(), new Tally());
    token = new Credentials(Optional.empty(), Optional.empty(), 1).tokens(client).getFirst();
  }

  @AfterParameterizedClassInvocation
  void end() {
    client.close();
    world.close();
  }

  @Test
  void while_the_disk_is_full_callers_and_health_are_told_and_service_returns_by_itself()
      throws Exception {
    toldAndBack(
        () -> Signals.limitFiles(world.keeper(), 0),
        () -> {
          Signals.unlimitFiles(world.keeper());
          world.restoreDatabase();
        });
  }

  @Test
  void while_somebody_else_locks_the_database_callers_and_health_are_told_and_reading_goes_on()
      throws Exception {
    assumeThat(database).isEqualTo(Database.SQLITE);
    String url = "jdbc:sqlite:" + world.victim().data().resolve("parley.db");
    try (var other = DriverManager.getConnection(url);
        Statement statement = other.createStatement()) {
      toldAndBack(
          () -> {
            statement.execute("BEGIN IMMEDIATE");
            assertThat(call("conversations.list", Map.of()).has("items")).isTrue();
          },
          () -> statement.execute("ROLLBACK"));
    }
  }

  @Test
  void while_the_database_is_gone_callers_and_health_are_told_and_service_returns_by_itself()
      throws Exception {
    assumeThat(database).isEqualTo(Database.POSTGRESQL);
    Postgres postgres = world.postgres().orElseThrow();
    toldAndBack(
        () -> {
          postgres.kill();
          assertThat(refusal("conversations.list", Map.of())).isEqualTo(UNAVAILABLE);
        },
        postgres::startAgain);
  }

  @Test
  void while_the_database_stands_still_health_says_so_and_what_waits_is_done_afterwards()
      throws Exception {
    assumeThat(database).isEqualTo(Database.POSTGRESQL);
    Postgres postgres = world.postgres().orElseThrow();
    String room = room();
    post(room, 1);
    Signals.stop(postgres.processes());
    CompletableFuture<Long> waits =
        CompletableFuture.supplyAsync(() -> post(room, 2).path("seq").asLong());
    awaitTrouble();
    assertThat(waits).isNotDone();
    Signals.resume(postgres.processes());
    assertThat(world.victim().awaitReady(SOON)).isTrue();
    assertThat(waits.join()).isEqualTo(2);
    assertThat(posts(room)).containsExactly("post 1", "post 2");
  }

  /** Something that may fail. */
  private interface Step {
    void run() throws SQLException, InterruptedException;
  }

  private void toldAndBack(Step begin, Step end) throws Exception {
    String room = room();
    post(room, 0);
    begin.run();
    List<Integer> refused = new ArrayList<>();
    long deadline = System.nanoTime() + SOON.toNanos();
    for (int number = 1; refused.isEmpty(); number++) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      int told = refusal("messages.post", message(room, number));
      if (told != 0) {
        assertThat(told).isEqualTo(UNAVAILABLE);
        refused.add(number);
      }
    }
    awaitTrouble();
    end.run();
    assertThat(world.victim().awaitReady(SOON)).isTrue();
    assertThat(world.victim().deaths()).isEmpty();
    refused.forEach(number -> post(room, number));
    List<String> all = posts(room);
    assertThat(all).doesNotHaveDuplicates().hasSize(refused.getLast() + 1);
  }

  /** Until health says what is wrong; each answer comes in good time. */
  private void awaitTrouble() throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(world.victim().endpoint().http("/health/ready"))
            .timeout(Duration.ofSeconds(15))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer;
      do {
        answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      } while (answer.statusCode() == 200);
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).startsWith("The database");
    }
  }

  private String room() {
    return call("conversations.create", Map.of("kind", "room", "title", "Trouble"))
        .at("/conversation/id")
        .asString("");
  }

  private static Map<String, String> message(String room, int number) {
    return Map.of(
        "conversation", room, "content", "post " + number, "clientId", "trouble-" + number);
  }

  private JsonNode post(String room, int number) {
    return call("messages.post", message(room, number)).path("message");
  }

  private List<String> posts(String room) {
    List<String> posts = new ArrayList<>();
    call("messages.list", Map.of("conversation", room, "after", 0, "limit", 100))
        .path("items")
        .forEach(one -> posts.add(one.path("content").asString("")));
    return posts;
  }

  /** 0 if it was not refused. */
  private int refusal(String method, Map<String, ?> params) {
    Connection line = Waiting.on(client.connect(Optional.of(token)), "connecting");
    try {
      return line.call(method, params).thenApply(_ -> 0).exceptionally(TroubleTest::code).join();
    } finally {
      line.leave();
    }
  }

  private static int code(Throwable failed) {
    return switch (failed) {
      case Refused refused -> refused.code();
      case java.util.concurrent.CompletionException e when e.getCause() instanceof Refused r ->
          r.code();
      default -> throw new LoadFailure(failed.toString());
    };
  }

  private JsonNode call(String method, Map<String, ?> params) {
    Connection line = Waiting.on(client.connect(Optional.of(token)), "connecting");
    try {
      return Waiting.on(line.call(method, params), method);
    } finally {
      line.leave();
    }
  }
}

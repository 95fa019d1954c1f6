package dev.parley.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.functions.Json;
import dev.parley.testing.Database;
import dev.parley.testing.DatabaseLink;
import dev.parley.testing.Socket;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** How often the server waits for PostgreSQL, seen from the network between them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoundTripsTest {
  private final DatabaseLink link = link();
  private final TestServer server =
      TestServer.start(
          Database.SQLITE,
          Map.of(
              "DATABASE_URL", link.url() + "?prepareThreshold=0",
              "DB_POOL_SIZE", "2",
              "DB_MAX_OVERFLOW", "0"));
  private User ada;
  private User bob;
  private Socket socket;
  private String room;

  private static DatabaseLink link() {
    try {
      return new DatabaseLink(Database.POSTGRESQL.fresh().getOrDefault("DATABASE_URL", ""));
    } catch (IOException unavailable) {
      throw new IllegalStateException(unavailable);
    }
  }

  @BeforeAll
  void warmUp() {
    ada = server.user("ada");
    bob = server.user("bob");
    room = ada.room("Far away");
    bob.join(room);
    socket = ada.socket();
    post("warm");
  }

  @AfterAll
  void stop() throws IOException {
    socket.close();
    server.close();
    link.close();
  }

  /** Of what follows by itself: the search index, unread counts, personas, pages of the log. */
  private static final List<String> FOLLOWING =
      List.of(
          "indexed_seq",
          "FROM log l LEFT JOIN messages",
          "SELECT m.actor,",
          "FROM personas p JOIN actors n",
          "SELECT conversation, seq, type, at");

  /** What a call waited for. */
  private List<String> waits(Runnable call) {
    link.forget();
    call.run();
    return link.turns().stream()
        .filter(sent -> FOLLOWING.stream().noneMatch(sent::contains))
        .toList();
  }

  private String call(String method, String params, Object... inserted) {
    JsonNode result = socket.call(method, params.formatted(inserted));
    return result.at("/message/id").asString("");
  }

  private String post(String content) {
    return call("messages.post", "{conversation: '%s', content: '%s'}", room, content);
  }

  @Test
  void a_post_on_a_warm_session_is_one_round_trip() {
    for (int i = 0; i < 10; i++) {
      assertThat(waits(() -> post("one"))).hasSize(1);
    }
    String first = post("to be answered");
    assertThat(
            waits(() ->
                call(
                    "messages.post",
                    "{conversation: '%s', content: 'x', clientId: 'c', replyTo: '%s'}",
                    room,
                    first)))
        .hasSize(1);
    assertThat(waits(() -> bob.post(room, "over HTTP"))).hasSize(1);
  }

  @Test
  void a_post_that_names_somebody_asks_once_who_that_is() {
    assertThat(waits(() -> post("tea, @" + bob.name() + "?"))).hasSize(2);
  }

  @Test
  void what_looks_at_something_first_waits_for_each_look_and_once_for_the_change() {
    String message = post("to be revised");
    String ofMessage = "{id: '%s'".formatted(message);
    String ofRoom = "{conversation: '%s'".formatted(room);
    assertThat(waits("messages.list", ofRoom + "}")).hasSize(3);
    assertThat(waits("messages.edit", ofMessage + ", content: 'revised'}")).hasSize(5);
    assertThat(waits("messages.react", ofMessage + ", emoji: 'x', on: true}")).hasSize(5);
    assertThat(waits("conversations.subscribe", "{id: '%s'}".formatted(room))).hasSize(1);
  }

  private List<String> waits(String function, String params) {
    return waits(() -> socket.call(function, params));
  }

  @Test
  void a_post_whose_answer_is_lost_is_refused_and_yet_reaches_its_readers_once() {
    try (Socket reader = bob.socket()) {
      reader.call("conversations.subscribe", "{id: '%s'}".formatted(room));
      link.loseAnswerTo("the answer gets lost");
      String params =
          "{conversation: '%s', content: 'the answer gets lost', clientId: 'lost'}".formatted(room);
      assertThat(socket.refused("messages.post", params).at("/data/type").stringValue())
          .isEqualTo("unavailable");
      JsonNode seen = reader.event("message.posted");
      assertThat(seen.at("/data/message/content").stringValue()).isEqualTo("the answer gets lost");
      assertThat(socket.call("messages.post", params).at("/message/id"))
          .isEqualTo(seen.at("/data/message/id"));
      post("and on");
      assertThat(reader.event("message.posted").at("/data/message/content").stringValue())
          .isEqualTo("and on");
    }
  }

  @Test
  void a_question_whose_answer_is_lost_is_asked_again() {
    link.loseAnswerTo("ORDER BY m.seq DESC");
    assertThat(socket.call("messages.list", "{conversation: '%s'}".formatted(room)).path("items"))
        .isNotEmpty();
  }

  @Test
  void changes_of_one_conversation_that_wait_together_are_one_round_trip() throws Exception {
    try (DatabaseLink near = link();
        OpenStore open = OpenStore.at(near.url())) {
      CountDownLatch go = new CountDownLatch(1);
      open.store().listen(entries -> await(go));
      FutureTask<Committed> first = started(open.store(), 0);
      while (near.turns().stream().noneMatch(sent -> sent.contains("test.told"))) {
        Thread.onSpinWait();
      }
      List<FutureTask<Committed>> others =
          IntStream.rangeClosed(1, 20).mapToObj(number -> started(open.store(), number)).toList();
      near.forget();
      go.countDown();
      assertThat(first.get(1, TimeUnit.MINUTES).entries()).hasSize(1);
      for (int i = 1; i <= 20; i++) {
        FutureTask<Committed> one = others.get(i - 1);
        if (i % 5 == 0) {
          assertThatThrownBy(() -> one.get(1, TimeUnit.MINUTES)).hasRootCauseMessage("never");
        } else {
          assertThat(one.get(1, TimeUnit.MINUTES).entries()).hasSize(1);
        }
      }
      assertThat(near.turns()).hasSize(1);
      assertThat(open.store().log().page(OpenStore.ROOM, 0, 100)).hasSize(17);
    }
  }

  /** Commits a change on a thread of its own, and returns once that waits. */
  private static FutureTask<Committed> started(Store store, int number) {
    FutureTask<Committed> commit = new FutureTask<>(() -> store.commit(change(number)));
    Thread thread = Thread.ofVirtual().start(commit);
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return commit;
  }

  private static Change change(int number) {
    Change change = OpenStore.change().append(OpenStore.entry(number));
    return number > 0 && number % 5 == 0
        ? change.check("never", "SELECT 1 FROM meta WHERE name = ?", "never")
        : change;
  }

  private static void await(CountDownLatch go) {
    try {
      go.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void what_came_from_outside_is_never_part_of_a_statement() {
    String hostile = "'); DROP TABLE log; --?'' $1[1] \\ $$ {\"a\",NULL}";
    socket.call(
        "messages.post",
        "{conversation: '%s', content: %s, clientId: %s}"
            .formatted(
                room,
                Json.MAPPER.writeValueAsString(hostile),
                Json.MAPPER.writeValueAsString(hostile)));
    JsonNode newest =
        socket.call("messages.list", "{conversation: '%s', limit: 1}".formatted(room));
    assertThat(newest.at("/items/0/content").stringValue()).isEqualTo(hostile);
  }
}

package dev.parley.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.testing.Database;
import dev.parley.testing.RawSocket;
import dev.parley.testing.Socket;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a reader is sent that has much to catch up with, and in which order. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BacklogTest {
  /** More than the kernel's buffers and the server's together keep for a socket. */
  private static final int MANY = 400;

  /** 15 MB, of which the system's buffers for a socket hold about a third. */
  private static final int MORE_THAN_THE_SYSTEM_TAKES = 1_500;

  private static final String LONG = "x".repeat(10_000);

  private TestServer server = TestServer.start(Database.SQLITE);
  private User ada = server.user("ada");

  @BeforeAll
  void start() {
    assertThat(server.port()).isPositive();
    server.clock().stop();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private static void fill(User poster, String room, int count, String content) {
    try (Socket socket = poster.socket()) {
      List<CompletableFuture<JsonNode>> posts =
          IntStream.range(0, count)
              .mapToObj(i ->
                  socket.send(
                      "messages.post",
                      "{conversation: '%s', content: '%d %s'}".formatted(room, i, content)))
              .toList();
      posts.forEach(post -> assertThat(post.join().has("result")).isTrue());
    }
  }

  /** A socket that reads next to nothing ahead, subscribed. */
  private RawSocket stopped(User user, String room) {
    RawSocket socket = RawSocket.narrow(server, arrays(user));
    subscribe(socket, 1, room);
    return socket;
  }

  private Map<String, String> arrays(User user) {
    Map<String, String> headers = RawSocket.headers(server, Optional.of(user.token()));
    headers.put("Sec-WebSocket-Protocol", "parley.v1");
    return headers;
  }

  private static void subscribe(RawSocket socket, int id, String room) {
    socket.call(id, "conversations.subscribe", "{id: '%s'}".formatted(room));
    socket.reply(id);
  }

  /** The events of the next frame that bears some, each whole. */
  private static List<JsonNode> events(RawSocket socket) {
    JsonNode frame = socket.next(RawSocket.TEXT).json();
    List<JsonNode> all = new ArrayList<>();
    (frame.isArray() ? frame : List.of(frame)).forEach(all::add);
    return all;
  }

  private static List<JsonNode> events(RawSocket socket, String room, int logged) {
    List<JsonNode> all = new ArrayList<>();
    while (seqs(all, room).size() < logged) {
      all.addAll(events(socket));
    }
    return all;
  }

  private static List<Long> seqs(List<JsonNode> events, String room) {
    return events.stream()
        .filter(event -> event.at("/params/conversation").asString("").equals(room))
        .filter(event -> event.at("/params/seq").isNumber())
        .map(event -> event.at("/params/seq").longValue())
        .toList();
  }

  private static List<Long> range(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void what_waits_comes_in_arrays_of_at_most_16_to_those_who_negotiated_it(boolean negotiated) {
    String room = ada.room("Arrays");
    fill(ada, room, 300, "short");
    Map<String, String> headers =
        negotiated ? arrays(ada) : RawSocket.headers(server, Optional.of(ada.token()));
    try (RawSocket socket = RawSocket.open(server, headers)) {
      socket.call(1, "conversations.subscribe", "{id: '%s', afterSeq: 5}".formatted(room));
      socket.reply(1);
      List<Integer> sizes = new ArrayList<>();
      List<JsonNode> all = new ArrayList<>();
      while (seqs(all, room).size() < 295) {
        List<JsonNode> frame = events(socket);
        sizes.add(frame.size());
        all.addAll(frame);
      }
      assertThat(seqs(all, room)).isEqualTo(range(6, 300));
      assertThat(sizes)
          .contains(negotiated ? 16 : 1)
          .allMatch(size -> size <= (negotiated ? 16 : 1));
    }
  }

  /**
   * A socket that is full is read again when it has room; what others see has its reply on the way.
   */
  private void awaitPosts(String room, int count) {
    try (Socket other = ada.socket()) {
      String params = "{conversation: '%s', limit: 1}".formatted(room);
      await().until(() -> other.call("messages.list", params).path("total").asInt() == count);
    }
  }

  @Test
  void a_reply_is_in_no_array_and_overtakes_what_waits() {
    String room = ada.room("Overtaken");
    try (RawSocket socket = stopped(ada, room)) {
      fill(ada, room, MORE_THAN_THE_SYSTEM_TAKES, LONG);
      socket.call(7, "messages.post", "{conversation: '%s', content: 'then'}".formatted(room));
      List<JsonNode> before = new ArrayList<>();
      List<JsonNode> frame = events(socket);
      boolean heard = false;
      while (frame.getFirst().path("id").asInt(0) != 7) {
        assertThat(frame).allMatch(event -> event.path("method").asString("").equals("event"));
        before.addAll(frame);
        if (before.size() >= 100 && !heard) {
          awaitPosts(room, MORE_THAN_THE_SYSTEM_TAKES + 1);
          heard = true;
        }
        frame = events(socket);
      }
      assertThat(frame).hasSize(1);
      assertThat(seqs(before, room).size()).isLessThan(MORE_THAN_THE_SYSTEM_TAKES);
    }
  }

  @Test
  void of_what_may_be_lost_a_lagging_reader_is_told_the_newest_when_all_else_is_told() {
    User bob = server.user("bob");
    User cy = server.user("cy");
    String room = ada.room("Passing");
    bob.join(room);
    cy.join(room);
    try (RawSocket socket = stopped(ada, room);
        Socket writes = bob.socket();
        Socket reads = cy.socket()) {
      fill(bob, room, MANY, LONG);
      for (int i = 1; i <= 50; i++) {
        writes.call("typing.set", "{conversation: '%s', on: %s}".formatted(room, i % 2 == 0));
        reads.call("reads.mark", "{conversation: '%s', seq: %d}".formatted(room, i));
      }
      List<JsonNode> all = new ArrayList<>();
      while (of(all, "typing").isEmpty() || of(all, "read").isEmpty()) {
        all.addAll(events(socket));
      }
      assertThat(seqs(all, room)).isEqualTo(range(3, MANY + 2));
      assertThat(of(all, "typing")).hasSize(1);
      assertThat(of(all, "typing").getFirst().at("/params/data/on").booleanValue()).isTrue();
      assertThat(of(all, "read")).hasSize(1);
      assertThat(of(all, "read").getFirst().at("/params/data/seq").intValue()).isEqualTo(50);
    }
  }

  private static List<JsonNode> of(List<JsonNode> events, String type) {
    return events.stream()
        .filter(event -> event.at("/params/type").asString("").equals(type))
        .toList();
  }

  @Test
  void a_lagging_reader_is_not_sent_what_was_deleted_meanwhile() {
    String full = ada.room("Full");
    String room = ada.room("Regretted");
    try (RawSocket socket = stopped(ada, full)) {
      subscribe(socket, 2, room);
      fill(ada, full, MANY, LONG);
      String id = ada.post(room, "the secretword").path("id").stringValue();
      ada.call("messages.delete", "{id: '%s'}".formatted(id));
      List<JsonNode> all = events(socket, room, 2);
      assertThat(seqs(all, room)).isEqualTo(range(1, 2));
      assertThat(all.toString()).doesNotContain("secretword");
    }
  }

  @Test
  void one_stopped_reader_among_500_delays_nobody_and_misses_nothing() {
    String full = ada.room("Full");
    String room = ada.room("Five hundred");
    List<Socket> readers = new ArrayList<>();
    try (RawSocket socket = stopped(ada, full)) {
      subscribe(socket, 2, room);
      for (int i = 0; i < 499; i++) {
        readers.add(ada.socket());
        readers.getLast().call("conversations.subscribe", "{id: '%s'}".formatted(room));
      }
      fill(ada, full, MANY, LONG);
      fill(ada, room, 40, "short");
      assertThat(readers)
          .allSatisfy(reader ->
              assertThat(reader.logged(room, 40))
                  .extracting(event -> event.path("seq").longValue())
                  .isEqualTo(range(1, 40)));
      List<JsonNode> late = new ArrayList<>(events(socket, full, MANY));
      while (seqs(late, room).size() < 40) {
        late.addAll(events(socket));
      }
      assertThat(seqs(late, full)).isEqualTo(range(1, MANY));
      assertThat(seqs(late, room)).isEqualTo(range(1, 40));
    } finally {
      readers.forEach(Socket::close);
    }
  }
}

package dev.parley.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Database;
import dev.parley.testing.OnBothDatabases;
import dev.parley.testing.Socket;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

/** Several who change the same thing at the same moment. */
@OnBothDatabases
class RevisingTest {
  private static final int PEOPLE = 8;
  private static final int ROUNDS = 12;

  @Parameter private Database database;
  private TestServer server;
  private User ada;
  private String room;
  private final List<Socket> sockets = new ArrayList<>();

  @BeforeParameterizedClassInvocation
  void start() {
    server = TestServer.start(database);
    ada = server.user("ada");
    room = ada.room("Busy");
    sockets.clear();
    for (int i = 0; i < PEOPLE; i++) {
      User user = server.user("user");
      user.join(room);
      sockets.add(user.socket());
    }
  }

  @AfterParameterizedClassInvocation
  void stop() {
    sockets.forEach(Socket::close);
    server.close();
  }

  private static void join(List<CompletableFuture<JsonNode>> replies) throws Exception {
    for (CompletableFuture<JsonNode> reply : replies) {
      assertThat(reply.get(1, TimeUnit.MINUTES).has("result")).isTrue();
    }
  }

  private long head() {
    return ada.call("conversations.get", "{id: '%s'}".formatted(room)).at("/asOf/seq").longValue();
  }

  /** The last event that tells of a message. */
  private JsonNode lastTold(String message) {
    try (Socket socket = ada.socket()) {
      socket.call("conversations.subscribe", "{id: '%s', afterSeq: 0}".formatted(room));
      return socket.logged(room, head()).stream()
          .filter(event -> event.at("/data/message/id").asString("").equals(message))
          .reduce((earlier, later) -> later)
          .orElseThrow();
    }
  }

  @Test
  void reactions_and_an_edit_at_the_same_moment_are_all_in_what_is_told_last() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String id = ada.post(room, "react to this").path("id").stringValue();
      List<CompletableFuture<JsonNode>> replies = new ArrayList<>();
      for (int i = 0; i < PEOPLE; i++) {
        replies.add(
            sockets
                .get(i)
                .send("messages.react", "{id: '%s', emoji: 'e%d', on: true}".formatted(id, i)));
      }
      ada.call("messages.edit", "{id: '%s', content: 'edited'}".formatted(id));
      join(replies);
      JsonNode message = lastTold(id).at("/data/message");
      assertThat(message.path("reactions")).hasSize(PEOPLE);
      assertThat(message.path("content").stringValue()).isEqualTo("edited");
      assertThat(message)
          .isEqualTo(ada.call("messages.get", "{id: '%s'}".formatted(id)).path("message"));
    }
  }

  @Test
  void a_room_is_renamed_while_everybody_talks_in_it() throws Exception {
    List<CompletableFuture<JsonNode>> replies = new ArrayList<>();
    for (int i = 0; i < 50 * PEOPLE; i++) {
      replies.add(
          sockets
              .get(i % PEOPLE)
              .send("messages.post", "{conversation: '%s', content: 'm'}".formatted(room)));
    }
    for (int i = 0; i < 5; i++) {
      JsonNode told =
          ada.call("conversations.update", "{id: '%s', title: 'T%d'}".formatted(room, i));
      assertThat(told.at("/conversation/title").stringValue()).isEqualTo("T" + i);
    }
    join(replies);
  }

  @Test
  void two_who_change_different_settings_at_the_same_moment_both_succeed() throws Exception {
    String own = ada.room("Settings");
    try (Socket one = ada.socket();
        Socket other = ada.socket()) {
      for (int i = 0; i < ROUNDS; i++) {
        CompletableFuture<JsonNode> title =
            one.send("conversations.update", "{id: '%s', title: 'T%d'}".formatted(own, i));
        CompletableFuture<JsonNode> topic =
            other.send("conversations.update", "{id: '%s', topic: 't%d'}".formatted(own, i));
        join(List.of(title, topic));
        JsonNode now =
            ada.call("conversations.get", "{id: '%s'}".formatted(own)).path("conversation");
        assertThat(now.path("title").stringValue()).isEqualTo("T" + i);
        assertThat(now.path("topic").stringValue()).isEqualTo("t" + i);
        assertThat(now.path("lastSeq").longValue()).isEqualTo(2L * (i + 1));
      }
    }
  }
}

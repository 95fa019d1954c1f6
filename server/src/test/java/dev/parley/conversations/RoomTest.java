package dev.parley.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Database;
import dev.parley.testing.OnBothDatabases;
import dev.parley.testing.Socket;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

@OnBothDatabases
class RoomTest {
  @Parameter private Database database;
  private TestServer server;

  @BeforeParameterizedClassInvocation
  void start() {
    server = TestServer.start(database);
  }

  @AfterParameterizedClassInvocation
  void stop() {
    server.close();
  }

  @Test
  void two_people_talk_and_see_the_same_in_the_same_order() {
    User ada = server.user("ada");
    User bob = server.user("bob");
    String room = ada.room("Lobby");
    bob.join(room);
    try (Socket one = ada.socket();
        Socket other = bob.socket()) {
      one.call("conversations.subscribe", "{id: '%s'}".formatted(room));
      other.call("conversations.subscribe", "{id: '%s', afterSeq: 0}".formatted(room));
      for (int i = 0; i < 10; i++) {
        (i % 2 == 0 ? one : other)
            .call("messages.post", "{conversation: '%s', content: 'm%d'}".formatted(room, i));
      }
      List<JsonNode> seen = other.logged(room, 11);
      assertThat(seen)
          .extracting(event -> event.path("seq").longValue())
          .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
      assertThat(one.logged(room, 11)).isEqualTo(seen.subList(1, 11));
    }
  }
}

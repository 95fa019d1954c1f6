package dev.parley.personas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.testing.ChildServer;
import dev.parley.testing.Database;
import dev.parley.testing.Witness;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * A persona posts into a room for somebody. Whoever sees the post kills the server at once, before
 * the persona could say that it is done; then it says so, and has posted once.
 */
class ErrandCrashTest {
  private static final int MOST_ROUNDS = 12;

  @ParameterizedTest
  @EnumSource(Database.class)
  void what_was_done_before_the_process_was_killed_is_not_done_again(Database database)
      throws IOException, InterruptedException {
    try (ChildServer server = ChildServer.start(database)) {
      Ada ada = Ada.at(server);
      String room =
          ada.call("conversations.create", Map.of("kind", "room", "title", "Reception"))
              .at("/conversation/id")
              .stringValue();
      Map<String, Object> host =
          Map.of("name", "rosa", "description", "", "functions", List.of("messages.post"));
      String rosa = ada.call("personas.create", host).at("/persona/id").stringValue();
      JsonNode unused = ada.call("personas.invite", Map.of("conversation", room, "persona", rosa));
      String direct =
          ada.call("personas.converse", Map.of("persona", rosa))
              .at("/conversation/id")
              .stringValue();
      boolean heard = true;
      for (int round = 1; heard; round++) {
        assertThat(round).isLessThanOrEqualTo(MOST_ROUNDS);
        ada.say(direct, "post a message; conversation: %s; content: a guest".formatted(room));
        heard = ada.killsOnceItIsDone(direct, room);
        server.startAgain();
        assertThat(ada.awaitAnswer(direct, ada.last(direct)))
            .containsAnyOf("Done: Post a message.", "that was done already");
        assertThat(ada.messages(room)).hasSize(round);
      }
    }
  }

  /** Somebody who talks with a persona. */
  private record Ada(ChildServer server, String token) {
    private static final String NAME = "ada";

    static Ada at(ChildServer server) throws IOException, InterruptedException {
      Map<String, String> login = Map.of("name", NAME, "password", "a long password");
      JsonNode unused = server.call("", "accounts.register", login);
      String token = server.call("", "sessions.open", login).path("token").stringValue();
      return new Ada(server, token);
    }

    JsonNode call(String function, Map<String, ?> params) throws IOException, InterruptedException {
      return server.call(token, function, params);
    }

    /** Agrees, and tells whether the answer came before the server was killed. */
    boolean killsOnceItIsDone(String direct, String room) throws IOException, InterruptedException {
      long next = seq(room) + 1;
      try (Witness witness = server.witness()) {
        long yes = post(direct, "yes").path("seq").longValue();
        while (!witness.sees(room, next)) {
          Thread.onSpinWait();
        }
        server.kill();
        return witness.sees(direct, yes + 1);
      }
    }

    long seq(String conversation) throws IOException, InterruptedException {
      return call("conversations.get", Map.of("id", conversation))
          .at("/conversation/lastSeq")
          .longValue();
    }

    JsonNode post(String direct, String text) throws IOException, InterruptedException {
      return call("messages.post", Map.of("conversation", direct, "content", text)).path("message");
    }

    void say(String direct, String text) throws IOException, InterruptedException {
      assertThat(awaitAnswer(direct, post(direct, text).path("id").stringValue()))
          .endsWith("shall I do it? (yes, no, or what to change)");
    }

    String awaitAnswer(String direct, String message) {
      return await().until(() -> answer(direct, message), Optional::isPresent).orElseThrow();
    }

    Optional<String> answer(String direct, String message)
        throws IOException, InterruptedException {
      return messages(direct).stream()
          .filter(one -> one.path("replyTo").stringValue("").equals(message))
          .map(one -> one.path("content").stringValue())
          .findFirst();
    }

    String last(String direct) throws IOException, InterruptedException {
      return messages(direct).stream()
          .filter(one -> one.at("/sender/name").stringValue().equals(NAME))
          .reduce((one, later) -> later)
          .orElseThrow()
          .path("id")
          .stringValue();
    }

    List<JsonNode> messages(String conversation) throws IOException, InterruptedException {
      return call("messages.list", Map.of("conversation", conversation, "limit", 100))
          .path("items")
          .valueStream()
          .toList();
    }
  }
}

package dev.parley.personas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.store.Body;
import dev.parley.store.Change;
import dev.parley.store.SlowStatements;
import dev.parley.store.Store;
import dev.parley.store.StoreSettings;
import dev.parley.store.Stores;
import dev.parley.testing.Database;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class ReplyingTest {
  private static String guide(User asker) {
    return asker.call("personas.list", "{}").at("/items/0/id").stringValue();
  }

  private static List<JsonNode> messages(User reader, String room) {
    List<JsonNode> all = new ArrayList<>();
    reader
        .call("messages.list", "{conversation: '%s'}".formatted(room))
        .path("items")
        .forEach(all::add);
    return all;
  }

  private static String direct(User asker) {
    return asker
        .call("conversations.create", "{kind: 'direct', with: '%s'}".formatted(guide(asker)))
        .at("/conversation/id")
        .stringValue();
  }

  /** As if the process had died between the question and the answer. */
  private static void askBehindItsBack(TestServer server, User asker, String room) {
    StoreSettings settings =
        new StoreSettings(
            server.folder(),
            Optional.ofNullable(server.configuration().get("DATABASE_URL")),
            1,
            1,
            Duration.ofSeconds(5),
            Duration.ofHours(1),
            0,
            Duration.ZERO);
    long now = server.clock().millis();
    Change.Entry entry =
        new Change.Entry(
            room, "message.posted", now, 1, Optional.of("asked"), Body.of(Map.of("message", "")));
    try (Store store = Stores.open(settings, new SlowStatements(Duration.ZERO), server.clock())) {
      store.commit(
          new Change(new Change.Origin("call", asker.id()))
              .append(entry)
              .write(
                  """
                  INSERT INTO messages (id, conversation, seq, sender, content, at)
                  VALUES ('asked', ?, ?, ?, 'what time is it?', ?)\
                  """,
                  room,
                  entry.seq(),
                  asker.id(),
                  now));
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void what_was_asked_before_a_crash_is_answered_once_however_often_the_server_starts(
      Database database) throws Exception {
    try (TestServer server = TestServer.start(database)) {
      User ada = server.user("ada");
      String room = direct(ada);
      server.whileStopped(() -> askBehindItsBack(server, ada, room));
      await().until(() -> messages(ada, room).size() == 2);
      JsonNode answer = messages(ada, room).getLast();
      assertThat(answer.path("replyTo").stringValue()).isEqualTo("asked");
      assertThat(answer.path("content").stringValue()).startsWith("It is ");
      server.clock().advance(Duration.ofMinutes(10));
      server.restart();
      ada.post(room, "thanks");
      await().until(() -> messages(ada, room).size() >= 4);
      assertThat(messages(ada, room))
          .extracting(message -> message.at("/sender/kind").stringValue())
          .containsExactly("account", "persona", "account", "persona");
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void a_persona_answers_no_persona_and_no_room_that_it_is_not_in(Database database) {
    try (TestServer server = TestServer.start(database)) {
      User ada = server.user("ada");
      String without = ada.room("Without");
      assertThat(ada.post(without, "@guide hello").path("mentions").isEmpty()).isTrue();
      String left = ada.room("Left");
      String guide = guide(ada);
      ada.call("conversations.invite", "{id: '%s', account: '%s'}".formatted(left, guide));
      ada.call("conversations.remove", "{id: '%s', member: '%s'}".formatted(left, guide));
      ada.post(left, "@guide hello");
      String room = direct(ada);
      ada.post(room, "find @guide");
      await().until(() -> messages(ada, room).size() == 2);
      ada.post(room, "find hello");
      await().until(() -> messages(ada, room).size() == 4);
      assertThat(messages(ada, room).getLast().path("content").stringValue())
          .doesNotContain("@guide hello");
      assertThat(messages(ada, without)).hasSize(1);
      assertThat(messages(ada, left)).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void a_muted_persona_says_nothing(Database database) {
    try (TestServer server = TestServer.start(database)) {
      User ada = server.user("ada");
      String room = ada.room("Quiet");
      String guide = guide(ada);
      ada.call("conversations.invite", "{id: '%s', account: '%s'}".formatted(room, guide));
      ada.call(
          "conversations.mute", "{id: '%s', member: '%s', seconds: 60}".formatted(room, guide));
      ada.post(room, "@guide hello");
      String elsewhere = direct(ada);
      ada.post(elsewhere, "hello");
      await().until(() -> messages(ada, elsewhere).size() == 2);
      assertThat(messages(ada, room)).hasSize(1);
    }
  }
}

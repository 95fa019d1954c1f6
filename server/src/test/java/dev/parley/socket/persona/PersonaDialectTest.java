package dev.parley.socket.persona;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.functions.Json;
import dev.parley.testing.Database;
import dev.parley.testing.OnBothDatabases;
import dev.parley.testing.Socket;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

/** The dialect on real sockets, with personas that need no model. */
@OnBothDatabases
class PersonaDialectTest {
  @Parameter private Database database;
  private TestServer server;
  private User ada;
  private User bob;

  @BeforeParameterizedClassInvocation
  void start() {
    server = TestServer.start(database);
    ada = server.user("ada");
    bob = server.user("bob");
  }

  @AfterParameterizedClassInvocation
  void stop() {
    server.close();
  }

  private Socket open(User user) {
    return Socket.open(server, "/ws", "persona", Optional.of(user.token()));
  }

  private static void select(Socket socket, String persona) {
    socket.call("persona.switch", "{persona_id: '%s'}".formatted(persona));
  }

  private static String chat(Socket socket, String message) {
    return socket
        .call("persona.chat", "{message: '%s'}".formatted(message))
        .path("response")
        .stringValue();
  }

  @Test
  void personas_are_listed_and_one_is_selected_by_its_name_or_its_id() {
    try (Socket socket = open(ada)) {
      JsonNode all = socket.call("persona.list", "{}");
      assertThat(all.path("total_count").intValue()).isEqualTo(all.path("personas").size());
      assertThat(all.path("available_count").intValue()).isPositive();
      assertThat(all.path("personas").findValuesAsString("name")).contains("Aria", "Kira");
      JsonNode byName = socket.call("persona.switch", "{persona_id: 'ARIA'}");
      assertThat(byName.path("status").stringValue()).isEqualTo("active");
      String id = byName.path("persona_id").stringValue();
      JsonNode byId = socket.call("persona.switch", "{persona_id: '%s'}".formatted(id));
      assertThat(byId).isEqualTo(byName);
      JsonNode unknown = socket.refused("persona.switch", "{persona_id: 'Nobody'}");
      assertThat(unknown.path("code").intValue()).isEqualTo(-32003);
      assertThat(unknown.path("message").stringValue()).isEqualTo("Persona not found: Nobody");
    }
  }

  @Test
  void a_persona_answers_and_says_what_the_answer_cost() {
    try (Socket socket = open(ada)) {
      select(socket, "Kira");
      JsonNode answer = socket.call("persona.chat", "{message: 'What time is it?'}");
      assertThat(answer.path("response").stringValue()).startsWith("It is ");
      assertThat(answer.path("response_type").stringValue()).isEqualTo("direct");
      assertThat(answer.path("tokens_used").intValue()).isZero();
      assertThat(answer.path("model").isNull()).isTrue();
      assertThat(answer.path("continue_score").isNull()).isTrue();
      assertThat(answer.path("persona_state").isObject()).isTrue();
    }
  }

  @Test
  void whoever_has_selected_nobody_is_told_to() {
    try (Socket socket = open(ada)) {
      JsonNode error = socket.refused("persona.chat", "{message: 'Hello'}");
      assertThat(error.path("message").stringValue())
          .isEqualTo("No persona selected. Use persona.switch first");
      assertThat(socket.refused("persona.status", "{}").at("/data/field").stringValue())
          .isEqualTo("persona_id");
    }
  }

  @Test
  void parameters_that_do_not_fit_are_named() {
    try (Socket socket = open(ada)) {
      select(socket, "Kira");
      assertField(socket.refused("persona.switch", "{}"), "persona_id");
      assertField(socket.refused("persona.chat", "{message: ''}"), "message");
      assertField(
          socket.refused("persona.chat", "{message: 'Hi', token_budget: '500'}"), "token_budget");
      assertField(socket.refused("persona.create", "{name: 'X', charisma: 21}"), "charisma");
      assertField(
          socket.refused("persona.create", "{name: 'X', personality_traits: 'kind'}"),
          "personality_traits");
      assertField(socket.refused("persona.list", "{nonsense: 1}"), "nonsense");
      assertThat(socket.refused("persona.get", "{}").path("code").intValue()).isEqualTo(-32601);
    }
  }

  private static void assertField(JsonNode error, String field) {
    assertThat(error.path("code").intValue()).isEqualTo(-32602);
    assertThat(error.at("/data/field").stringValue()).isEqualTo(field);
  }

  @Test
  void an_id_may_be_a_number_a_text_or_null_and_comes_back_as_it_was() {
    try (Socket socket = open(ada)) {
      for (String id : List.of("7", "\"seven\"", "null")) {
        socket.raw("{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"system.models\"}".formatted(id));
        JsonNode reply = socket.other();
        assertThat(reply.path("id")).isEqualTo(Json.MAPPER.readTree(id));
        assertThat(reply.has("result")).isTrue();
        assertThat(reply.has("error")).isFalse();
      }
    }
  }

  @Test
  void a_notification_does_its_work_and_is_not_answered() {
    try (Socket socket = open(ada)) {
      socket.raw(
          "{\"jsonrpc\":\"2.0\",\"method\":\"persona.switch\",\"params\":{\"persona_id\":\"kira\"}}");
      JsonNode status = socket.call("persona.status", "{}");
      assertThat(status.at("/persona/name").stringValue()).isEqualTo("Kira");
      socket.raw(
          "{\"jsonrpc\":\"2.0\",\"method\":\"persona.chat_stream\",\"params\":{\"message\":\"hi\"}}");
      socket.raw("{\"jsonrpc\":\"2.0\",\"id\":\"next\",\"method\":\"system.models\"}");
      assertThat(socket.other().path("id").stringValue()).isEqualTo("next");
    }
  }

  @Test
  void a_batch_is_answered_as_one_array_in_its_order() {
    try (Socket socket = open(ada)) {
      socket.raw(
          """
          [{"jsonrpc":"2.0","id":1001,"method":"persona.switch","params":{"persona_id":"kira"}},
           {"jsonrpc":"2.0","method":"persona.list"},
           {"jsonrpc":"2.0","id":1002,"method":"persona.chat","params":{"message":"bye"}},
           {"jsonrpc":"2.0","id":1003,"method":"nonsense"}]\
          """);
      JsonNode replies = socket.other();
      assertThat(replies)
          .extracting(reply -> reply.path("id").intValue())
          .containsExactly(1001, 1002, 1003);
      assertThat(replies.path(1).at("/result/response").stringValue()).isEqualTo("Goodbye!");
      assertThat(replies.path(2).at("/error/code").intValue()).isEqualTo(-32601);
      assertThat(replies).allMatch(reply -> reply.has("result") != reply.has("error"));
    }
  }

  @Test
  void each_socket_has_a_current_persona_of_its_own() {
    try (Socket one = open(ada);
        Socket two = open(ada)) {
      select(one, "Aria");
      select(two, "Kira");
      assertThat(one.call("persona.status", "{}").at("/persona/name").stringValue())
          .isEqualTo("Aria");
      assertThat(two.call("persona.status", "{}").at("/persona/name").stringValue())
          .isEqualTo("Kira");
      assertThat(one.call("system.status", "{}").path("current_persona").stringValue())
          .isNotEqualTo(two.call("system.status", "{}").path("current_persona").stringValue());
    }
    try (Socket three = open(ada)) {
      assertThat(three.call("system.status", "{}").path("current_persona").isNull()).isTrue();
    }
  }

  @Test
  void what_one_has_told_a_persona_nobody_else_hears_of() {
    try (Socket adas = open(ada);
        Socket bobs = open(bob)) {
      select(adas, "Aria");
      select(bobs, "Aria");
      chat(adas, "I live in Reykjavik");
      chat(bobs, "I live in Lima");
      assertThat(chat(adas, "What do you know about me?"))
          .contains("Reykjavik")
          .doesNotContain("Lima");
      assertThat(chat(bobs, "What do you know about me?"))
          .contains("Lima")
          .doesNotContain("Reykjavik");
    }
  }

  @Test
  void answers_to_several_questions_at_once_find_their_questions() {
    try (Socket socket = open(ada)) {
      select(socket, "Kira");
      List<CompletableFuture<JsonNode>> replies = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        replies.add(
            socket.send(
                "persona.chat", "{message: 'What do you think of subject%d?'}".formatted(i)));
      }
      for (int i = 0; i < 8; i++) {
        assertThat(replies.get(i).join().at("/result/response").stringValue())
            .isEqualTo("I have no opinion about subject%d.".formatted(i));
      }
    }
  }

  @Test
  void a_client_that_takes_the_next_frame_for_its_reply_is_never_given_anything_else() {
    try (Socket socket = open(ada)) {
      select(socket, "Aria");
      String direct = socket.call("system.status", "{}").path("current_conversation").stringValue();
      String room = ada.room("Elsewhere");
      bob.join(room);
      bob.post(room, "@" + ada.name() + " look here");
      assertThat(chat(socket, "thanks")).isEqualTo("You are welcome.");
      ada.post(direct, "bye");
      assertThat(chat(socket, "thanks")).isEqualTo("You are welcome.");
      assertThat(socket.eventsSoFar()).isEmpty();
    }
  }

  @Test
  void a_chat_is_remembered_when_the_server_has_been_restarted() {
    User eve = server.user("eve");
    try (Socket socket = open(eve)) {
      select(socket, "Aria");
      chat(socket, "My name is Evelyn");
    }
    server.restart();
    try (Socket socket = open(eve)) {
      select(socket, "Aria");
      assertThat(chat(socket, "What do you know about me?")).contains("Evelyn");
      assertThat(chat(socket, "How many messages are there?")).contains("5 messages");
    }
  }

  @Test
  void a_persona_is_made_shown_and_deleted() {
    try (Socket socket = open(ada)) {
      JsonNode made =
          socket.call(
              "persona.create",
              """
              {name: 'Marcus %s', description: 'A wizard', personality_traits: {wise: true,
               patience: 0.9}, topic_preferences: {magic: 95}, charisma: 15, social_rank: 'sage'}\
              """
                  .formatted(database));
      assertThat(made.path("created").booleanValue()).isTrue();
      String id = made.path("persona_id").stringValue();
      select(socket, "marcus " + database);
      JsonNode status = socket.call("persona.status", "{}");
      assertThat(status.at("/persona/id").stringValue()).isEqualTo(id);
      assertThat(status.at("/persona/charisma").intValue()).isEqualTo(15);
      assertThat(status.at("/persona/intelligence").intValue()).isEqualTo(10);
      assertThat(status.at("/persona/topic_preferences/magic").intValue()).isEqualTo(95);
      assertThat(status.at("/persona/personality_traits").toString())
          .isEqualTo("[\"wise\",\"patience: 0.9\"]");
      assertThat(status.at("/memory_stats/total_memories").intValue()).isZero();
      assertThat(status.at("/interaction_state/is_available").booleanValue()).isTrue();

      chat(socket, "I live in Oslo");
      assertThat(socket.call("persona.status", "{}").at("/memory_stats/total_memories").intValue())
          .isEqualTo(1);
      try (Socket others = open(bob)) {
        String which = "{persona_id: '%s'}".formatted(id);
        assertThat(others.refused("persona.delete", which).path("code").intValue())
            .isEqualTo(-32002);
        assertThat(socket.call("persona.delete", which).path("deleted").booleanValue()).isTrue();
        assertThat(others.refused("persona.delete", which).path("code").intValue())
            .isEqualTo(-32003);
      }
      assertThat(socket.refused("persona.chat", "{message: 'Hi'}").path("message").stringValue())
          .contains("No persona selected");
      assertThat(socket.call("persona.list", "{}").toString()).doesNotContain(id);
      assertThat(ada.call("memories.list", "{}").toString()).doesNotContain("Oslo");
    }
  }

  @Test
  void one_signs_in_by_a_token_on_the_socket_if_the_handshake_bore_none() {
    try (Socket socket = Socket.open(server, "/ws", "persona", Optional.empty())) {
      assertThat(socket.refused("persona.list", "{}").path("code").intValue()).isEqualTo(-32001);
      assertThat(socket.refused("nonsense", "{}").path("code").intValue()).isEqualTo(-32001);
      socket.call("sessions.resume", "{token: '%s'}".formatted(ada.token()));
      assertThat(socket.call("persona.list", "{}").path("total_count").intValue()).isPositive();
    }
    try (Socket stranger = Socket.open(server, "/ws", "persona", Optional.empty())) {
      server.clock().advance(Duration.ofSeconds(11));
      assertThat(stranger.closeCode()).isEqualTo(3502);
    }
  }

  @Test
  void the_server_tells_how_it_is_and_that_it_has_no_model() {
    try (Socket socket = open(ada)) {
      JsonNode status = socket.call("system.status", "{}");
      assertThat(status.path("system_status").stringValue()).isEqualTo("operational");
      assertThat(status.path("llm_available").booleanValue()).isFalse();
      assertThat(status.path("total_personas").intValue()).isGreaterThanOrEqualTo(3);
      JsonNode models = socket.call("system.models", "{}");
      assertThat(models.path("available_models").isEmpty()).isTrue();
      assertThat(models.path("current_model").isNull()).isTrue();
    }
  }
}

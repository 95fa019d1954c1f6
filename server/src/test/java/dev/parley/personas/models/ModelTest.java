package dev.parley.personas.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.http.Fault;
import dev.parley.testing.Database;
import dev.parley.testing.ModelServer.Protocol;
import dev.parley.testing.Socket;
import dev.parley.testing.User;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Personas that think with a model: the real client, and a server that answers as models do. */
class ModelTest {
  private static final String[] FORTY_PIECES =
      IntStream.range(0, 40).mapToObj(piece -> " word" + piece).toArray(String[]::new);

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void what_a_model_writes_is_told_in_drafts_and_then_posted_once(Protocol protocol) {
    try (Talk talk = new Talk(protocol)) {
      talk.model.says("The roses", " are", " in bloom.");
      String question = talk.ada.post(talk.direct, "What is new?").path("id").stringValue();
      JsonNode thinking = talk.socket.event("persona.thinking").path("data");
      assertThat(thinking.at("/persona/id").stringValue()).isEqualTo(talk.rowan);
      JsonNode draft = talk.socket.event("persona.draft").path("data");
      assertThat(draft.path("index").intValue()).isZero();
      assertThat("The roses are in bloom.").startsWith(draft.path("text").stringValue());
      assertThat(talk.reply(question).path("content").stringValue())
          .isEqualTo("The roses are in bloom.");
      assertThat(talk.said())
          .containsExactly("account: What is new?", "persona: The roses are in bloom.");
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void the_next_question_takes_along_what_was_said_each_in_its_role(Protocol protocol) {
    try (Talk talk = new Talk(protocol)) {
      talk.model.says("Seven.");
      JsonNode first = talk.ask("How many roses are there?");
      talk.ask("And how many of them are red?");
      JsonNode request = talk.model.asked().getLast();
      assertThat(Talk.words(request, "system"))
          .singleElement()
          .asString()
          .contains("Keeps the garden")
          .doesNotContain("How many");
      assertThat(Talk.words(request, "user"))
          .containsExactly(
              talk.ada.name() + ": How many roses are there?",
              talk.ada.name() + ": And how many of them are red?");
      assertThat(Talk.words(request, "assistant"))
          .containsExactly(first.path("content").stringValue());
    }
  }

  @Test
  void drafts_are_pieces_in_order_and_all_that_was_written_before_the_message() {
    try (Talk talk = new Talk(Protocol.OPENAI)) {
      talk.model.saysSlowly(Duration.ofSeconds(1), FORTY_PIECES);
      String whole = String.join("", FORTY_PIECES);
      talk.ada.post(talk.direct, "Tell me all");
      List<JsonNode> drafts = new ArrayList<>();
      JsonNode event = talk.socket.event();
      while (!event.path("type").stringValue().equals("message.posted")
          || !event.at("/data/message/sender/kind").stringValue().equals("persona")) {
        if (event.path("type").stringValue().equals("persona.draft")) {
          drafts.add(event.path("data"));
        }
        event = talk.socket.event();
      }
      assertThat(drafts).extracting(draft -> draft.path("index").intValue()).isSorted();
      assertThat(drafts.getLast().path("index").intValue()).isEqualTo(drafts.size() - 1);
      assertThat(whole)
          .startsWith(
              String.join(
                  "", drafts.stream().map(draft -> draft.path("text").stringValue()).toList()));
      assertThat(event.at("/data/message/content").stringValue()).isEqualTo(whole.strip());
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void a_cancelled_reply_ends_and_the_conversation_goes_on(Protocol protocol) {
    try (Talk talk = new Talk(protocol)) {
      talk.model.saysSlowly(Duration.ofSeconds(60), FORTY_PIECES);
      String question = talk.ada.post(talk.direct, "Tell me all").path("id").stringValue();
      talk.socket.event("persona.draft");
      JsonNode cancelled =
          talk.ada.call("personas.cancel", "{conversation: '%s'}".formatted(talk.direct));
      assertThat(cancelled.path("cancelled").intValue()).isEqualTo(1);
      assertThat(talk.stopped().path("reason").stringValue()).isEqualTo("cancelled");
      assertThat(talk.context(question).path("outcome").stringValue()).isEqualTo("cancelled");
      talk.model.says("Short.");
      assertThat(talk.ask("In short, then").path("content").stringValue()).isEqualTo("Short.");
      assertThat(talk.said())
          .containsExactly("account: Tell me all", "account: In short, then", "persona: Short.");
    }
  }

  @Test
  void a_cancelled_reply_does_not_come_after_a_restart() {
    try (Talk talk = new Talk(Protocol.OPENAI)) {
      talk.model.hangs();
      talk.ada.post(talk.direct, "Tell me all");
      talk.socket.event("persona.thinking");
      talk.ada.call("personas.cancel", "{conversation: '%s'}".formatted(talk.direct));
      talk.model.says("Short.");
      talk.server.restart();
      talk.ada.post(talk.direct, "In short, then");
      await().until(() -> talk.said().size() == 3);
      assertThat(talk.said())
          .containsExactly("account: Tell me all", "account: In short, then", "persona: Short.");
    }
  }

  @Test
  void nobody_cancels_what_somebody_else_asked() {
    try (Talk talk = new Talk(Protocol.OPENAI)) {
      String room = talk.ada.room("Garden");
      talk.ada.call(
          "personas.invite", "{conversation: '%s', persona: '%s'}".formatted(room, talk.rowan));
      talk.model.saysSlowly(Duration.ofSeconds(60), FORTY_PIECES);
      try (Socket listener = talk.listening(talk.ada, room)) {
        talk.ada.post(room, "@rowan tell me all");
        listener.event("persona.draft");
        String cancel = "{conversation: '%s'}".formatted(room);
        JsonNode bobs = talk.server.user("bob").call("personas.cancel", cancel);
        assertThat(bobs.path("cancelled").intValue()).isZero();
        JsonNode adas = talk.ada.call("personas.cancel", cancel);
        assertThat(adas.path("cancelled").intValue()).isEqualTo(1);
      }
    }
  }

  @Test
  void a_lost_socket_neither_loses_nor_repeats_the_reply() {
    try (Talk talk = new Talk(Protocol.OPENAI)) {
      talk.model.saysSlowly(Duration.ofMillis(500), "One", " and", " two");
      talk.ada.post(talk.direct, "Count");
      talk.socket.event("persona.draft");
      talk.socket.drop();
      await().until(() -> talk.said().size() == 2);
      assertThat(talk.said()).containsExactly("account: Count", "persona: One and two");
      talk.server.restart();
      assertThat(talk.said()).hasSize(2);
    }
  }

  @Test
  void a_model_that_hangs_is_told_of_and_nothing_is_posted() {
    try (Talk talk = new Talk(Protocol.OPENAI, "PARLEY_REPLY_SECONDS", "0.5")) {
      talk.model.hangs();
      String question = talk.ada.post(talk.direct, "Are you there?").path("id").stringValue();
      JsonNode stopped = talk.stopped();
      assertThat(stopped.path("reason").stringValue()).isEqualTo("failed");
      assertThat(stopped.at("/error/type").stringValue()).isEqualTo("unavailable");
      assertThat(talk.said()).containsExactly("account: Are you there?");
      JsonNode context = talk.context(question);
      assertThat(context.path("outcome").stringValue()).isEqualTo("failed");
      assertThat(context.path("error").stringValue()).contains("longer than");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"MALFORMED_RESPONSE_CHUNK", "CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE"})
  void a_model_that_dies_in_the_middle_posts_nothing_and_the_conversation_goes_on(Fault fault) {
    try (Talk talk = new Talk(Protocol.OPENAI)) {
      talk.model.breaks(fault);
      talk.ada.post(talk.direct, "Go on");
      assertThat(talk.stopped().at("/error/type").stringValue()).isEqualTo("unavailable");
      talk.model.says("Here I am.");
      assertThat(talk.ask("Again?").path("content").stringValue()).isEqualTo("Here I am.");
      assertThat(talk.said()).hasSize(3);
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void chunks_that_are_no_answer_are_an_error(Protocol protocol) {
    try (Talk talk = new Talk(protocol, "PARLEY_REPLY_SECONDS", "1")) {
      talk.model.sends("data: {\"choices\": [}\n\n{\"message\": 7\n");
      talk.ada.post(talk.direct, "Go on");
      assertThat(talk.stopped().at("/error/type").stringValue()).isEqualTo("unavailable");
      assertThat(talk.said()).hasSize(1);
    }
  }

  @Test
  void a_model_that_fails_once_before_its_first_word_is_asked_again() {
    try (Talk talk = new Talk(Protocol.OPENAI)) {
      talk.model.says("Sorry for that.");
      talk.model.thenFails(503);
      assertThat(talk.ask("Hello?").path("content").stringValue()).isEqualTo("Sorry for that.");
      assertThat(talk.model.asked()).hasSize(2);
    }
  }

  @Test
  void a_model_that_fails_again_and_again_is_left_alone_for_a_while() {
    try (Talk talk = new Talk(Protocol.OPENAI)) {
      talk.model.fails(400);
      for (int i = 0; i < 5; i++) {
        talk.ada.post(talk.direct, "Hello?");
        assertThat(talk.stopped().at("/error/message").stringValue()).contains("error");
      }
      talk.ada.post(talk.direct, "Hello?");
      assertThat(talk.stopped().at("/error/message").stringValue()).contains("left alone");
      assertThat(talk.model.asked()).hasSize(5);
      talk.model.says("Better now.");
      talk.server.clock().advance(Duration.ofSeconds(31));
      assertThat(talk.ask("Hello?").path("content").stringValue()).isEqualTo("Better now.");
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void a_reply_is_cut_at_its_length_whatever_the_model_says_of_it(Protocol protocol) {
    try (Talk talk = new Talk(protocol, "PARLEY_REPLY_TOKENS", "16")) {
      talk.model.says(FORTY_PIECES);
      JsonNode reply = talk.ask("Tell me all");
      assertThat(reply.path("content").stringValue()).startsWith("word0 word1").hasSizeLessThan(80);
      assertThat(talk.context(reply.path("id").stringValue()).path("tokens").intValue())
          .isBetween(1, 16);
    }
  }

  @Test
  void a_model_that_says_nothing_is_an_error_and_no_message() {
    try (Talk talk = new Talk(Protocol.OLLAMA)) {
      talk.model.says("", "  ");
      talk.ada.post(talk.direct, "Well?");
      assertThat(talk.stopped().at("/error/message").stringValue()).contains("nothing");
      assertThat(talk.said()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void a_model_uses_functions_and_is_told_what_they_gave(Protocol protocol) {
    try (Talk talk = new Talk(protocol)) {
      talk.model.says("There is one.");
      talk.model.thenUses("personas_get", "{\"id\": \"%s\"}".formatted(talk.rowan));
      assertThat(talk.ask("Who are you?").path("content").stringValue()).isEqualTo("There is one.");
      assertThat(talk.model.asked().getFirst().path("tools").toString()).contains("personas_get");
      assertThat(Talk.words(talk.model.asked().getLast(), "tool"))
          .singleElement()
          .asString()
          .contains("Keeps the garden");
    }
  }

  @Test
  void a_model_may_do_no_more_than_its_persona_and_whoever_asked() {
    try (Talk talk = new Talk(Protocol.OPENAI)) {
      String secret = talk.server.user("bob").room("Secret", "private");
      talk.model.says("I cannot.");
      talk.model.thenUses("messages_list", "{\"conversation\": \"%s\"}".formatted(secret));
      talk.model.thenUses("conversations_leave", "{\"id\": \"%s\"}".formatted(talk.direct));
      talk.ask("Show me Bob's room, then leave");
      assertThat(Talk.words(talk.model.asked().getLast(), "tool"))
          .hasSize(2)
          .allSatisfy(result -> assertThat(result).startsWith("Refused"));
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void a_model_reads_for_nobody_what_others_told_its_persona(Database database) {
    try (Talk talk = new Talk(database, Protocol.OPENAI)) {
      User bob = talk.server.user("bob");
      String elsewhere = talk.converse(bob);
      talk.model.says("Mm.");
      String told = bob.post(elsewhere, "the vault opens with 4711").path("id").stringValue();
      await()
          .until(() ->
              bob.call("messages.list", "{conversation: '%s'}".formatted(elsewhere))
                          .path("items")
                          .size()
                      == 2
                  && bob.call("messages.search", "{text: 'vault'}").path("items").size() == 1);
      talk.model.thenUses("messages_search", "{\"text\": \"vault\"}");
      talk.model.thenUses("conversations_list", "{}");
      talk.model.thenUses("messages_list", "{\"conversation\": \"%s\"}".formatted(elsewhere));
      talk.model.thenUses("conversations_members", "{\"id\": \"%s\"}".formatted(elsewhere));
      talk.ask("What opens the safe?");
      List<String> results = Talk.words(talk.model.asked().getLast(), "tool");
      assertThat(results).hasSize(4);
      assertThat(results.toString()).contains(talk.direct).doesNotContain("4711", told, elsewhere);
    }
  }

  @Test
  void who_is_muted_while_a_persona_writes_gets_no_reply() {
    try (Talk talk = new Talk(Protocol.OPENAI)) {
      User bob = talk.server.user("bob");
      String room = talk.ada.room("Garden");
      talk.ada.call(
          "conversations.invite", "{id: '%s', account: '%s'}".formatted(room, talk.rowan));
      bob.call("conversations.join", "{id: '%s'}".formatted(room));
      try (Socket socket = talk.listening(bob, room)) {
        talk.model.saysSlowly(Duration.ofSeconds(2), "One ", "two ", "three ", "four");
        bob.post(room, "@rowan count");
        socket.event("persona.draft");
        talk.ada.call(
            "conversations.mute",
            "{id: '%s', member: '%s', seconds: 300}".formatted(room, bob.id()));

        assertThat(socket.event("persona.stopped").at("/data/error/type").stringValue())
            .isEqualTo("forbidden");
        JsonNode said =
            talk.ada.call("messages.list", "{conversation: '%s'}".formatted(room)).path("items");
        assertThat(said.valueStream().map(one -> one.path("content").stringValue()))
            .containsExactly("@rowan count");
      }
    }
  }

  @Test
  void a_persona_may_call_what_its_owner_allows_and_nothing_else() {
    try (Talk talk = new Talk(Protocol.OPENAI)) {
      talk.ada.call(
          "personas.edit", "{id: '%s', functions: ['conversations.update']}".formatted(talk.rowan));
      talk.model.says("Done.");
      talk.model.thenUses("personas_get", "{\"id\": \"%s\"}".formatted(talk.rowan));
      talk.ask("Who are you?");
      JsonNode tools = talk.model.asked().getFirst().path("tools");
      assertThat(tools).hasSize(1);
      assertThat(tools.toString()).contains("conversations_update");
      assertThat(Talk.words(talk.model.asked().getLast(), "tool"))
          .singleElement()
          .asString()
          .startsWith("Refused");
    }
  }

  @Test
  void a_model_that_wants_tools_for_ever_has_to_answer_at_last() {
    try (Talk talk = new Talk(Protocol.OPENAI)) {
      talk.model.says("Enough.");
      for (int i = 0; i < 4; i++) {
        talk.model.thenUses("personas_list", "{}");
      }
      assertThat(talk.ask("Go").path("content").stringValue()).isEqualTo("Enough.");
      assertThat(talk.model.asked()).hasSize(5);
      assertThat(talk.model.asked().getLast().has("tools")).isFalse();
    }
  }

  @Test
  void a_brain_that_is_not_configured_any_more_is_told_of() {
    try (Talk talk = new Talk(Protocol.OLLAMA);
        Talk other = new Talk(Protocol.OPENAI)) {
      assertThat(
              talk.ada
                  .tryCall("personas.edit", "{id: '%s', brain: 'openai'}".formatted(talk.rowan))
                  .body()
                  .path("field")
                  .stringValue())
          .isEqualTo("brain");
      assertThat(other.model.asked()).isEmpty();
    }
  }
}

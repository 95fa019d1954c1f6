package dev.parley.socket.persona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.testing.Database;
import dev.parley.testing.OnBothDatabases;
import dev.parley.testing.Socket;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

/** What personas remember, feel and think of each other, in the dialect. */
@OnBothDatabases
class PersonaMindTest {
  @Parameter private Database database;
  private TestServer server;
  private User owner;
  private User ada;

  @BeforeParameterizedClassInvocation
  void start() {
    server = TestServer.start(database);
    owner = server.owner();
    ada = server.user("ada");
  }

  @AfterParameterizedClassInvocation
  void stop() {
    server.close();
  }

  private Socket open(User user, String persona) {
    Socket socket = Socket.open(server, "/ws", "persona", Optional.of(user.token()));
    socket.call("persona.switch", "{persona_id: '%s'}".formatted(persona));
    return socket;
  }

  private String persona(User by, String name) {
    return by.call("personas.create", "{name: '%s'}".formatted(name))
        .at("/persona/id")
        .stringValue();
  }

  private static void store(Socket socket, String content, double importance) {
    socket.call("memory.store", "{content: '%s', importance: %s}".formatted(content, importance));
  }

  private static List<String> contents(JsonNode found) {
    return found.path("memories").findValuesAsString("content");
  }

  @Test
  void what_is_stored_is_found_by_its_words_and_its_importance() {
    persona(ada, "moss");
    try (Socket socket = open(ada, "moss")) {
      store(socket, "The gate creaks at night", 0.9);
      store(socket, "The gate is green", 0.2);
      assertThat(contents(socket.call("memory.search", "{query: 'What about the gate?'}")))
          .containsExactlyInAnyOrder("The gate creaks at night", "The gate is green");
      JsonNode important =
          socket.call(
              "memory.search",
              "{query: 'What about the gate?', min_importance: 0.5, memory_type: 'note'}");
      assertThat(contents(important)).containsExactly("The gate creaks at night");
      assertThat(important.path("result_count").intValue()).isEqualTo(1);
      JsonNode memory = important.path("memories").path(0);
      assertThat(memory.path("visibility").stringValue()).isEqualTo("private");
      assertThat(memory.path("created_at").stringValue()).endsWith("Z");
      assertThat(memory.path("similarity").doubleValue()).isPositive();
      assertThat(
              socket
                  .call("memory.search", "{query: 'gate', memory_type: 'fact'}")
                  .path("result_count")
                  .intValue())
          .isZero();
      assertThat(contents(socket.call("persona.memory", "{limit: 1}")))
          .containsExactly("The gate is green");
      assertThat(contents(socket.call("persona.memory", "{query: 'creaks'}")))
          .containsExactly("The gate creaks at night");
      JsonNode stats = socket.call("memory.stats", "{}");
      assertThat(stats.path("total_memories").intValue()).isEqualTo(2);
      assertThat(stats.path("avg_importance").doubleValue()).isEqualTo(0.55);
      assertThat(stats.path("high_importance_count").intValue()).isEqualTo(1);
      assertThat(stats.path("created_today").intValue()).isEqualTo(2);
      assertThat(stats.at("/memory_types/note").intValue()).isEqualTo(2);
    }
  }

  @Test
  void what_has_no_place_here_is_said_not_to_be_kept() {
    persona(ada, "fern");
    try (Socket socket = open(ada, "fern")) {
      JsonNode stored =
          socket.call(
              "memory.store",
              """
              {content: 'It rains', memory_type: 'conversation', emotional_valence: -0.5,
               metadata: {from: 'x'}, related_personas: ['Aria', 'Kira']}\
              """);
      assertThat(stored.path("stored").booleanValue()).isTrue();
      assertThat(stored.path("memory_type").stringValue()).isEqualTo("note");
      assertThat(stored.path("not_kept").valueStream().map(JsonNode::stringValue))
          .containsExactly("memory_type", "emotional_valence", "metadata", "related_personas");
      JsonNode plain =
          socket.call(
              "memory.store",
              "{content: 'She sings', memory_type: 'fact', related_personas: ['Aria']}");
      assertThat(plain.path("not_kept").isEmpty()).isTrue();
      JsonNode error = socket.refused("memory.store", "{content: 'Loud', importance: 1.5}");
      assertThat(error.at("/data/field").stringValue()).isEqualTo("importance");
      assertThat(
              socket
                  .refused("memory.store", "{content: 'For all', visibility: 'public'}")
                  .path("code")
                  .intValue())
          .isEqualTo(-32002);
    }
  }

  @Test
  void memories_of_other_personas_are_found_if_they_are_shared() {
    persona(owner, "oak");
    persona(owner, "elm");
    try (Socket oak = open(owner, "oak");
        Socket elm = open(owner, "elm")) {
      oak.call("memory.store", "{content: 'The well is deep', importance: 0.8}");
      oak.call(
          "memory.store", "{content: 'The well is old', importance: 0.8, visibility: 'shared'}");
      elm.call("memory.store", "{content: 'The well is cold', importance: 0.8}");
      JsonNode found =
          elm.call("memory.search_cross_persona", "{query: 'What do you know of the well?'}");
      assertThat(contents(found)).containsExactlyInAnyOrder("The well is old", "The well is cold");
      assertThat(found.path("memories").findValuesAsString("source"))
          .containsExactlyInAnyOrder("cross_persona", "own");
      JsonNode own =
          elm.call(
              "memory.search_cross_persona",
              "{query: 'the well', include_shared: false, include_public: false}");
      assertThat(contents(own)).containsExactly("The well is cold");
      assertThat(
              elm.call("memory.shared_stats", "{}")
                  .at("/shared_memory_statistics/total_shared")
                  .intValue())
          .isPositive();
    }
  }

  @Test
  void room_is_made_by_administrators_and_as_much_as_was_said_before() {
    persona(owner, "reed");
    try (Socket socket = open(owner, "reed");
        Socket adas = open(ada, "reed")) {
      for (int i = 0; i < 10; i++) {
        store(socket, "Fact number " + i, i / 10.0);
      }
      assertThat(adas.refused("memory.prune", "{}").path("code").intValue()).isEqualTo(-32002);
      assertThat(socket.call("memory.prune", "{}").path("status").stringValue())
          .isEqualTo("no_pruning_needed");
      assertThat(
              socket
                  .call("memory.prune_recommendations", "{}")
                  .at("/recommendations/needs_pruning")
                  .booleanValue())
          .isFalse();
      JsonNode pruned = socket.call("memory.prune", "{force: true}");
      assertThat(pruned.path("memories_before").intValue()).isEqualTo(10);
      assertThat(pruned.path("memories_pruned").intValue()).isEqualTo(2);
      assertThat(pruned.path("memories_after").intValue()).isEqualTo(8);
      assertThat(pruned.path("average_importance_pruned").doubleValue()).isBetween(0.04, 0.06);
      assertThat(pruned.path("average_importance_kept").doubleValue()).isBetween(0.54, 0.56);
      assertThat(socket.call("memory.prune_all", "{}").path("total_memories_pruned").intValue())
          .isZero();
    }
  }

  @Test
  void a_persona_has_a_mood_and_thinks_something_of_whoever_talks_with_it() {
    String lark = persona(ada, "lark");
    try (Socket socket = open(ada, "lark")) {
      JsonNode before = socket.call("emotional.get_state", "{}").path("emotional_state");
      assertThat(before.path("mood").doubleValue()).isZero();
      assertThat(before.path("energy_level").doubleValue()).isEqualTo(1);
      assertThat(before.path("curiosity").isNull()).isTrue();
      assertThat(socket.call("relationship.list", "{}").path("total_relationships").intValue())
          .isZero();
      for (int i = 0; i < 3; i++) {
        socket.call("persona.chat", "{message: 'You are wonderful, thank you so much!'}");
      }
      assertThat(socket.call("emotional.get_state", "{}").at("/emotional_state/mood").doubleValue())
          .isPositive();
      JsonNode all = socket.call("relationship.list", "{}");
      assertThat(all.path("total_relationships").intValue()).isEqualTo(1);
      JsonNode mine = all.path("relationships").path(0);
      assertThat(mine.path("other_persona_id").stringValue()).isEqualTo(ada.id());
      assertThat(mine.path("affinity").doubleValue()).isPositive();
      assertThat(mine.path("interaction_count").intValue()).isEqualTo(3);
      assertThat(
              socket
                  .call("persona.chat", "{message: 'Thanks'}")
                  .at("/persona_state/social_energy")
                  .intValue())
          .isBetween(90, 100);
      JsonNode stats = socket.call("relationship.stats", "{}").path("relationship_statistics");
      assertThat(stats.path("most_active").stringValue()).isEqualTo(lark);
      assertThat(socket.call("persona.relationship", "{}").path("relationships")).hasSize(1);
    }
  }

  @Test
  void two_personas_talk_until_they_stop_or_are_ended() {
    try (Socket socket = open(ada, "Aria")) {
      JsonNode started =
          socket.call(
              "conversation.start",
              "{persona1_id: 'Aria', persona2_id: 'Kira', topic: 'music', token_budget: 400}");
      String id = started.path("conversation_id").stringValue();
      assertThat(started.path("participants")).hasSize(2);
      await()
          .until(() -> socket.call("conversation.status", "{}").path("turn_count").intValue() >= 6);
      JsonNode status = socket.call("conversation.status", "{conversation_id: '%s'}".formatted(id));
      assertThat(status.path("topic").stringValue()).isEqualTo("music");
      assertThat(status.path("participants")).hasSize(2);
      assertThat(status.path("should_continue").booleanValue()).isTrue();
      assertThat(status.path("tokens_remaining").intValue()).isEqualTo(400);
      JsonNode ended = socket.call("conversation.end", "{reason: 'enough'}");
      assertThat(ended.path("reason").stringValue()).isEqualTo("enough");
      assertThat(ended.at("/final_stats/turns").intValue()).isGreaterThanOrEqualTo(6);
      assertThat(socket.call("conversation.status", "{}").path("should_continue").booleanValue())
          .isFalse();
      JsonNode between =
          socket.call("relationship.get", "{persona1_id: 'Aria', persona2_id: 'Kira'}");
      assertThat(between.path("exists").booleanValue()).isTrue();
      assertThat(between.at("/relationship/interaction_count").intValue()).isPositive();
    }
    try (Socket others = open(owner, "Aria")) {
      assertThat(others.refused("conversation.status", "{}").at("/data/field").stringValue())
          .isEqualTo("conversation_id");
    }
  }

  @Test
  void how_well_two_get_on_is_worked_out_from_what_is_known_of_them() {
    try (Socket socket = open(ada, "Aria")) {
      JsonNode compatible =
          socket.call("relationship.compatibility", "{persona1_id: 'Aria', persona2_id: 'guide'}");
      JsonNode analysis = compatible.path("compatibility_analysis");
      // Aria: charisma 18, intelligence 14; the guide 10 and 12; ranks alike, no interest in
      // common.
      assertThat(analysis.path("personality").doubleValue()).isEqualTo(0.5);
      assertThat(analysis.path("social").doubleValue()).isEqualTo(0.88);
      assertThat(analysis.path("interests").doubleValue()).isEqualTo(0.3);
      assertThat(analysis.path("history").doubleValue()).isEqualTo(0.5);
      assertThat(analysis.path("overall").doubleValue()).isEqualTo(0.545);
      assertThat(analysis.path("prediction").stringValue()).isEqualTo("good");
      assertThat(compatible.at("/interaction_suggestions/interaction_style").stringValue())
          .isEqualTo("respectful_cautious");
    }
  }

  @Test
  void personas_that_are_alike_in_what_the_original_asks_of_get_on_well() {
    String alike =
        "{name: '%s', personality_traits: {openness: 0.8, extraversion: 0.5},"
            + " topic_preferences: {chess: 90, tea: 60}, charisma: 20}";
    try (Socket socket = open(ada, "Aria")) {
      socket.call("persona.create", alike.formatted("Ash"));
      socket.call("persona.create", alike.formatted("Yew"));
      JsonNode compatible =
          socket.call("relationship.compatibility", "{persona1_id: 'ash', persona2_id: 'yew'}");
      JsonNode analysis = compatible.path("compatibility_analysis");
      assertThat(analysis.path("personality").doubleValue()).isEqualTo(1);
      assertThat(analysis.path("interests").doubleValue()).isEqualTo(1);
      assertThat(analysis.path("overall").doubleValue()).isEqualTo(0.925);
      assertThat(analysis.path("prediction").stringValue()).isEqualTo("excellent");
      assertThat(compatible.at("/interaction_suggestions/recommended_topics").toString())
          .isEqualTo("[\"chess\",\"tea\"]");
    }
  }
}

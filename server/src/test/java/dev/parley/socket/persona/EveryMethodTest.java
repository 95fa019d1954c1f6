package dev.parley.socket.persona;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Database;
import dev.parley.testing.Socket;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** All 37 methods of the original answer, or say why they have no meaning here. */
class EveryMethodTest {
  private static final Map<String, String> ORIGINAL = new TreeMap<>();

  static {
    Stream.of(
            "persona.list",
            "persona.status",
            "persona.memory",
            "persona.relationship",
            "conversation.status",
            "conversation.end",
            "memory.stats",
            "memory.prune",
            "memory.prune_all",
            "memory.prune_recommendations",
            "memory.prune_stats",
            "memory.decay_start",
            "memory.decay_stop",
            "memory.decay_stats",
            "memory.shared_stats",
            "relationship.list",
            "relationship.stats",
            "emotional.get_state",
            "state.save",
            "state.load",
            "system.status",
            "system.models")
        .forEach(name -> ORIGINAL.put(name, "{}"));
    ORIGINAL.put("persona.switch", "{persona_id: 'Kira'}");
    ORIGINAL.put("persona.chat", "{message: 'bye'}");
    ORIGINAL.put("persona.chat_stream", "{message: 'bye'}");
    ORIGINAL.put("persona.create", "{name: 'Marcus'}");
    ORIGINAL.put("persona.delete", "{persona_id: 'Marcus'}");
    ORIGINAL.put("conversation.start", "{persona1_id: 'Aria', persona2_id: 'Kira'}");
    ORIGINAL.put("memory.search", "{query: 'tea'}");
    ORIGINAL.put("memory.store", "{content: 'Tea is served at five'}");
    ORIGINAL.put("memory.decay_force", "{decay_factor: 0.1}");
    ORIGINAL.put("memory.search_cross_persona", "{query: 'tea'}");
    ORIGINAL.put("relationship.get", "{persona1_id: 'Aria', persona2_id: 'Kira'}");
    ORIGINAL.put("relationship.compatibility", "{persona1_id: 'Aria', persona2_id: 'Kira'}");
    ORIGINAL.put(
        "relationship.update",
        "{persona1_id: 'Aria', persona2_id: 'Kira', interaction_quality: 1}");
    ORIGINAL.put("emotional.update_state", "{mood: 1}");
    ORIGINAL.put("visual.update", "{type: 'general', data: {}}");
  }

  private static final List<String> WITHOUT_MEANING =
      List.of(
          "emotional.update_state",
          "memory.decay_force",
          "memory.decay_start",
          "memory.decay_stop",
          "relationship.update",
          "visual.update");

  /** In an order in which each finds what it is about. */
  private static List<String> inOrder() {
    List<String> first =
        List.of("persona.switch", "persona.create", "conversation.start", "memory.store");
    List<String> all = new ArrayList<>(first);
    ORIGINAL.keySet().stream().filter(name -> !first.contains(name)).forEach(all::add);
    return all;
  }

  @Test
  void each_of_them_answers_and_what_has_no_meaning_says_what_to_use_instead() {
    assertThat(ORIGINAL).hasSize(37);
    try (TestServer server = TestServer.start(Database.SQLITE)) {
      User owner = server.owner();
      try (Socket socket = Socket.open(server, "/ws", "persona", Optional.of(owner.token()))) {
        for (String method : inOrder()) {
          JsonNode reply = socket.tryCall(method, ORIGINAL.getOrDefault(method, ""));
          assertThat(reply.has("result"))
              .as("%s: %s", method, reply)
              .isNotEqualTo(reply.has("error"));
          if (WITHOUT_MEANING.contains(method)) {
            assertThat(reply.at("/error/code").intValue()).as(method).isEqualTo(-32004);
            assertThat(reply.at("/error/message").stringValue()).hasSizeGreaterThan(40);
          } else {
            assertThat(reply.has("result")).as("%s: %s", method, reply).isTrue();
          }
        }
      }
    }
  }

  @Test
  void the_table_in_the_documents_has_a_row_for_each() throws IOException {
    String page = Files.readString(Path.of("../docs/persona-dialect.md"));
    PersonaDialect.METHODS.keySet().forEach(method -> assertThat(page).contains("| `" + method));
    assertThat(PersonaDialect.METHODS.keySet()).containsAll(ORIGINAL.keySet());
  }
}

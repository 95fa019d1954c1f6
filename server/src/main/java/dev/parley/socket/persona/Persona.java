package dev.parley.socket.persona;

import dev.parley.wire.ErrorCode;
import dev.parley.wire.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A persona as the dialect shows it.
 *
 * @param handle what it is mentioned by
 * @param name as it is displayed
 */
record Persona(String id, String handle, String name, String description) {
  private static final int LONGEST_NAME = 64;

  static Persona of(JsonNode persona) {
    return new Persona(
        persona.path("id").stringValue(),
        persona.path("name").stringValue(),
        persona.path("displayName").asString(persona.path("name").stringValue()),
        persona.path("description").stringValue());
  }

  /**
   * A persona by its name, whatever the case, or its id.
   *
   * @throws Refusal {@code not_found}; {@code conflict} if several are displayed by that name
   */
  static Persona named(Visit visit, String idOrName) {
    return byName(visit, idOrName)
        .or(() -> visit.find("personas.get", Map.of("id", idOrName)).map(Persona::ofReply))
        .orElseThrow(
            () -> new Refusal(ErrorCode.NOT_FOUND, "Persona not found: " + idOrName, Map.of()));
  }

  /** Those that whoever asks may see, by id. */
  static List<Persona> all(Visit visit) {
    return visit.all("personas.list", Map.of()).stream().map(Persona::of).toList();
  }

  /** All that there is to see of it. */
  JsonNode whole(Visit visit) {
    return visit.call("personas.get", Map.of("id", id)).path("persona");
  }

  /** The account's own conversation with it. */
  String converse(Visit visit) {
    return visit
        .call("personas.converse", Map.of("persona", id))
        .at("/conversation/id")
        .stringValue();
  }

  private static Persona ofReply(JsonNode reply) {
    return of(reply.path("persona"));
  }

  private static Optional<Persona> byName(Visit visit, String name) {
    if (name.length() > LONGEST_NAME) {
      return Optional.empty();
    }
    List<JsonNode> found = visit.all("personas.list", Map.of("name", name));
    return found.stream()
        .filter(one -> one.path("name").stringValue().equalsIgnoreCase(name))
        .findFirst()
        .or(() -> only(name, found))
        .map(Persona::of);
  }

  private static Optional<JsonNode> only(String name, List<JsonNode> found) {
    if (found.size() > 1) {
      throw Refusal.conflict("Several personas are called " + name + ": name one by its id");
    }
    return found.stream().findFirst();
  }
}

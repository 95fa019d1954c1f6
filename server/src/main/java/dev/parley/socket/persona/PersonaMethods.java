package dev.parley.socket.persona;

import dev.parley.functions.InvalidInput;
import dev.parley.functions.Range;
import dev.parley.functions.Text;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** The personas there are. */
final class PersonaMethods {
  static final List<Method<?>> ALL =
      List.of(
          Method.of("persona.list", Method.Nothing.class, PersonaMethods::list),
          Method.of("persona.create", Create.class, PersonaMethods::create),
          Method.of("persona.delete", Which.class, PersonaMethods::delete),
          Method.of("persona.status", Method.Perhaps.class, PersonaMethods::status));

  /** Of how many it is asked how they are, when all are listed. */
  static final int MOST_ASKED = 50;

  private static final int LONGEST_HANDLE = 64;

  private PersonaMethods() {}

  record Which(@Text(min = 1, max = 64) String personaId) {}

  record Several(List<Listed> personas, int totalCount, long availableCount) {}

  record Listed(
      String id,
      String name,
      String description,
      boolean available,
      Optional<Integer> socialEnergy,
      String currentPriority,
      long cooldownRemaining) {
    static Listed of(Visit visit, Persona persona, Optional<Condition> condition) {
      return new Listed(
          persona.id(),
          persona.name(),
          persona.description(),
          condition.map(Condition::available).orElse(true),
          condition.map(Condition::socialEnergy),
          "none",
          condition.map(known -> known.cooldown(visit.now())).orElse(0L));
    }
  }

  /**
   * @param personalityTraits a list of traits, or an object of them with whatever is said of each
   */
  record Create(
      @Text(min = 1, max = LONGEST_HANDLE) String name,
      @Text(max = 8_000) Optional<String> description,
      Optional<JsonNode> personalityTraits,
      @Range(min = 0, max = 100) Optional<Map<String, Integer>> topicPreferences,
      @Range(min = 1, max = 20) Optional<Integer> charisma,
      @Range(min = 1, max = 20) Optional<Integer> intelligence,
      @Text(min = 1, max = 40) Optional<String> socialRank) {}

  record Created(String personaId, String name, boolean created) {}

  record Deleted(String personaId, String name, boolean deleted, String message) {}

  record Status(Whole persona, Interaction interactionState, MemoryStats memoryStats) {}

  record Whole(
      String id,
      String name,
      String description,
      JsonNode personalityTraits,
      JsonNode topicPreferences,
      int charisma,
      int intelligence,
      String socialRank) {
    static Whole of(Persona persona, JsonNode whole) {
      return new Whole(
          persona.id(),
          persona.name(),
          persona.description(),
          whole.path("traits"),
          whole.path("interests"),
          whole.path("charisma").intValue(),
          whole.path("intelligence").intValue(),
          whole.path("rank").stringValue());
    }
  }

  /**
   * @param cooldownUntil in seconds since 1970; 0 if it answers now
   */
  record Interaction(
      Optional<Integer> interestLevel,
      int interactionFatigue,
      String currentPriority,
      Optional<Integer> availableTime,
      int socialEnergy,
      double cooldownUntil,
      boolean isAvailable) {
    static Interaction of(Condition condition) {
      return new Interaction(
          Optional.empty(),
          100 - condition.socialEnergy(),
          "none",
          Optional.empty(),
          condition.socialEnergy(),
          condition.availableAt().map(then -> then.toEpochMilli() / 1_000.0).orElse(0.0),
          condition.available());
    }
  }

  static Several list(Visit visit, Method.Nothing input) {
    List<Persona> personas = Persona.all(visit);
    List<Listed> all =
        IntStream.range(0, personas.size()).mapToObj(i -> listed(visit, personas, i)).toList();
    return new Several(all, all.size(), all.stream().filter(Listed::available).count());
  }

  private static Listed listed(Visit visit, List<Persona> personas, int index) {
    Persona persona = personas.get(index);
    return Listed.of(
        visit,
        persona,
        index < MOST_ASKED ? Optional.of(Condition.of(visit, persona)) : Optional.empty());
  }

  private static Created create(Visit visit, Create input) {
    Map<String, Object> params = new HashMap<>();
    params.put("name", handle(input.name()));
    params.put("displayName", input.name());
    params.put("description", input.description());
    params.put(
        "traits", input.personalityTraits().filter(Words::isGiven).map(PersonaMethods::traits));
    params.put("interests", input.topicPreferences());
    params.put("charisma", input.charisma());
    params.put("intelligence", input.intelligence());
    params.put("rank", input.socialRank());
    Persona made = Persona.of(visit.call("personas.create", params).path("persona"));
    return new Created(made.id(), made.name(), true);
  }

  /** What it is mentioned by: the letters and digits of its name. */
  private static String handle(String name) {
    String handle =
        name.toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9._-]+", "-")
            .replaceAll("^[._-]+|[._-]+$", "");
    if (handle.isEmpty()) {
      throw new InvalidInput("name", "must have a letter from a to z or a digit");
    }
    return handle;
  }

  private static List<String> traits(JsonNode traits) {
    if (traits.isArray()) {
      return StreamSupport.stream(traits.spliterator(), false)
          .map(trait -> trait.asString(""))
          .toList();
    }
    if (!traits.isObject()) {
      throw new InvalidInput("personality_traits", "must be a list or an object");
    }
    return traits.properties().stream()
        .map(trait ->
            trait.getValue().isBoolean()
                ? trait.getKey()
                : trait.getKey() + ": " + trait.getValue().asString(""))
        .toList();
  }

  private static Deleted delete(Visit visit, Which input) {
    Persona persona = Persona.named(visit, input.personaId());
    var unused = visit.call("personas.delete", Map.of("id", persona.id()));
    visit.stay().forget(persona.id());
    return new Deleted(
        persona.id(),
        persona.name(),
        true,
        "Persona '%s' and all associated data deleted successfully".formatted(persona.name()));
  }

  private static Status status(Visit visit, Method.Perhaps input) {
    Persona persona = visit.persona(input.personaId());
    return new Status(
        Whole.of(persona, persona.whole(visit)),
        Interaction.of(Condition.of(visit, persona)),
        MemoryStats.of(visit, Optional.of(persona.id())));
  }
}

package dev.parley.personas;

import dev.parley.functions.InvalidInput;
import dev.parley.functions.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A persona as a character card, version 2 (<a
 * href="https://github.com/malfoyslastname/character-card-spec-v2">specification</a>), which most
 * character software reads. What the card has no field for is in {@code extensions.parley}, so a
 * persona comes back from its own card as it was. Of a card of others, name, description,
 * personality, scenario and examples of speech are taken over; the rest has no place here.
 */
final class Card {
  private static final String SPECIFICATION = "chara_card_v2";
  private static final int LONGEST_HANDLE = 40;

  private Card() {}

  /** Writes a card. */
  static ObjectNode of(PersonaSettings persona) {
    ObjectNode card = Json.MAPPER.createObjectNode();
    card.put("spec", SPECIFICATION).put("spec_version", "2.0");
    ObjectNode data = card.putObject("data");
    data.put("name", persona.displayName().orElse(persona.name()))
        .put("description", persona.description())
        .put("personality", String.join(", ", persona.traits()))
        .put("scenario", "")
        .put("first_mes", "")
        .put("mes_example", "")
        .put("creator_notes", persona.speakingStyle().orElse(""))
        .put("system_prompt", "")
        .put("post_history_instructions", "")
        .put("creator", "")
        .put("character_version", Long.toString(persona.id().version()));
    data.putArray("alternate_greetings");
    data.set("tags", Json.MAPPER.valueToTree(persona.interests().keySet()));
    ObjectNode own = data.putObject("extensions").putObject("parley");
    own.put("handle", persona.name())
        .put("brain", persona.brain())
        .put("rank", persona.rank())
        .put("charisma", persona.charisma())
        .put("intelligence", persona.intelligence());
    own.set("traits", Json.MAPPER.valueToTree(persona.traits()));
    own.set("interests", Json.MAPPER.valueToTree(new TreeMap<>(persona.interests())));
    own.set("functions", Json.MAPPER.valueToTree(persona.functions()));
    persona.displayName().ifPresent(name -> own.put("displayName", name));
    persona.speakingStyle().ifPresent(style -> own.put("speakingStyle", style));
    persona.model().ifPresent(model -> own.put("model", model));
    return card;
  }

  /**
   * Reads a card.
   *
   * @throws InvalidInput if it is none, or a text of it is too long
   */
  static Sketch sketch(JsonNode card) {
    JsonNode data = data(card);
    JsonNode own = data.path("extensions").path("parley");
    return own.isObject() ? ofOurs(data, own) : ofOthers(data);
  }

  private static JsonNode data(JsonNode card) {
    if (!card.path("spec").asString("").equals(SPECIFICATION) || !card.path("data").isObject()) {
      throw new InvalidInput("card", "must be a character card with spec " + SPECIFICATION);
    }
    return card.path("data");
  }

  private static Sketch ofOurs(JsonNode data, JsonNode own) {
    return new Sketch(
        text(own, "displayName", Limits.DISPLAY_NAME),
        text(data, "description", Limits.DESCRIPTION),
        Optional.of(texts(own, "traits", Limits.TRAITS, Limits.TRAIT)),
        Optional.of(interests(own.path("interests"))),
        text(own, "speakingStyle", Limits.STYLE),
        text(own, "rank", Limits.RANK),
        score(own, "charisma"),
        score(own, "intelligence"),
        text(own, "brain", Limits.BRAIN),
        text(own, "model", Limits.MODEL),
        Optional.of(texts(own, "functions", Limits.FUNCTIONS, Limits.FUNCTION)),
        Optional.empty());
  }

  private static Sketch ofOthers(JsonNode data) {
    String description =
        Stream.of("description", "personality", "scenario")
            .map(field -> text(data, field, Limits.DESCRIPTION))
            .flatMap(Optional::stream)
            .collect(Collectors.joining("\n\n"));
    requireAtMost("description", description, Limits.DESCRIPTION);
    return new Sketch(
        text(data, "name", Limits.DISPLAY_NAME),
        Optional.of(description),
        Optional.empty(),
        Optional.empty(),
        text(data, "mes_example", Limits.STYLE),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** A handle made of the card's own, or of the name that it bears. */
  static String handle(JsonNode card) {
    JsonNode data = data(card);
    String name = data.at("/extensions/parley/handle").asString(data.path("name").asString(""));
    String handle =
        Arrays.stream(name.toLowerCase(Locale.ROOT).split("[^a-z0-9]+"))
            .filter(Predicate.not(String::isEmpty))
            .collect(Collectors.joining("-"));
    if (handle.isEmpty()) {
      throw new InvalidInput("name", "must be given: the card's own has no letters for a handle");
    }
    String cut = handle.substring(0, Math.min(handle.length(), LONGEST_HANDLE));
    return cut.endsWith("-") ? cut.substring(0, cut.length() - 1) : cut;
  }

  private static Optional<String> text(JsonNode node, String field, int most) {
    String text = node.path(field).asString("").strip();
    requireAtMost(field, text, most);
    return Optional.of(text).filter(Predicate.not(String::isEmpty));
  }

  private static void requireAtMost(String field, String text, int most) {
    if (text.codePointCount(0, text.length()) > most) {
      throw new InvalidInput("card", field + " must have at most " + most + " characters");
    }
  }

  private static List<String> texts(JsonNode node, String field, int most, int longest) {
    List<String> texts = node.path(field).valueStream().map(one -> one.asString("")).toList();
    if (texts.size() > most) {
      throw new InvalidInput("card", field + " must have at most " + most + " entries");
    }
    texts.forEach(one -> requireAtMost(field, one, longest));
    return texts;
  }

  private static Map<String, Integer> interests(JsonNode node) {
    Map<String, Integer> interests = new TreeMap<>();
    node.properties().forEach(topic -> interests.put(topic.getKey(), topic.getValue().asInt(-1)));
    if (interests.values().stream().anyMatch(value -> value < 0 || value > 100)) {
      throw new InvalidInput("card", "interests must be from 0 to 100");
    }
    return interests;
  }

  private static Optional<Integer> score(JsonNode node, String field) {
    int score = node.path(field).asInt(10);
    if (score < 1 || score > Limits.SCORE) {
      throw new InvalidInput("card", field + " must be from 1 to " + Limits.SCORE);
    }
    return Optional.of(score);
  }
}

package dev.parley.personas;

import dev.parley.functions.Json;
import dev.parley.wire.Actor;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How a scripted persona says how it feels, and what it thinks of whoever asks. */
final class Confiding {
  private static final Pattern HOW =
      pattern("\\bhow (?:are you|do you feel)\\b|\\bwhat(?:'s| is) your mood\\b");
  private static final Pattern OF_ME =
      pattern(
          "\\bwhat do you (?:think|feel) (?:of|about|for|towards?) me\\b|\\bdo you (?:like|trust"
              + "|respect|know) me\\b");

  private static Pattern pattern(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }

  /** Answers what is about feelings; empty if it is not. */
  Optional<String> answer(Brain.Prompt prompt, String said) {
    if (OF_ME.matcher(said).find()) {
      return Optional.of(ofAsker(felt(prompt).path("relationship")));
    }
    return HOW.matcher(said).find() ? Optional.of(mood(felt(prompt))) : Optional.empty();
  }

  private static JsonNode felt(Brain.Prompt prompt) {
    ObjectNode params = Json.MAPPER.createObjectNode().put("persona", prompt.persona().id());
    Actor sender = prompt.message().sender();
    if (sender.kind() == Actor.Kind.PERSONA) {
      params.put("toward", sender.id());
    }
    return prompt.hands().call("personas.mood", params);
  }

  private static String mood(JsonNode felt) {
    return String.format(
        Locale.ROOT,
        "My mood is %s, %.1f on a scale from -1 to 1. Of my energy for you %.0f %% are left.",
        felt.at("/mood/word").stringValue(),
        felt.at("/mood/value").doubleValue(),
        100 * felt.path("energy").doubleValue());
  }

  private static String ofAsker(JsonNode relationship) {
    return String.format(
        Locale.ROOT,
        "By %d messages that I remember: affinity %.2f, trust %.2f, respect %.2f (from -1 to 1),"
            + " familiarity %.2f (from 0 to 1).",
        relationship.at("/counts/messages").longValue(),
        value(relationship, "affinity"),
        value(relationship, "trust"),
        value(relationship, "respect"),
        value(relationship, "familiarity"));
  }

  private static double value(JsonNode relationship, String side) {
    return relationship.path(side).path("value").doubleValue();
  }
}

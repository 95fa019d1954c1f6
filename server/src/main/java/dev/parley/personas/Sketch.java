package dev.parley.personas;

import dev.parley.functions.InvalidInput;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What somebody says of a persona; what is absent is left as it is, or as is usual. */
record Sketch(
    Optional<String> displayName,
    Optional<String> description,
    Optional<List<String>> traits,
    Optional<Map<String, Integer>> interests,
    Optional<String> speakingStyle,
    Optional<String> rank,
    Optional<Integer> charisma,
    Optional<Integer> intelligence,
    Optional<String> brain,
    Optional<String> model,
    Optional<List<String>> functions,
    Optional<PersonaSettings.Visibility> visibility) {
  static final int MOST_INTERESTS = 30;
  private static final int LONGEST_TOPIC = 60;

  /**
   * Checks what the types of the inputs cannot say.
   *
   * @throws InvalidInput naming the field
   */
  Sketch checked() {
    interests.ifPresent(Sketch::check);
    return this;
  }

  private static void check(Map<String, Integer> interests) {
    if (interests.size() > MOST_INTERESTS) {
      throw new InvalidInput("interests", "must have at most " + MOST_INTERESTS + " topics");
    }
    for (String topic : interests.keySet()) {
      if (topic.isBlank() || topic.length() > LONGEST_TOPIC) {
        throw new InvalidInput(
            "interests", "must have topics of 1 to " + LONGEST_TOPIC + " characters");
      }
    }
  }
}

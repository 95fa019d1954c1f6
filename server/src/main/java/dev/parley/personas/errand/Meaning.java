package dev.parley.personas.errand;

import dev.parley.functions.InvalidInput;
import dev.parley.functions.Shape;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What somebody means by a message that follows a prompt. */
sealed interface Meaning {
  /** Values of fields. */
  record Given(Map<String, JsonNode> values) implements Meaning {}

  /** A value that does not fit. */
  record Wrong(InvalidInput why) implements Meaning {}

  /** Do it. */
  record Agreed() implements Meaning {}

  /** Do nothing. */
  record Declined() implements Meaning {}

  /** Nothing that answers the prompt. */
  record Aside() implements Meaning {}

  Pattern NO =
      Reading.pattern(
          "(?:no|nope|no,? thanks?(?: you)?|(?:no,? )?never ?mind|(?:please )?(?:cancel|stop)"
              + "(?: it| that| this)?|forget it|don't(?: do it)?)[.! ]*");
  Pattern YES =
      Reading.pattern(
          "(?:yes|yeah|yep|ok|okay|sure|do it|go ahead|correct)(?:,? (?:please|do it|go ahead))?[.! ]*");
  Pattern ASKING = Reading.pattern("(?:who|what|when|where|why|how|which)\\b.*|help[.! ]*");
  Pattern SURELY_ASKING = Reading.pattern(".*\\?\\s*|help[.! ]*");

  /** The meaning for a field that was asked for. */
  static Meaning of(Prompt.Ask asked, String said, Instant at) {
    Field field = asked.field();
    if (NO.matcher(said).matches() && !(field.shape() instanceof Shape.Flag)) {
      return new Declined();
    }
    try {
      Map<String, JsonNode> named = Gleaning.named(asked.of(), said, at);
      if (!named.isEmpty()) {
        return new Given(named);
      }
      return said.isBlank() || isAside(field, said)
          ? new Aside()
          : new Given(Map.of(field.name(), field.read(said, at)));
    } catch (InvalidInput why) {
      return new Wrong(why);
    }
  }

  /** Text may begin as a question does; it is one if it ends as one. */
  private static boolean isAside(Field field, String said) {
    return SURELY_ASKING.matcher(said).matches()
        || (!field.isFree() && ASKING.matcher(said).matches());
  }

  /** The meaning for what was repeated. */
  static Meaning of(Prompt.Confirm asked, String said, Instant at, Map<String, JsonNode> values) {
    if (YES.matcher(said).matches()) {
      return new Agreed();
    }
    if (NO.matcher(said).matches()) {
      return new Declined();
    }
    try {
      Map<String, JsonNode> named = Gleaning.named(asked.of(), said, at);
      Map<String, JsonNode> all =
          named.isEmpty() ? Gleaning.all(asked.of(), said, at, values) : named;
      return all.isEmpty() ? new Aside() : new Given(all);
    } catch (InvalidInput why) {
      return new Wrong(why);
    }
  }
}

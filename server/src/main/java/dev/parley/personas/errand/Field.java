package dev.parley.personas.errand;

import dev.parley.functions.InvalidInput;
import dev.parley.functions.Shape;
import dev.parley.functions.Structure;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** Something that a function takes, in words. */
record Field(String name, Structure.Component component) {
  private static final Pattern NOTHING =
      Reading.pattern("(?:none|nothing|skip(?: it| that)?|leave it out)[.! ]*");

  Shape shape() {
    return component.shape();
  }

  boolean isRequired() {
    return component.required();
  }

  /** Whether it is a text that can be anything. */
  boolean isFree() {
    return shape() instanceof Shape.Characters text && text.pattern().isEmpty();
  }

  /** Its name as people write it: {@code valid from}. */
  String words() {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }

  /** What it is about and what it may be, to be read after a question. */
  String hint() {
    String limits = limits(shape());
    return component.about().isEmpty() ? limits : component.about() + "; " + limits;
  }

  private static String limits(Shape shape) {
    return switch (shape) {
      case Shape.Characters text when !text.pattern().isEmpty() -> "in the form " + text.pattern();
      case Shape.Characters text when text.max() == Integer.MAX_VALUE -> "a text";
      case Shape.Characters text when text.min() == 0 -> "at most " + text.max() + " characters";
      case Shape.Characters text -> text.min() + " to " + text.max() + " characters";
      case Shape.Whole whole -> "a whole number" + bounds(whole);
      case Shape.Real real -> "a number";
      case Shape.Flag flag -> "yes or no";
      case Shape.Moment moment -> "a day and a time in UTC, such as tomorrow at 19:30";
      case Shape.Choice choice -> String.join(" or ", choice.words());
      case Shape.Several several -> "separated by commas, each " + limits(several.entry());
      case Shape.Perhaps perhaps -> limits(perhaps.inside());
      case Shape.Addressed address -> "the address of an entity";
      default -> "as JSON";
    };
  }

  private static String bounds(Shape.Whole whole) {
    String least = whole.min() > Integer.MIN_VALUE ? " from " + whole.min() : "";
    return whole.max() < Integer.MAX_VALUE ? least + " to " + whole.max() : least;
  }

  /**
   * What an answer means for this field; null if it shall be left out. Whether it fits is told by
   * the check that calls pass, too.
   *
   * @param at when it was said
   * @throws InvalidInput if it cannot be what the field takes
   */
  JsonNode read(String said, Instant at) {
    if (!isRequired() && NOTHING.matcher(said.strip()).matches()) {
      return NullNode.instance;
    }
    List<JsonNode> candidates = Reading.candidates(shape(), said, at).toList();
    return candidates.stream()
        .filter(this::fits)
        .findFirst()
        .orElseThrow(() -> refused(candidates.getFirst()));
  }

  boolean fits(JsonNode value) {
    try {
      shape().check(value, name);
      return true;
    } catch (InvalidInput no) {
      return false;
    }
  }

  private InvalidInput refused(JsonNode value) {
    try {
      shape().check(value, name);
      throw new IllegalStateException(name + " fits");
    } catch (InvalidInput why) {
      return why;
    }
  }

  /** The names of some fields as a pattern, the longest first. */
  static String pattern(Stream<Field> fields) {
    return fields
        .flatMap(field -> Stream.of(field.name(), field.words()))
        .distinct()
        .sorted((one, other) -> other.length() - one.length())
        .map(name -> name.replace(" ", "\\s+"))
        .collect(Collectors.joining("|"));
  }

  boolean isCalled(String text) {
    return name.equalsIgnoreCase(text) || words().equalsIgnoreCase(text.replaceAll("\\s+", " "));
  }
}

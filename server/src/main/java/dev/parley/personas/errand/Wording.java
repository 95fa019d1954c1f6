package dev.parley.personas.errand;

import dev.parley.functions.Shape;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How things are told: in lines of their own, shortened, and so that they mention nobody. */
final class Wording {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu 'at' HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** How much is shown of a value, in code points. */
  private static final int LONGEST = 200;

  /** How many lines tell of a result. */
  private static final int MOST_LINES = 6;

  private Wording() {}

  /** What somebody wrote, in one line that mentions nobody. */
  static String harmless(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\s\\u2028\\u2029]+", " ").replace("@", "@\u200B");
    int length = line.codePointCount(0, line.length());
    return length <= LONGEST
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST)) + "… (" + length + " characters)";
  }

  /** Everything that was said, and the question whether to do it. */
  static String summary(Errand errand, Map<String, JsonNode> values) {
    ObjectNode known = errand.params(values);
    Stream<String> said =
        errand
            .fields()
            .filter(field -> known.has(field.name()))
            .map(field -> "— " + field.words() + ": " + shown(field, known.path(field.name())));
    String unsaid =
        errand
            .fields()
            .filter(field -> !known.has(field.name()))
            .map(Field::words)
            .collect(Collectors.joining(", "));
    Stream<String> offer =
        unsaid.isEmpty() ? Stream.of() : Stream.of("You may also say: " + unsaid + ".");
    return Stream.of(said, offer, Stream.of(new Prompt.Confirm(errand).line()))
        .flatMap(lines -> lines)
        .collect(Collectors.joining("\n"));
  }

  private static String shown(Field field, JsonNode value) {
    return field.shape() instanceof Shape.Moment
        ? MOMENT.format(Instant.parse(value.stringValue()))
        : plain(value);
  }

  private static String plain(JsonNode value) {
    return harmless(value.isString() ? value.stringValue() : value.toString());
  }

  /** What came of it: what the function answered, by the names that it has there. */
  static String done(Errand errand, JsonNode result) {
    return Stream.concat(
            Stream.of("Done: " + errand.label() + "."),
            result.properties().stream()
                .flatMap(part -> told(part.getKey(), part.getValue()).stream())
                .limit(MOST_LINES)
                .map(line -> "— " + line))
        .collect(Collectors.joining("\n"));
  }

  /** A thing is told by its title or name and its id, a value as it is. */
  private static Optional<String> told(String name, JsonNode value) {
    if (value.isValueNode()) {
      return Optional.of(name + ": " + plain(value));
    }
    String title =
        Stream.of("title", "name", "text", "content")
            .map(value::path)
            .filter(JsonNode::isString)
            .findFirst()
            .map(text -> " “" + plain(text) + "”")
            .orElse("");
    return value.path("id").isString()
        ? Optional.of(name + title + ", id " + plain(value.path("id")))
        : Optional.empty();
  }
}

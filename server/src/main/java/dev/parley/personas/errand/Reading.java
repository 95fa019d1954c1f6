package dev.parley.personas.errand;

import dev.parley.functions.Json;
import dev.parley.functions.Rfc3339;
import dev.parley.functions.Shape;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.StringNode;

/** What a text may stand for. */
final class Reading {
  private static final Map<String, String> NUMBERS =
      Map.ofEntries(
          Map.entry("one", "1"),
          Map.entry("two", "2"),
          Map.entry("three", "3"),
          Map.entry("four", "4"),
          Map.entry("five", "5"),
          Map.entry("six", "6"),
          Map.entry("seven", "7"),
          Map.entry("eight", "8"),
          Map.entry("nine", "9"),
          Map.entry("ten", "10"),
          Map.entry("eleven", "11"),
          Map.entry("twelve", "12"));
  private static final Pattern NUMBER =
      pattern(
          "(?<![\\w.,-])(?:-?\\d{1,30}(?:\\.\\d{1,30})?|" + alternatives() + ")(?![\\w]|[.,]\\d)");
  private static final Pattern YES = pattern("(?:yes|yeah|true|on)\\b.*");
  private static final Pattern NO = pattern("(?:no|nope|false|off)\\b.*");
  private static final Pattern QUOTED = pattern("[“\"«](?<inside>[^”\"»]{1,10000})[”\"»]");

  private Reading() {}

  private static String alternatives() {
    return String.join("|", NUMBERS.keySet());
  }

  static Pattern pattern(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  }

  /** The likeliest first, at least one. */
  static Stream<JsonNode> candidates(Shape shape, String said, Instant at) {
    String text = said.strip();
    return switch (shape) {
      case Shape.Characters any -> texts(any, text, at);
      case Shape.Whole whole -> orAsItIs(numbers(text), text);
      case Shape.Real real -> orAsItIs(numbers(text), text);
      case Shape.Flag flag -> flag(text);
      case Shape.Moment moment -> Stream.of(moment(text, at));
      case Shape.Choice choice -> orAsItIs(chosen(choice, text), text);
      case Shape.Several several -> Stream.of(several(several, text, at));
      case Shape.Perhaps perhaps -> candidates(perhaps.inside(), text, at);
      default -> Stream.of(json(text));
    };
  }

  /** What is meant if it is the only one; else nothing is. */
  private static Stream<JsonNode> orAsItIs(List<JsonNode> found, String text) {
    return Stream.of(found.size() == 1 ? found.getFirst() : StringNode.valueOf(text));
  }

  private static JsonNode moment(String text, Instant at) {
    return StringNode.valueOf(Moments.in(text, at).moment().map(Rfc3339::text).orElse(text));
  }

  private static Stream<JsonNode> texts(Shape.Characters shape, String text, Instant at) {
    Stream<JsonNode> plain = Stream.of(StringNode.valueOf(unquoted(text)));
    return shape.pattern().isEmpty() ? plain : Stream.concat(plain, daysAndTimes(text, at));
  }

  /** Days and times that a text names, each as ISO 8601 has it. */
  static Stream<JsonNode> daysAndTimes(String text, Instant at) {
    Moments moments = Moments.in(text, at);
    Stream<String> days = moments.days().stream().map(LocalDate::toString);
    DateTimeFormatter minutes = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    Stream<String> times = moments.times().stream().map(minutes::format);
    return Stream.concat(days, times).map(StringNode::valueOf);
  }

  static List<JsonNode> numbers(String text) {
    return NUMBER
        .matcher(text)
        .results()
        .map(found -> found.group().toLowerCase(Locale.ROOT))
        .map(word -> NUMBERS.getOrDefault(word, word))
        .map(Reading::number)
        .toList();
  }

  private static JsonNode number(String digits) {
    return digits.contains(".")
        ? DecimalNode.valueOf(new BigDecimal(digits))
        : Json.MAPPER.readTree(digits.replaceFirst("^(-?)0+(?=\\d)", "$1"));
  }

  private static Stream<JsonNode> flag(String text) {
    if (YES.matcher(text).matches()) {
      return Stream.of(BooleanNode.TRUE);
    }
    return Stream.of(NO.matcher(text).matches() ? BooleanNode.FALSE : StringNode.valueOf(text));
  }

  /** The words of a choice that a text has. */
  static List<JsonNode> chosen(Shape.Choice choice, String text) {
    return choice.words().stream()
        .filter(word -> has(text, word))
        .map(StringNode::valueOf)
        .map(JsonNode.class::cast)
        .toList();
  }

  private static boolean has(String text, String word) {
    return pattern("(?<!\\w)" + Pattern.quote(word).replace("_", "\\E[ _-]\\Q") + "(?!\\w)")
        .matcher(text)
        .find();
  }

  private static JsonNode several(Shape.Several shape, String text, Instant at) {
    var list = Json.MAPPER.createArrayNode();
    Stream.of(text.split(",|\\band\\b", -1))
        .filter(part -> !part.isBlank())
        .map(part -> candidates(shape.entry(), part, at).toList())
        .forEach(parts -> list.add(parts.getFirst()));
    return list;
  }

  private static JsonNode json(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (JacksonException noJson) {
      return StringNode.valueOf(text);
    }
  }

  /** What a text has between quotation marks. */
  static List<String> quoted(String text) {
    return QUOTED.matcher(text).results().map(found -> found.group("inside").strip()).toList();
  }

  static String withoutQuoted(String text) {
    return QUOTED.matcher(text).replaceAll(" ");
  }

  static boolean isQuoted(String text) {
    return QUOTED.matcher(text.strip()).matches();
  }

  /** A text that is whole in quotation marks, without them. */
  static String unquoted(String text) {
    Matcher matcher = QUOTED.matcher(text);
    return matcher.matches() ? matcher.group("inside").strip() : text;
  }
}

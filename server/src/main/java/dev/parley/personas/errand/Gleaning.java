package dev.parley.personas.errand;

import dev.parley.functions.InvalidInput;
import dev.parley.functions.Rfc3339;
import dev.parley.functions.Shape;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * Finds in a sentence what an errand needs. What could be said of two fields, or twice of one, is
 * left: it is asked for.
 */
final class Gleaning {
  private static final Pattern MAIL = Pattern.compile("[\\w.+-]{1,64}@[\\w-]+(?:\\.[\\w-]+)+");

  private final Errand errand;
  private final Instant at;
  private final Map<String, JsonNode> found = new LinkedHashMap<>();
  private final Map<String, JsonNode> known;

  private Gleaning(Errand errand, Instant at, Map<String, JsonNode> known) {
    this.errand = errand;
    this.at = at;
    this.known = known;
  }

  /**
   * What is said by the names of fields: {@code title: Tea}, {@code change the title to Tea}.
   *
   * @throws InvalidInput for a value that does not fit
   */
  static Map<String, JsonNode> named(Errand errand, String said, Instant at) {
    Gleaning gleaning = new Gleaning(errand, at, Map.of());
    gleaning.takeChange(said);
    if (gleaning.found.isEmpty()) {
      var unused = gleaning.takePairs(said);
    }
    return gleaning.found;
  }

  /**
   * All that a sentence says.
   *
   * @param known what needs not be found
   * @throws InvalidInput for a value that is named and does not fit
   */
  static Map<String, JsonNode> all(
      Errand errand, String said, Instant at, Map<String, JsonNode> known) {
    Gleaning gleaning = new Gleaning(errand, at, known);
    gleaning.takeAll(said);
    return gleaning.found;
  }

  private void takeChange(String said) {
    Matcher change =
        Reading.pattern(
                "(?:please )?(?:(?:change|set|make|correct) (?:the |my )?(?<name>"
                    + Field.pattern(errand.fields())
                    + ")(?: to| as| into|:| =)? |(?:the |my )?(?<other>"
                    + Field.pattern(errand.fields())
                    + ") (?:is|should be|shall be) )(?<value>.+)")
            .matcher(said.strip());
    if (change.matches()) {
      String name = change.group("name") == null ? change.group("other") : change.group("name");
      take(name, change.group("value"));
    }
  }

  /** Takes what is named, each up to the next name, and gives back what is left. */
  private String takePairs(String said) {
    Matcher mark =
        Reading.pattern(
                "(?<!\\w)(?<name>"
                    + Field.pattern(errand.fields())
                    + ")d?(?:\\s*[:=]\\s*|\\s+(?=[“\"«]))")
            .matcher(said);
    StringBuilder rest = new StringBuilder();
    int end = 0;
    while (mark.find(end)) {
      rest.append(said, end, mark.start()).append(' ');
      String name = mark.group("name");
      String value = value(said.substring(mark.end()), mark.pattern());
      end = mark.end() + value.length();
      take(name, value.strip().replaceFirst("[,;]$", ""));
    }
    return rest.append(said.substring(end)).toString();
  }

  /** Up to the end of the quotation, of the line, to a semicolon or the next name. */
  private static String value(String from, Pattern mark) {
    Matcher quoted = Pattern.compile("^[“\"«][^”\"»]{1,10000}[”\"»]").matcher(from);
    if (quoted.find()) {
      return quoted.group();
    }
    String upToEnd = from.split("[;\n]", 2)[0];
    Matcher next = mark.matcher(upToEnd);
    return next.find() ? upToEnd.substring(0, next.start()) : upToEnd;
  }

  private void take(String name, String value) {
    Field field = errand.field(name).orElseThrow();
    found.put(field.name(), field.read(value, at));
  }

  private void takeAll(String said) {
    String unnamed = takePairs(said);
    theOne(needed(Field::isFree), texts(Reading.quoted(unnamed)));
    String bare = Reading.withoutQuoted(unnamed);
    theOne(
        needed(field -> field.isFree() && field.words().contains("mail")),
        texts(MAIL.matcher(bare).results().map(mail -> mail.group()).toList()));
    String plain = MAIL.matcher(bare).replaceAll(" ");
    takeMoments(plain);
    takeChoices(plain);
    takeNumbers(Moments.in(plain, at).rest());
  }

  private static List<JsonNode> texts(List<String> texts) {
    return texts.stream().map(StringNode::valueOf).map(JsonNode.class::cast).toList();
  }

  private void takeMoments(String said) {
    Moments moments = Moments.in(said, at);
    theOne(
        needed(field -> field.shape() instanceof Shape.Moment),
        texts(moments.moment().stream().map(Rfc3339::text).toList()));
    for (JsonNode part : Reading.daysAndTimes(said, at).toList()) {
      theOne(needed(field -> !field.isFree() && isText(field)), List.of(part));
    }
  }

  private static boolean isText(Field field) {
    return field.shape() instanceof Shape.Characters;
  }

  /** Their words are their own, so those that need not be said are understood as well. */
  private void takeChoices(String said) {
    Map<JsonNode, List<Field>> byWord = new LinkedHashMap<>();
    for (Field field : errand.fields().filter(this::isOpen).toList()) {
      List<JsonNode> words =
          field.shape() instanceof Shape.Choice choice ? Reading.chosen(choice, said) : List.of();
      if (words.size() == 1) {
        byWord.merge(
            words.getFirst(),
            List.of(field),
            (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
      }
    }
    byWord.forEach((word, fields) -> theOne(fields, List.of(word)));
  }

  private void takeNumbers(String said) {
    theOne(
        needed(
            field -> field.shape() instanceof Shape.Whole || field.shape() instanceof Shape.Real),
        Reading.numbers(said));
  }

  private List<Field> needed(Predicate<Field> which) {
    return errand.fields().filter(Field::isRequired).filter(this::isOpen).filter(which).toList();
  }

  private boolean isOpen(Field field) {
    return !found.containsKey(field.name()) && !known.containsKey(field.name());
  }

  /** If one value is there and one field that it fits, it is meant. */
  private void theOne(List<Field> fields, List<JsonNode> values) {
    if (values.size() == 1) {
      JsonNode value = values.getFirst();
      List<Field> fitting = fields.stream().filter(field -> field.fits(value)).toList();
      if (fitting.size() == 1) {
        found.put(fitting.getFirst().name(), value);
      }
    }
  }
}

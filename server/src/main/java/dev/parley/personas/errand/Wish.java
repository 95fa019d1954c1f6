package dev.parley.personas.errand;

import dev.parley.functions.InvalidInput;
import dev.parley.functions.Shape;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which errands a sentence asks for: by a function's name, by all words of its title, or, if it is
 * a request, by words of its title, description or choices. Words count by their stems.
 */
final class Wish {
  private static final Set<String> MEANINGLESS =
      Set.of(
          ("a an the of to in on for with and or there is are be one if it its some any something"
                  + " somebody someone me my i you your please this that those them from by as at"
                  + " not no who which what caller has have can could would will want need like")
              .split(" "));
  private static final String VERBS =
      "make|create|open|start|begin|book|reserve|order|arrange|schedule|plan|add|post|send|write|tell"
          + "|set|change|edit|update|rename|invite|bring|join|leave|mark|remove|delete|register|note"
          + "|remember|record|move|give|put|get";
  private static final Set<String> STEMS_OF_VERBS =
      Stream.of(VERBS.split("\\|")).map(Wish::stem).collect(Collectors.toSet());
  private static final Pattern REQUEST =
      Reading.pattern(
          "(?:(?:hi|hello|hey)\\b[, !]*)?(?:(?:please|can you|could you|would you|will you|can i|could i"
              + "|may i|i want|i'd like|i would like|i need|let's|let us)\\b|(?:"
              + VERBS
              + ")\\b).*");
  private static final int BY_NAME = 1_000;
  private static final int BY_TITLE = 100;
  private static final int WORD_OF_TITLE = 2;

  private final String said;
  private final Set<String> words;
  private final Instant at;

  private Wish(String said, Instant at) {
    this.said = said;
    this.words = stems(said).collect(Collectors.toSet());
    this.at = at;
  }

  /** The errands that fit best; several if they fit alike. */
  static List<Errand> in(String said, Instant at, Collection<Errand> errands) {
    Wish wish = new Wish(said, at);
    boolean isRequest = REQUEST.matcher(said.strip()).matches();
    return isRequest || !said.strip().endsWith("?")
        ? best(errands, errand -> wish.fits(errand, isRequest))
        : List.of();
  }

  /** Those of some that are meant, when it is clear that one of them is. */
  static List<Errand> among(Collection<Errand> errands, String said, Instant at) {
    Wish wish = new Wish(said, at);
    return best(errands, errand -> wish.fits(errand, true));
  }

  private static List<Errand> best(Collection<Errand> errands, ToIntFunction<Errand> fitting) {
    int most = errands.stream().mapToInt(fitting).max().orElse(0);
    return most == 0
        ? List.of()
        : errands.stream().filter(errand -> fitting.applyAsInt(errand) == most).toList();
  }

  private int fits(Errand errand, boolean isRequest) {
    var function = errand.function().function();
    if (said.contains(function.name())) {
      return BY_NAME;
    }
    List<String> title = stems(function.title()).toList();
    if (!title.isEmpty() && words.containsAll(title)) {
      return BY_TITLE + title.size();
    }
    int byWords = isRequest ? byWords(errand, title, function.description()) : 0;
    return byWords == 0 && saysEnough(errand) ? 1 : byWords;
  }

  /** The first word of a title is what to do: it alone says nothing. */
  private int byWords(Errand errand, List<String> title, String description) {
    long ofTitle = title.stream().skip(1).distinct().filter(words::contains).count();
    Stream<String> choices =
        errand
            .fields()
            .map(Field::shape)
            .filter(Shape.Choice.class::isInstance)
            .flatMap(choice -> ((Shape.Choice) choice).words().stream())
            .flatMap(Wish::stems);
    long others =
        Stream.concat(stems(description), choices)
            .distinct()
            .filter(word -> !title.contains(word) && !STEMS_OF_VERBS.contains(word))
            .filter(words::contains)
            .count();
    return (int) (WORD_OF_TITLE * ofTitle + others);
  }

  /** Whether it says two or more things that an errand needs. */
  private boolean saysEnough(Errand errand) {
    try {
      var found = Gleaning.all(errand, said, at, Map.of()).keySet();
      return errand.required().stream().map(Field::name).filter(found::contains).count() > 1;
    } catch (InvalidInput named) {
      return false;
    }
  }

  private static Stream<String> stems(String text) {
    return Stream.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}']+"))
        .filter(word -> word.length() > 1 && !MEANINGLESS.contains(word))
        .map(Wish::stem);
  }

  private static String stem(String word) {
    String stem = word.replaceFirst("(?:ies|y)$", "i").replaceFirst("(?:ings?|ed|es|e|s)$", "");
    return stem.length() < 3 ? word : stem;
  }
}

package dev.parley.personas.memory;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What somebody says in their own words: no quotations, no questions, no greetings before it. */
final class Speech {
  static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
  private static final int LONGEST = 4_000;

  private static final Pattern QUOTED =
      Pattern.compile(
          "(?m)^\\s*>.*$|```.*?(?:```|\\z)|`[^`]*`|\"[^\"]*(?:\"|\\z)|“[^”]*(?:”|\\z)"
              + "|„[^“”]*(?:[“”]|\\z)|«[^»]*(?:»|\\z)|(?<![\\p{L}\\p{N}])'[^']*'(?![\\p{L}])",
          Pattern.DOTALL);

  /** A full stop within 3.5, after an initial or in St. Petersburg ends nothing. */
  private static final Pattern SENTENCE =
      Pattern.compile(
          "[^.!?;\\n…]+(?:(?:[.](?=\\S)"
              + "|(?<=\\b(?:St|Mt|Ft|Mr|Mrs|Ms|Dr|Prof|[A-HJ-Z]))[.](?=\\s+\\p{Lu}))"
              + "[^.!?;\\n…]+)*[.!?;…]*");

  private static final Pattern LEAD =
      Pattern.compile(
          "^(?:(?:hi|hello|hey|well|so|ok|okay|yes|oh|ah|by the way|btw|actually|also|and|but|now"
              + "|just so you know|for the record|fyi|nice to meet you|good (?:morning|evening|day))"
              + "(?:\\s+(?:there|all|everyone|everybody))?[,:!\\s—-]+|@[\\w.-]+[,:\\s]+)+",
          FLAGS);
  private static final String SELF = "(?:i|i['’]m|my|please remember)\\b";
  private static final Pattern OWN = Pattern.compile(SELF, FLAGS);
  private static final Pattern NEXT =
      Pattern.compile("(?:,\\s*|\\s+)(?:and|but|also)\\s+(?=" + SELF + ")", FLAGS);

  private Speech() {}

  /** The sentences of a message that state something. */
  static Stream<String> statements(String content) {
    String said = content.substring(0, Math.min(LONGEST, content.length()));
    return SENTENCE
        .matcher(QUOTED.matcher(said).replaceAll(" … "))
        .results()
        .map(MatchResult::group)
        .filter(sentence -> !sentence.contains("?"))
        .map(sentence -> bare(sentence.replaceAll("[.!;…]+$", "")));
  }

  /** The parts of a sentence about oneself; of "Bob and I live in Paris" that is no part. */
  static List<String> clauses(String sentence) {
    return OWN.matcher(sentence).lookingAt()
        ? Stream.of(NEXT.split(sentence)).map(Speech::bare).toList()
        : List.of(sentence);
  }

  private static String bare(String words) {
    return LEAD.matcher(words.strip()).replaceFirst("").strip();
  }
}

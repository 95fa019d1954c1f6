package dev.parley.personas.memory;

import dev.parley.conversations.Message;
import dev.parley.wire.Actor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Learns from what people say, by rules and without a model. It takes only what a person states
 * plainly about themselves, or asks to be remembered. Questions, quotations, negations, conditions,
 * wishes, hearsay and what is said of others teach nothing: it is better to have learnt too little
 * than to believe what nobody said.
 */
final class Learner {
  private static final int MOST = 5;
  private static final int LONGEST = 120;
  private static final int LONGEST_NOTE = 300;

  /** Every posted message is looked through for it; most characters end at the first test. */
  private static final Pattern HINT =
      Pattern.compile(
          "(?=[imrfn])\\b(?:i|my|me|remember|forget|mind|note)\\b", Pattern.CASE_INSENSITIVE);

  private static final Pattern DOUBTFUL =
      Pattern.compile(
          "\\b(?:not|never|no longer|isn['’]?t|don['’]?t|doesn['’]?t|didn['’]?t|won['’]?t"
              + "|can['’]?t(?! stand)|wasn['’]?t|if|unless|whether|would|could|might|(?-i:may)"
              + "|maybe|perhaps|probably|wish|suppose|imagine|pretend|let['’]?s say|until|used to"
              + "|almost|nearly|kidding|joking|lol|when|whenever|anymore|hardly)\\b",
          Speech.FLAGS);
  private static final Pattern TAIL =
      Pattern.compile(
          "\\s*(?:,|\\s(?:and|but|because|since|so|which|who|where|while|though|although|then"
              + "|as well|too|by the way|btw|now|please|these days|at the moment|—|-)(?:\\s|$)"
              + "|[(:—]).*$",
          Speech.FLAGS | Pattern.DOTALL);
  private static final Pattern NO_OBJECT =
      Pattern.compile(
          "^(?:and|or|but|nothing|nobody|no one|that|this|it|you|your|him|her|them|how|what|the way"
              + "|where|who|why|to know|the idea|the moment|fear|hope|peace|denial|the past|pain|sin"
              + "|a dream|here|there)\\b",
          Speech.FLAGS);
  private static final Pattern REMEMBER =
      Pattern.compile(
          "^(?:please\\s+|do\\s+)?(?:remember|don['’]?t forget|keep in mind|note)"
              + "(?:\\s+that\\b|\\s*:)\\s*(.{2,})$",
          Speech.FLAGS | Pattern.DOTALL);

  private static final List<Rule> RULES =
      List.of(
          one("name", 0.9, "my (?:full |first |real )?name(?: is|['’]s) (NAME)", "name is %s"),
          one("name", 0.9, "i(?: am|['’]m) called (NAME)", "name is %s"),
          one("name", 0.9, "(?:please )?call me (NAME)", "name is %s"),
          one("home", 0.8, "i(?: now)? live(?: now)? in (.+)", "lives in %s"),
          one("home", 0.8, "i(?: have|['’]ve)?(?: just)? moved to (.+)", "lives in %s"),
          one("origin", 0.6, "i(?: am|['’]m| come) (?:originally )?from (.+)", "is from %s"),
          one("job", 0.7, "i work as an? (.+)", "works as %s"),
          one("job", 0.7, "i(?: am|['’]m) an? (.+?) by (?:profession|trade)", "works as %s"),
          one("employer", 0.6, "i work (?:at|for) (.+)", "works for %s"),
          one("birthday", 0.8, "my birthday(?: is|['’]s)(?: on)? (.+)", "birthday is %s"),
          one("age", 0.5, "i(?: am|['’]m) (\\d{1,3}) years old", "is %s years old"),
          new Rule(
              compiled("my favou?rite (\\p{L}[\\p{L} ]{1,30}?)(?: is|['’]s) (.+)"),
              "favourite %2$s is %1$s",
              Kind.PREFERENCE,
              "favourite %2$s",
              0.6),
          taste(0.5, "(?:like|enjoy)", "likes %s"),
          taste(0.6, "(?:love|adore)", "loves %s"),
          taste(0.6, "(?:hate|dislike|can['’]?t stand)", "dislikes %s"),
          one("", 0.95, "i(?: am|['’]m) allergic to (.+)", "is allergic to %s"),
          one("", 0.5, "i(?: also)? speak (.+)", "speaks %s"),
          one("", 0.5, "i(?: also)? play (.+)", "plays %s"),
          one("", 0.6, "i have (an? .+? (?:named|called) NAME)", "has %s"));

  private Learner() {}

  /**
   * What a message teaches about its sender.
   *
   * @param text what is so of the sender
   * @param topic empty if there can be several
   */
  record Learnt(String text, Kind kind, Optional<String> topic, double importance) {

    /** As a statement that a persona remembers: learnt where it was said, from whom. */
    Statement by(String persona, Message message) {
      return new Statement(
          persona,
          text,
          kind,
          topic,
          importance,
          Optional.of(message.sender().id()),
          Optional.of(message.sender().id()),
          Optional.of(message.conversation()),
          false,
          List.of(message.id()),
          message.at(),
          Optional.empty());
    }
  }

  /**
   * How a plain statement of oneself is said, and what it says.
   *
   * @param pattern its last group is what the form is filled with, the one before what of
   */
  private record Rule(Pattern pattern, String form, Kind kind, String topic, double importance) {

    Optional<Learnt> taught(Matcher found) {
      String what = found.group(1).strip().toLowerCase(Locale.ROOT);
      return object(found.group(found.groupCount()))
          .map(object ->
              new Learnt(
                  form.formatted(object, what),
                  kind,
                  Optional.of(topic.formatted(object, what)).filter(one -> !one.isEmpty()),
                  importance));
    }
  }

  private static Rule one(String topic, double importance, String pattern, String form) {
    return new Rule(compiled(pattern), form, Kind.FACT, topic, importance);
  }

  private static Rule taste(double importance, String verb, String form) {
    String pattern = "i(?: really| also| just)? " + verb + " (.+)";
    return new Rule(compiled(pattern), form, Kind.PREFERENCE, "", importance);
  }

  private static Pattern compiled(String pattern) {
    String word = "[\\\\p{L}\\\\p{M}'’.-]*";
    String name = "\\\\p{L}" + word + "(?: (?-i:\\\\p{Lu})" + word + "){0,3}";
    return Pattern.compile("^" + pattern.replaceAll("NAME", name) + ".{0,200}$", Speech.FLAGS);
  }

  /** What a message teaches, in its order; nothing if a persona wrote it. */
  static List<Learnt> from(Message message) {
    return message.sender().kind() == Actor.Kind.ACCOUNT ? from(message.content()) : List.of();
  }

  static List<Learnt> from(String content) {
    return HINT.matcher(content).find()
        ? Speech.statements(content)
            .flatMap(sentence -> taught(sentence).stream())
            .distinct()
            .limit(MOST)
            .toList()
        : List.of();
  }

  private static List<Learnt> taught(String sentence) {
    Matcher asked = REMEMBER.matcher(sentence);
    return asked.matches() ? asked(asked.group(1).strip()) : stated(Speech.clauses(sentence));
  }

  /** What is asked to be remembered: if it is no plain statement of oneself, in their words. */
  private static List<Learnt> asked(String what) {
    List<String> clauses = Speech.clauses(what);
    List<Learnt> stated = stated(clauses);
    return stated.size() == clauses.size() ? stated : noted(what).stream().toList();
  }

  private static Optional<Learnt> noted(String what) {
    return bounded(what, LONGEST_NOTE)
        .map(words -> new Learnt("asked to remember: " + words, Kind.NOTE, Optional.empty(), 0.8));
  }

  private static List<Learnt> stated(List<String> clauses) {
    return clauses.stream()
        .filter(clause -> !DOUBTFUL.matcher(clause).find())
        .flatMap(clause -> stated(clause).stream())
        .toList();
  }

  private static Optional<Learnt> stated(String clause) {
    for (Rule rule : RULES) {
      Matcher found = rule.pattern().matcher(clause);
      if (found.matches()) {
        return rule.taught(found);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> object(String words) {
    String cut = TAIL.matcher(words).replaceFirst("").strip();
    return NO_OBJECT.matcher(cut).find() ? Optional.empty() : bounded(cut, LONGEST);
  }

  private static Optional<String> bounded(String words, int longest) {
    String plain = words.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return plain.isEmpty() || plain.length() > longest || plain.contains("…")
        ? Optional.empty()
        : Optional.of(plain);
  }
}

package dev.parley.personas.mood;

import dev.parley.conversations.emotion.Emotion;
import dev.parley.conversations.emotion.Feeling;
import dev.parley.conversations.emotion.Label;
import dev.parley.conversations.emotion.Lexicon;
import java.util.regex.Pattern;

/**
 * How something sounds to whom it is said.
 *
 * @param value -1 to 1: as unkind or as kind as can be
 * @param thanks whether it thanks
 */
record Tone(double value, boolean thanks) {
  /** Between these, either way, it is neither kind nor unkind: as labels of scores have it. */
  private static final double MARKED =
      (double) (Label.POSITIVE_ABOVE - Feeling.NEUTRAL) / Feeling.NEUTRAL;

  private static final Pattern OWN = words("i|i'm|im|i've|me|my|mine|myself|we|us|our");
  private static final Pattern TO_YOU = words("you|you're|your|yours|yourself|u|ur");

  private static Pattern words(String words) {
    return Pattern.compile("(?<![\\w'])(?:" + words + ")(?![\\w])", Pattern.CASE_INSENSITIVE);
  }

  static Tone of(String text, Lexicon lexicon) {
    Feeling feeling = lexicon.read(text);
    double value = (double) (feeling.score() - Feeling.NEUTRAL) / Feeling.NEUTRAL;
    return new Tone(
        value < 0 && isOwnSorrow(text) ? 0 : value,
        value >= 0 && feeling.emotions().contains(Emotion.GRATITUDE));
  }

  /** Who speaks ill of their own affairs, and not to the listener, is not unkind. */
  private static boolean isOwnSorrow(String text) {
    String plain = text.replace('\u2019', '\'');
    return OWN.matcher(plain).find() && !TO_YOU.matcher(plain).find();
  }

  boolean isKind() {
    return value > MARKED;
  }

  boolean isUnkind() {
    return value < -MARKED;
  }
}

package dev.parley.conversations.emotion;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads one text, by the rules of VADER (Hutto and Gilbert, "VADER: A Parsimonious Rule-based Model
 * for Sentiment Analysis of Social Media Text", ICWSM 2014), from which all its numbers are: each
 * word weighs what the lexicon says, more in capitals or after "very", the other way round after
 * "not"; what follows a "but" counts more than what is before it; exclamation marks make all of it
 * stronger. What comes of it is pressed into 0 to 1. Other than there, "no" has no weight of its
 * own: whoever answers a question with it need not be unhappy.
 */
final class Reading {
  private static final double STRONGER = 0.293;
  private static final double CAPITALS = 0.733;
  private static final double NEGATED = -0.74;
  private static final double BEFORE_BUT = 0.5;
  private static final double AFTER_BUT = 1.5;
  private static final double EXCLAMATION = 0.292;
  private static final int MOST_EXCLAMATIONS = 4;
  private static final double FLATTENING = 15;

  /** How far before a word others change it, and how much less the farther ones do. */
  private static final double[] NEARNESS = {1, 0.95, 0.9};

  private static final Set<String> NEGATIONS =
      Set.of(
          "not",
          "no",
          "never",
          "none",
          "nobody",
          "nothing",
          "nor",
          "neither",
          "nowhere",
          "cannot",
          "without",
          "hardly",
          "barely",
          "scarcely",
          "rarely",
          "seldom",
          "despite",
          "aint",
          "arent",
          "cant",
          "couldnt",
          "didnt",
          "doesnt",
          "dont",
          "hadnt",
          "hasnt",
          "havent",
          "isnt",
          "shouldnt",
          "wasnt",
          "werent",
          "wont",
          "wouldnt");

  private static final Map<String, Double> BOOSTERS = boosters();

  private static Map<String, Double> boosters() {
    Map<String, Double> all = new HashMap<>();
    for (String word :
        List.of(
            "absolutely",
            "amazingly",
            "awfully",
            "completely",
            "considerably",
            "decidedly",
            "deeply",
            "enormously",
            "entirely",
            "especially",
            "exceptionally",
            "extremely",
            "fabulously",
            "greatly",
            "highly",
            "hugely",
            "incredibly",
            "intensely",
            "more",
            "most",
            "particularly",
            "purely",
            "quite",
            "really",
            "remarkably",
            "so",
            "substantially",
            "thoroughly",
            "totally",
            "tremendously",
            "uber",
            "unbelievably",
            "unusually",
            "utterly",
            "very")) {
      all.put(word, STRONGER);
    }
    for (String word :
        List.of(
            "almost",
            "kinda",
            "less",
            "little",
            "marginally",
            "occasionally",
            "partly",
            "slightly",
            "somewhat",
            "sorta")) {
      all.put(word, -STRONGER);
    }
    return Map.copyOf(all);
  }

  private final Lexicon lexicon;
  private final String text;
  private final List<String> written;
  private final List<String> words;
  private final boolean someCapitals;

  Reading(Lexicon lexicon, String text) {
    this.lexicon = lexicon;
    this.text = text;
    this.written =
        Words.of(text, piece -> lexicon.valence(piece.toLowerCase(Locale.ROOT)).isPresent());
    this.words = written.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
    long capitals = written.stream().filter(Reading::isInCapitals).count();
    this.someCapitals = capitals > 0 && capitals < written.size();
  }

  Feeling feeling() {
    EnumSet<Emotion> emotions = EnumSet.noneOf(Emotion.class);
    double sum = 0;
    int but = words.lastIndexOf("but");
    for (int i = 0; i < words.size(); i++) {
      Set<Emotion> expressed = lexicon.emotions(words.get(i));
      if (!expressed.isEmpty() && !isNegated(i)) {
        emotions.addAll(expressed);
      }
      sum += valence(i) * (but < 0 || i == but ? 1 : i < but ? BEFORE_BUT : AFTER_BUT);
    }
    return new Feeling(score(emphasised(sum)), List.copyOf(emotions));
  }

  private double valence(int at) {
    String word = words.get(at);
    if (BOOSTERS.containsKey(word) || NEGATIONS.contains(word)) {
      return 0;
    }
    double plain = lexicon.valence(word).orElse(0.0);
    return plain == 0 ? 0 : changed(at, plain);
  }

  private double changed(int at, double plain) {
    double sign = Math.signum(plain);
    double valence = plain + (isShouted(at) ? sign * CAPITALS : 0);
    for (int back = 1; back <= NEARNESS.length && back <= at; back++) {
      valence += sign * booster(at - back) * NEARNESS[back - 1];
    }
    return isNegated(at) ? valence * NEGATED : valence;
  }

  private double booster(int at) {
    double booster = BOOSTERS.getOrDefault(words.get(at), 0.0);
    return booster != 0 && isShouted(at) ? booster + Math.signum(booster) * CAPITALS : booster;
  }

  private boolean isNegated(int at) {
    for (int back = 1; back <= NEARNESS.length && back <= at; back++) {
      String before = words.get(at - back);
      if (NEGATIONS.contains(before) || before.endsWith("n't")) {
        return true;
      }
    }
    return false;
  }

  private boolean isShouted(int at) {
    return someCapitals && isInCapitals(written.get(at));
  }

  private static boolean isInCapitals(String word) {
    return word.length() > 1
        && word.chars().anyMatch(Character::isUpperCase)
        && word.chars().noneMatch(Character::isLowerCase);
  }

  private double emphasised(double sum) {
    long marks = text.chars().filter(c -> c == '!').limit(MOST_EXCLAMATIONS).count();
    return sum + Math.signum(sum) * marks * EXCLAMATION;
  }

  private static int score(double sum) {
    double pressed = sum / Math.sqrt(sum * sum + FLATTENING);
    return (int) Math.round(Feeling.NEUTRAL + Feeling.NEUTRAL * pressed);
  }
}

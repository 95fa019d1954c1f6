package dev.parley.personas.mood;

import dev.parley.functions.About;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How a persona feels, by what it heard lately from everybody.
 *
 * @param value -1 to 1, to one digit: moods are not more exact than that
 */
public record Mood(@About("-1 to 1") double value, Word word, String formula) {
  /** What was said loses half of its weight in this time. */
  static final Duration HALF_LIFE = Duration.ofHours(3);

  /** What is older than this weighs less than 1 in 250 and is not looked at. */
  static final Duration LATELY = HALF_LIFE.multipliedBy(8);

  private static final String FORMULA =
      "Each who spoke lately is one voice: the mean tone (-1 to 1) of their kind and unkind words, as"
          + " fresh as the newest of them (half after 3 hours). (kind - unkind voices) / (kind +"
          + " unkind voices + 1), so nobody alone moves it beyond a half.";
  private static final double DOUBT = 1;
  private static final double DIGITS = 10;

  /** A mood in a word. */
  public enum Word {
    GLOOMY(-0.45),
    LOW(-0.05),
    CALM(0.05),
    GOOD(0.45),
    CHEERFUL(Double.MAX_VALUE);

    private final double below;

    Word(double below) {
      this.below = below;
    }

    private static Word of(double value) {
      return List.of(values()).stream()
          .filter(word -> value < word.below)
          .findFirst()
          .orElse(CHEERFUL);
    }
  }

  static Mood of(List<Heard> heard, long now) {
    double value = Math.round(DIGITS * value(heard, now)) / DIGITS;
    return new Mood(value, Word.of(value), FORMULA);
  }

  /** The mood, not rounded. */
  static double value(List<Heard> heard, long now) {
    List<Double> voices =
        Heard.sorted(heard).stream()
            .filter(one -> one.tone().value() != 0)
            .collect(Collectors.groupingBy(Heard::by))
            .values()
            .stream()
            .map(theirs -> voice(theirs, now))
            .sorted()
            .toList();
    return Opinion.of(sum(voices, voice -> voice), sum(voices, voice -> -voice), DOUBT);
  }

  private static double sum(List<Double> voices, Function<Double, Double> side) {
    return voices.stream().mapToDouble(voice -> Math.max(0, side.apply(voice))).sum();
  }

  /**
   * The mean of what somebody said, which does not change as it fades, times how fresh it is: so
   * all voices fade alike, and the mood goes back to 0 and never away from it.
   */
  private static double voice(List<Heard> theirs, long now) {
    long newest = theirs.getLast().at();
    double weights = 0;
    double tones = 0;
    for (Heard one : theirs) {
      double weight = one.weight(newest, HALF_LIFE);
      weights += weight;
      tones += weight * one.tone().value();
    }
    return Heard.weight(newest, now, HALF_LIFE) * tones / weights;
  }
}

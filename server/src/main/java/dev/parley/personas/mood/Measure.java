package dev.parley.personas.mood;

import dev.parley.functions.About;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One side of a relationship, and why it is as it is.
 *
 * @param value to two digits
 * @param formula how it comes about, in words
 * @param messages ids of those that moved it most, of what the reader said
 */
public record Measure(
    @About("-1 to 1; familiarity 0 to 1") double value,
    String formula,
    @About("those that moved it most") List<String> messages) {
  private static final int MOST_MESSAGES = 5;

  /**
   * What makes good and bad experiences of messages.
   *
   * @param effect of a message: above 0 if it is a good one, below 0 if a bad one
   */
  record Kind(ToDoubleFunction<Tone> effect, double doubt, String formula) {

    Measure of(List<Heard> heard, long now) {
      return new Measure(
          Opinion.rounded(value(heard, now)),
          formula,
          heard.stream()
              .filter(one -> effect(one, now) != 0)
              .sorted(
                  Comparator.comparingDouble((Heard one) -> -Math.abs(effect(one, now)))
                      .thenComparing(Heard::message, Comparator.reverseOrder()))
              .limit(MOST_MESSAGES)
              .map(Heard::message)
              .toList());
    }

    /** Not rounded. */
    double value(List<Heard> heard, long now) {
      double good = 0;
      double bad = 0;
      for (Heard one : Heard.sorted(heard)) {
        double effect = effect(one, now);
        good += Math.max(0, effect);
        bad += Math.max(0, -effect);
      }
      return Opinion.of(good, bad, doubt);
    }

    private double effect(Heard one, long now) {
      return effect.applyAsDouble(one.tone()) * one.weight(now, Relationship.HALF_LIFE);
    }
  }

  /** Without the messages, for those who did not write them. */
  Measure withoutMessages() {
    return new Measure(value, formula, List.of());
  }
}

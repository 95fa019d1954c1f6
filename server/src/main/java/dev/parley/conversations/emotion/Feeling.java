package dev.parley.conversations.emotion;

import java.util.List;

/**
 * What was found in a text.
 *
 * @param score from 0 (as bad as can be) over 500 (nothing found, or as much good as bad) to 1000,
 *     in thousandths: whole numbers, so that sums of them do not depend on their order
 * @param emotions what it expresses, in their own order
 */
public record Feeling(int score, List<Emotion> emotions) {
  /** The highest score. */
  public static final int MOST = 1_000;

  /** The score of a text that says nothing either way. */
  public static final int NEUTRAL = 500;

  public Label label() {
    return Label.of(score);
  }
}

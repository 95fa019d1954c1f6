package dev.parley.conversations.emotion;

/** What a score is called. */
public enum Label {
  NEGATIVE,
  NEUTRAL,
  POSITIVE;

  /** A score below this is negative, in thousandths. */
  public static final int NEGATIVE_BELOW = 400;

  /** A score above this is positive, in thousandths. */
  public static final int POSITIVE_ABOVE = 600;

  /**
   * @param score in thousandths
   */
  public static Label of(int score) {
    if (score < NEGATIVE_BELOW) {
      return NEGATIVE;
    }
    return score > POSITIVE_ABOVE ? POSITIVE : NEUTRAL;
  }
}

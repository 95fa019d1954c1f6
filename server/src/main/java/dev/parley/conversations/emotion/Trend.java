package dev.parley.conversations.emotion;

import java.util.List;

/** Where the newest scores go, compared with those before them. */
public enum Trend {
  /** There are fewer than two scores. */
  UNKNOWN,
  DECLINING,
  STABLE,
  IMPROVING;

  /** How many scores it looks at. */
  public static final int SCORES = 4;

  /** How much the mean has to move to be no longer stable, in thousandths. */
  private static final int STEP = 150;

  /**
   * With four scores, the mean of the newer two less that of the older two; with two or three, the
   * newest less the oldest.
   *
   * @param newestFirst scores in thousandths, ordered by their place in the conversation; more than
   *     the newest four do not matter
   */
  public static Trend of(List<Integer> newestFirst) {
    if (newestFirst.size() < 2) {
      return UNKNOWN;
    }
    int twice = twiceTheStep(newestFirst.subList(0, Math.min(SCORES, newestFirst.size())));
    if (twice > 2 * STEP) {
      return IMPROVING;
    }
    return twice < -2 * STEP ? DECLINING : STABLE;
  }

  private static int twiceTheStep(List<Integer> scores) {
    return scores.size() == SCORES
        ? scores.get(0) + scores.get(1) - scores.get(2) - scores.get(3)
        : 2 * (scores.getFirst() - scores.getLast());
  }
}

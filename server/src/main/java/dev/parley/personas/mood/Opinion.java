package dev.parley.personas.mood;

/**
 * What comes of good and bad experiences: (good - bad) / (good + bad + doubt). That is the
 * expectation of a Beta distribution on a scale of -1 to 1, begun with as much doubt on either
 * side, as in A. Jøsang and R. Ismail, "The Beta Reputation System" (Bled 2002), whose forgetting
 * is here that experiences weigh less the older they are. It never reaches an end of the scale,
 * more good never lowers it, and it returns to 0 when all is forgotten.
 */
final class Opinion {
  private static final double DIGITS = 100;

  private Opinion() {}

  /**
   * @param doubt how much experience it takes to come half the way
   */
  static double of(double good, double bad, double doubt) {
    return (good - bad) / (good + bad + doubt);
  }

  /** To two digits; never -0. */
  static double rounded(double value) {
    return Math.round(DIGITS * value) / DIGITS;
  }
}

package dev.parley.personas;

/** The most that a persona may be told to be; texts in characters. */
final class Limits {
  static final int DISPLAY_NAME = 64;
  static final int DESCRIPTION = 8_000;
  static final int TRAITS = 20;
  static final int TRAIT = 80;
  static final int STYLE = 2_000;
  static final int RANK = 40;
  static final int SCORE = 20;
  static final int BRAIN = 20;
  static final int MODEL = 100;
  static final int FUNCTIONS = 100;
  static final int FUNCTION = 64;

  private Limits() {}
}

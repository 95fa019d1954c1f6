package dev.parley.personas;

/** Which messages of people a persona answers in a room. */
enum Answers {
  /** Those that mention it. */
  MENTIONED,
  /** All. */
  ALWAYS,
  /** Those that mention it, and those that speak of what interests it much. */
  INTERESTED
}

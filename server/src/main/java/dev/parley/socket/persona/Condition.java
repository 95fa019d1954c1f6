package dev.parley.socket.persona;

import java.util.Optional;

/**
 * How a persona is, in the words of the dialect.
 *
 * @param socialEnergy 0 to 100
 * @param availableTime in seconds
 */
record Condition(
    boolean available,
    Optional<Integer> socialEnergy,
    Optional<Integer> availableTime,
    Optional<Integer> interactionFatigue,
    Optional<Integer> interestLevel,
    String priority,
    Optional<Double> cooldownUntil) {

  /** What comes with every answer. */
  record Brief(
      Optional<Integer> socialEnergy,
      Optional<Integer> availableTime,
      Optional<Integer> interactionFatigue) {}

  Brief brief() {
    return new Brief(socialEnergy, availableTime, interactionFatigue);
  }

  /** A persona answers whenever it is asked. */
  static Condition of(Visit visit, Persona persona) {
    return new Condition(
        true,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "none",
        Optional.empty());
  }
}

package dev.parley.socket.persona;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * How a persona is towards whoever asks, in the words of the dialect. Times of availability, levels
 * of interest and priorities are not kept.
 *
 * @param mood -1 to 1
 * @param energy 0 to 1
 * @param availableAt when it answers again; empty if it does now
 */
record Condition(double mood, double energy, Optional<Instant> availableAt) {

  /** What comes with every answer. */
  record Brief(
      Optional<Integer> socialEnergy,
      Optional<Integer> availableTime,
      Optional<Integer> interactionFatigue) {}

  static Condition of(Visit visit, Persona persona) {
    JsonNode felt = visit.call("personas.mood", Map.of("persona", persona.id()));
    return new Condition(
        felt.at("/mood/value").doubleValue(),
        felt.path("energy").doubleValue(),
        Optional.ofNullable(felt.path("availableAt").stringValue(null)).map(Instant::parse));
  }

  boolean available() {
    return availableAt.isEmpty();
  }

  int socialEnergy() {
    return (int) Math.round(100 * energy);
  }

  /** In seconds. */
  long cooldown(Instant now) {
    return availableAt.map(then -> Math.max(0, Duration.between(now, then).toSeconds())).orElse(0L);
  }

  Brief brief() {
    return new Brief(
        Optional.of(socialEnergy()), Optional.empty(), Optional.of(100 - socialEnergy()));
  }
}

package dev.parley.socket.persona;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a persona thinks of somebody, in the words of the dialect. The derived figures are those of
 * the original's model (core/models.py, Relationship).
 *
 * @param persona1Id who thinks
 * @param persona2Id of whom
 * @param intimacy how familiar they are, 0 to 1
 * @param totalInteractionTime no such time is kept
 */
record Relation(
    String persona1Id,
    String persona2Id,
    double affinity,
    double trust,
    double respect,
    double intimacy,
    String relationshipType,
    long interactionCount,
    Optional<Long> totalInteractionTime,
    double compatibilityScore,
    double relationshipStrength) {

  /**
   * @param other another persona; whoever asks, if empty
   */
  static Relation of(Visit visit, Persona persona, Optional<Persona> other) {
    Map<String, Object> params = new HashMap<>();
    params.put("persona", persona.id());
    params.put("toward", other.map(Persona::id));
    JsonNode thinks = visit.call("personas.mood", params).path("relationship");
    String of = other.map(Persona::id).orElseGet(visit::account);
    return of(
        persona.id(),
        of,
        value(thinks, "affinity"),
        value(thinks, "trust"),
        value(thinks, "respect"),
        value(thinks, "familiarity"),
        thinks.at("/counts/messages").longValue());
  }

  private static double value(JsonNode relationship, String side) {
    return relationship.path(side).path("value").doubleValue();
  }

  static Relation of(
      String who,
      String of,
      double affinity,
      double trust,
      double respect,
      double intimacy,
      long messages) {
    double strength =
        0.4 * affinity + 0.3 * trust + 0.2 * respect + 0.1 * (affinity > 0 ? intimacy : -intimacy);
    double bond =
        0.3 * Math.abs(affinity)
            + 0.25 * Math.abs(trust)
            + 0.25 * Math.abs(respect)
            + 0.2 * intimacy;
    return new Relation(
        who,
        of,
        affinity,
        trust,
        respect,
        intimacy,
        type(strength),
        messages,
        Optional.empty(),
        Math.min(1, affinity > 0 && trust > 0 ? 1.2 * bond : bond),
        strength);
  }

  private static String type(double strength) {
    if (strength < -0.7) {
      return "enemy";
    }
    if (strength < -0.3) {
      return "rival";
    }
    if (strength < 0.2) {
      return "stranger";
    }
    if (strength < 0.5) {
      return "acquaintance";
    }
    return strength < 0.8 ? "friend" : "close_friend";
  }

  /** Whether they ever spoke. */
  boolean exists() {
    return interactionCount > 0;
  }
}

package dev.parley.socket.persona;

import dev.parley.functions.Text;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What personas think of others, and how they feel. Both come of what was said to them. */
final class RelationMethods {
  private static final String COMPUTED =
      " is worked out from what was said and cannot be set: talk with the persona, and see %s";

  static final List<Method<?>> ALL =
      List.of(
          Method.of("persona.relationship", Target.class, RelationMethods::ofCurrent),
          Method.of("relationship.get", Two.class, RelationMethods::get),
          Method.of("relationship.list", Method.Perhaps.class, RelationMethods::list),
          Method.of("relationship.compatibility", Two.class, RelationMethods::compatibility),
          Method.of("relationship.stats", Method.Nothing.class, RelationMethods::stats),
          Method.without(
              "relationship.update", "A relationship" + COMPUTED.formatted("relationship.get")),
          Method.of("emotional.get_state", Method.Perhaps.class, RelationMethods::feeling),
          Method.without(
              "emotional.update_state", "A mood" + COMPUTED.formatted("emotional.get_state")));

  private RelationMethods() {}

  record Target(@Text(min = 1, max = 64) Optional<String> targetPersona) {}

  record Two(
      @Text(min = 1, max = 64) String persona1Id, @Text(min = 1, max = 64) String persona2Id) {}

  record OfOne(String currentPersona, String targetPersona, Optional<Relation> relationship) {}

  record OfAll(String currentPersona, List<Relation> relationships) {}

  record One(Optional<Relation> relationship, boolean exists) {}

  record Several(String personaId, List<Other> relationships, int totalRelationships) {}

  /**
   * @param otherPersonaId a persona, or the account that asks
   */
  record Other(
      String otherPersonaId,
      double affinity,
      double trust,
      double respect,
      double intimacy,
      String relationshipType,
      long interactionCount,
      double compatibilityScore,
      double relationshipStrength) {
    static Other of(Relation relation) {
      return new Other(
          relation.persona2Id(),
          relation.affinity(),
          relation.trust(),
          relation.respect(),
          relation.intimacy(),
          relation.relationshipType(),
          relation.interactionCount(),
          relation.compatibilityScore(),
          relation.relationshipStrength());
    }
  }

  record Named(String id, String name) {
    static Named of(Persona persona) {
      return new Named(persona.id(), persona.name());
    }
  }

  record Compatible(
      Named persona1,
      Named persona2,
      Compatibility.Analysis compatibilityAnalysis,
      Compatibility.Suggestions interactionSuggestions,
      boolean existingRelationship) {}

  record Stats(Figures relationshipStatistics, Instant timestamp) {}

  /** What personas think of whoever asks, in numbers. */
  record Figures(
      int totalRelationships,
      Map<String, Long> typeDistribution,
      double averageAffinity,
      double averageTrust,
      double averageRespect,
      Optional<String> mostActive) {
    static Figures of(List<Relation> all) {
      return new Figures(
          all.size(),
          all.stream()
              .collect(
                  Collectors.groupingBy(
                      Relation::relationshipType, TreeMap::new, Collectors.counting())),
          mean(all, Relation::affinity),
          mean(all, Relation::trust),
          mean(all, Relation::respect),
          all.stream()
              .max(Comparator.comparingLong(Relation::interactionCount))
              .map(Relation::persona1Id));
    }

    private static double mean(List<Relation> all, ToDoubleFunction<Relation> side) {
      return all.stream().mapToDouble(side).average().orElse(0);
    }
  }

  record Feeling(String personaId, State emotionalState) {}

  /**
   * @param mood -1 to 1
   * @param energyLevel 0 to 1: its strength to answer whoever asks, as is the battery
   * @param stressLevel not kept
   * @param curiosity not kept
   */
  record State(
      double mood,
      double energyLevel,
      Optional<Double> stressLevel,
      Optional<Double> curiosity,
      double socialBattery,
      Instant lastUpdated) {}

  private static Object ofCurrent(Visit visit, Target input) {
    Persona persona = visit.stay().requireSelected().persona();
    if (input.targetPersona().isEmpty()) {
      return new OfAll(persona.id(), of(visit, persona));
    }
    Persona target = Persona.named(visit, input.targetPersona().get());
    return new OfOne(persona.id(), target.id(), known(visit, persona, target));
  }

  private static Optional<Relation> known(Visit visit, Persona persona, Persona other) {
    return Optional.of(Relation.of(visit, persona, Optional.of(other))).filter(Relation::exists);
  }

  private static One get(Visit visit, Two input) {
    Optional<Relation> relation =
        known(
            visit,
            Persona.named(visit, input.persona1Id()),
            Persona.named(visit, input.persona2Id()));
    return new One(relation, relation.isPresent());
  }

  /** What a persona thinks of other personas, and of whoever asks. */
  private static List<Relation> of(Visit visit, Persona persona) {
    Stream<Optional<Persona>> others =
        Persona.all(visit).stream()
            .filter(other -> !other.id().equals(persona.id()))
            .limit(PersonaMethods.MOST_ASKED)
            .map(Optional::of);
    return Stream.concat(Stream.of(Optional.<Persona>empty()), others)
        .map(other -> Relation.of(visit, persona, other))
        .filter(Relation::exists)
        .toList();
  }

  private static Several list(Visit visit, Method.Perhaps input) {
    Persona persona = visit.persona(input.personaId());
    List<Other> all = of(visit, persona).stream().map(Other::of).toList();
    return new Several(persona.id(), all, all.size());
  }

  private static Compatible compatibility(Visit visit, Two input) {
    Persona one = Persona.named(visit, input.persona1Id());
    Persona other = Persona.named(visit, input.persona2Id());
    Optional<Relation> relation = known(visit, one, other);
    Compatibility compatibility =
        new Compatibility(
            one.whole(visit),
            other.whole(visit),
            relation.map(Relation::relationshipStrength).orElse(0.0));
    return new Compatible(
        Named.of(one),
        Named.of(other),
        compatibility.analysis(),
        compatibility.suggestions(),
        relation.isPresent());
  }

  private static Stats stats(Visit visit, Method.Nothing input) {
    List<Relation> all =
        Persona.all(visit).stream()
            .limit(PersonaMethods.MOST_ASKED)
            .map(persona -> Relation.of(visit, persona, Optional.empty()))
            .filter(Relation::exists)
            .toList();
    return new Stats(Figures.of(all), visit.now());
  }

  private static Feeling feeling(Visit visit, Method.Perhaps input) {
    Persona persona = visit.persona(input.personaId());
    Condition condition = Condition.of(visit, persona);
    return new Feeling(
        persona.id(),
        new State(
            condition.mood(),
            condition.energy(),
            Optional.empty(),
            Optional.empty(),
            condition.energy(),
            visit.now()));
  }
}

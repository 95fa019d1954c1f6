package dev.parley.socket.persona;

import dev.parley.functions.Text;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Making room, for administrators; and decay, which is worked out when a memory is read. */
final class PruneMethods {
  private static final String NO_DECAY =
      "Decay is worked out when a memory is read, by its age and use: nothing runs that could be"
          + " %s. To remove memories use memory.prune";

  static final List<Method<?>> ALL =
      List.of(
          Method.of("memory.prune", Prune.class, PruneMethods::prune),
          Method.of("memory.prune_all", Method.Nothing.class, PruneMethods::pruneAll),
          Method.of("memory.prune_recommendations", Method.Perhaps.class, PruneMethods::recommend),
          Method.of("memory.prune_stats", Method.Nothing.class, PruneMethods::stats),
          Method.of("memory.decay_stats", Method.Nothing.class, PruneMethods::decay),
          Method.without("memory.decay_start", NO_DECAY.formatted("started")),
          Method.without("memory.decay_stop", NO_DECAY.formatted("stopped")),
          Method.without("memory.decay_force", NO_DECAY.formatted("forced")));

  private PruneMethods() {}

  /**
   * @param force whether to remove the fifth that is worth least if there is room enough
   */
  record Prune(@Text(min = 1, max = 64) Optional<String> personaId, Optional<Boolean> force) {}

  record NotNeeded(String status, String personaId, long currentMemoryCount, String message) {}

  /**
   * @param processingTime in seconds
   */
  record Done(
      String status,
      String personaId,
      long memoriesBefore,
      long memoriesAfter,
      int memoriesPruned,
      double processingTime,
      Optional<Double> averageImportancePruned,
      double averageImportanceKept) {
    static Done of(
        Persona persona, MemoryStats before, MemoryStats after, int pruned, double seconds) {
      double gone =
          before.avgImportance() * before.totalMemories()
              - after.avgImportance() * after.totalMemories();
      long fewer = before.totalMemories() - after.totalMemories();
      return new Done(
          "pruning_completed",
          persona.id(),
          before.totalMemories(),
          after.totalMemories(),
          pruned,
          seconds,
          fewer > 0 ? Optional.of(gone / fewer) : Optional.empty(),
          after.avgImportance());
    }
  }

  record AllDone(
      String status,
      int personasProcessed,
      long totalMemoriesBefore,
      long totalMemoriesAfter,
      int totalMemoriesPruned,
      double processingTime,
      int errorsEncountered) {}

  record Recommended(String personaId, Recommendation recommendations) {}

  record Recommendation(
      boolean needsPruning, long currentCount, int wouldPrune, String recommendation) {}

  record Statistics(Habits pruningStatistics) {}

  /**
   * How the server makes room by itself.
   *
   * @param totalMemories of what whoever asks may see
   */
  record Habits(boolean automatic, int intervalSeconds, long totalMemories) {}

  record Decay(Fading decayStatistics) {}

  /**
   * How memories fade.
   *
   * @param backgroundRunning nothing runs: it is worked out when a memory is read
   */
  record Fading(boolean backgroundRunning, String mode, int halfLifeDays) {}

  private static Object prune(Visit visit, Prune input) {
    Persona persona = visit.persona(input.personaId());
    MemoryStats before = stats(visit, persona);
    Optional<Integer> keep =
        input.force().orElse(false)
            ? Optional.of((int) (before.totalMemories() * 4 / 5))
            : Optional.empty();
    if (count(visit, persona, keep, true) == 0) {
      return new NotNeeded(
          "no_pruning_needed",
          persona.id(),
          before.totalMemories(),
          "Memory collection is within acceptable limits");
    }
    long began = System.nanoTime();
    int pruned = count(visit, persona, keep, false);
    return Done.of(persona, before, stats(visit, persona), pruned, since(began));
  }

  private static double since(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  private static MemoryStats stats(Visit visit, Persona persona) {
    return MemoryStats.of(visit, Optional.of(persona.id()));
  }

  private static int count(Visit visit, Persona persona, Optional<Integer> keep, boolean dryRun) {
    Map<String, Object> params = new HashMap<>();
    params.put("persona", persona.id());
    params.put("dryRun", dryRun);
    params.put("keep", keep);
    JsonNode pruned = visit.call("memories.prune", params);
    return pruned.path("count").intValue();
  }

  private static AllDone pruneAll(Visit visit, Method.Nothing input) {
    long began = System.nanoTime();
    List<Persona> all = Persona.all(visit);
    long before = MemoryStats.of(visit, Optional.empty()).totalMemories();
    int pruned =
        all.stream().mapToInt(persona -> count(visit, persona, Optional.empty(), false)).sum();
    return new AllDone(
        "global_pruning_completed",
        all.size(),
        before,
        MemoryStats.of(visit, Optional.empty()).totalMemories(),
        pruned,
        since(began),
        0);
  }

  private static Recommended recommend(Visit visit, Method.Perhaps input) {
    Persona persona = visit.persona(input.personaId());
    int would = count(visit, persona, Optional.empty(), true);
    return new Recommended(
        persona.id(),
        new Recommendation(
            would > 0,
            stats(visit, persona).totalMemories(),
            would,
            would > 0 ? "Would prune %d memories".formatted(would) : "No pruning needed"));
  }

  private static Statistics stats(Visit visit, Method.Nothing input) {
    return new Statistics(
        new Habits(true, 60, MemoryStats.of(visit, Optional.empty()).totalMemories()));
  }

  private static Decay decay(Visit visit, Method.Nothing input) {
    return new Decay(new Fading(false, "exponential, worked out at read", 30));
  }
}

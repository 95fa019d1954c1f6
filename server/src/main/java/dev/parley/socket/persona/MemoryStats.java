package dev.parley.socket.persona;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What is remembered, in numbers: of what whoever asks may see.
 *
 * @param highImportanceCount of 0.7 and more
 * @param createdToday by UTC
 */
record MemoryStats(
    long totalMemories,
    double avgImportance,
    Map<String, Long> memoryTypes,
    long highImportanceCount,
    long createdToday,
    double statsCalculationTimeMs) {

  /**
   * @param persona all of them, if empty
   */
  static MemoryStats of(Visit visit, Optional<String> persona) {
    long began = System.nanoTime();
    Map<String, Object> params = new HashMap<>();
    params.put("persona", persona);
    JsonNode stats = visit.call("memories.stats", params);
    Map<String, Long> kinds = new TreeMap<>();
    stats
        .path("kinds")
        .properties()
        .forEach(kind -> kinds.put(kind.getKey(), kind.getValue().longValue()));
    return new MemoryStats(
        stats.path("count").longValue(),
        stats.path("importance").doubleValue(),
        kinds,
        stats.path("important").longValue(),
        stats.path("today").longValue(),
        (System.nanoTime() - began) / 1e6);
  }
}

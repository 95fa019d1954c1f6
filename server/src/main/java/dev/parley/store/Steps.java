package dev.parley.store;

import dev.parley.functions.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The steps of a place as a column: a hint for readers, since an index may have shifted when a
 * sibling came or went. Numbers are indexes; keys and lineages are texts.
 */
final class Steps {
  private Steps() {}

  static String write(List<Object> steps) {
    return steps.isEmpty()
        ? "[]"
        : Json.MAPPER.writeValueAsString(
            steps.stream().map(s -> s instanceof Integer ? s : s.toString()).toList());
  }

  static List<Object> read(String written) {
    List<Object> steps = new ArrayList<>();
    for (JsonNode step : Json.MAPPER.readTree(written)) {
      steps.add(step.isNumber() ? (Object) step.intValue() : step.stringValue());
    }
    return List.copyOf(steps);
  }
}

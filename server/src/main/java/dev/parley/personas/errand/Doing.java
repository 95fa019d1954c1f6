package dev.parley.personas.errand;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Does what was asked for, as the persona and with no more rights than whoever asked. */
@FunctionalInterface
public interface Doing {
  /** Of a refusal: it was done before, and what came of it is not known. */
  String REPEATED = "repeated";

  /**
   * Calls a function, at most once for a key: called again, it answers what it answered.
   *
   * @throws dev.parley.wire.Refusal if the function refuses; with {@link #REPEATED} among its data
   *     if it was called with this key before and its answer is not known
   */
  JsonNode once(String key, String function, ObjectNode params);
}

package dev.parley.bench.reads;

import dev.parley.wire.Actor;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * A call that is made again and again.
 *
 * @param name for the table
 * @param caller who asks
 * @param params of the next call, given the answer of the last one
 */
record Question(String name, Actor caller, String function, Params params) {

  /** Parameters that may depend on the answer before. */
  @FunctionalInterface
  interface Params {
    Map<String, ?> after(Optional<JsonNode> answer);
  }

  /** The same place again, or one drawn anew. */
  static Question of(String name, Actor caller, String function, Supplier<Map<String, ?>> params) {
    return new Question(name, caller, function, _ -> params.get());
  }

  /** Page after page to the end, and from the beginning again. */
  static Question pages(String name, Actor caller, String function, Map<String, ?> params) {
    return new Question(
        name,
        caller,
        function,
        answer -> {
          Map<String, Object> all = new HashMap<>(params);
          answer
              .map(last -> last.path("next"))
              .filter(JsonNode::isString)
              .ifPresent(next -> all.put("cursor", next.stringValue()));
          return all;
        });
  }
}

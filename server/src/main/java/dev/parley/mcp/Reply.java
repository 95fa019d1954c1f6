package dev.parley.mcp;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a request comes to. To ask the client something is a result, as 2026-07-28 has it; for an
 * older client the same is turned into requests of ours (see {@link Asking}).
 */
public sealed interface Reply {
  record Complete(ObjectNode result) implements Reply {}

  /**
   * @param requests by key: what the client is to do ({@code method}, {@code params}) before it
   *     asks again
   * @param state what is wanted back then; it comes back only if nobody changed it
   */
  record InputRequired(Map<String, ObjectNode> requests, Optional<JsonNode> state)
      implements Reply {}
}

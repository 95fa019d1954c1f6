package dev.parley.mcp;

import dev.parley.calls.Caller;
import java.net.InetAddress;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who is at the other end of a request, and what is for them.
 *
 * @param requestId the request's id in logs and errors
 */
record Visitor(String requestId, Optional<Caller> caller, InetAddress client, Surface surface) {

  /** Whose the things are that are kept from one request to the next. */
  String owner() {
    return caller.map(Caller::id).orElse("");
  }

  Asked asks(
      ObjectNode capabilities, ObjectNode responses, Optional<JsonNode> state, Notices notices) {
    return new Asked(requestId, caller, client, capabilities, responses, state, notices);
  }
}

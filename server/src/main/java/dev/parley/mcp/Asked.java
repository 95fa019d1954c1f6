package dev.parley.mcp;

import dev.parley.calls.Call;
import dev.parley.calls.Caller;
import java.net.InetAddress;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who asks, and with what.
 *
 * @param requestId the request's id in logs and errors
 * @param capabilities what the client says it can do
 * @param responses by key: what it answered to what was required of it
 * @param state what it was given to bring back, checked
 */
public record Asked(
    String requestId,
    Optional<Caller> caller,
    InetAddress client,
    ObjectNode capabilities,
    ObjectNode responses,
    Optional<JsonNode> state,
    Notices notices) {

  Asked with(ObjectNode answers, Optional<JsonNode> kept) {
    return new Asked(requestId, caller, client, capabilities, answers, kept, notices);
  }

  /** A call of a function on behalf of whoever asks. */
  Call call() {
    return new Call(requestId, caller, Optional.empty(), client, Optional.empty());
  }

  /** Whether the client does what a request of ours wants: {@code elicitation/create}, … */
  public boolean can(String method) {
    return capabilities.has(capability(method));
  }

  static String capability(String method) {
    return method.substring(0, method.indexOf('/'));
  }
}

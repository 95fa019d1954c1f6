package dev.parley.wire;

import dev.parley.functions.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * A refusal as it leaves the server.
 *
 * @param requestId the id that the line in the log bears too
 */
public record Failure(ErrorCode code, String message, Map<String, Object> data, String requestId) {

  /** JSON-RPC's error object. */
  public ObjectNode asError() {
    ObjectNode error = Json.MAPPER.createObjectNode();
    error.put("code", code.code());
    error.put("message", message);
    error.set("data", Json.MAPPER.valueToTree(allData()));
    return error;
  }

  /** RFC 9457 problem details. */
  public ObjectNode asProblem() {
    ObjectNode problem = Json.MAPPER.createObjectNode();
    problem.put("type", "about:blank");
    problem.put("title", code.title());
    problem.put("status", code.status());
    problem.put("detail", message);
    problem.put("code", code.code());
    Map<String, Object> extensions = allData();
    extensions.put("error", extensions.remove("type"));
    extensions.forEach((name, value) -> problem.set(name, Json.MAPPER.valueToTree(value)));
    return problem;
  }

  private Map<String, Object> allData() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("type", code.word());
    all.putAll(data);
    all.put("requestId", requestId);
    return all;
  }
}

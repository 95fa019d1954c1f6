package dev.parley.mcp;

import dev.parley.functions.Json;
import dev.parley.wire.ErrorCode;
import dev.parley.wire.JsonRpc;
import dev.parley.wire.Refusal;
import dev.parley.wire.Unreadable;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the other side says: JSON-RPC, one message at a time, which may also answer us. */
sealed interface Message {
  record Request(JsonNode id, String method, ObjectNode params) implements Message {}

  record Notification(String method, ObjectNode params) implements Message {}

  /** An answer to a request of ours. */
  record Response(JsonNode id, JsonNode result, JsonNode error) implements Message {}

  /**
   * Reads a message.
   *
   * @throws Fault if it is none
   */
  static Message read(byte[] utf8) {
    try {
      return read(Json.MAPPER.readTree(utf8));
    } catch (JacksonException unreadable) {
      throw Fault.of(new Refusal(ErrorCode.PARSE_ERROR, Unreadable.why(unreadable), Map.of()));
    }
  }

  private static Message read(JsonNode root) {
    if (root.isArray()) {
      throw Fault.invalidRequest("Batches are not part of MCP");
    }
    if (root.isObject() && !root.has("method") && (root.has("result") || root.has("error"))) {
      return new Response(root.path("id"), root.path("result"), root.path("error"));
    }
    return switch (JsonRpc.entry(root)) {
      case JsonRpc.Entry.Malformed malformed -> throw Fault.of(malformed.refusal());
      case JsonRpc.Entry.Call call -> read(call);
    };
  }

  private static Message read(JsonRpc.Entry.Call call) {
    if (!(call.params() instanceof ObjectNode params)) {
      throw Fault.invalidRequest("params must be an object");
    }
    if (call.id().isEmpty()) {
      return new Notification(call.method(), params);
    }
    JsonNode id = call.id().get();
    if (id.isNull()) {
      throw Fault.invalidRequest("id must not be null");
    }
    return new Request(id, call.method(), params);
  }

  static ObjectNode result(JsonNode id, JsonNode result) {
    ObjectNode message = Json.MAPPER.createObjectNode().put("jsonrpc", "2.0");
    message.set("id", id);
    message.set("result", result);
    return message;
  }

  static ObjectNode error(JsonNode id, ObjectNode error) {
    ObjectNode message = Json.MAPPER.createObjectNode().put("jsonrpc", "2.0");
    if (!id.isMissingNode() && !id.isNull()) {
      message.set("id", id);
    }
    message.set("error", error);
    return message;
  }

  static ObjectNode request(String id, String method, JsonNode params) {
    ObjectNode message = Json.MAPPER.createObjectNode();
    message.put("jsonrpc", "2.0").put("id", id).put("method", method).set("params", params);
    return message;
  }

  static ObjectNode notification(String method, JsonNode params) {
    ObjectNode message = Json.MAPPER.createObjectNode();
    message.put("jsonrpc", "2.0").put("method", method).set("params", params);
    return message;
  }
}

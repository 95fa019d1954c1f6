package dev.parley.delivery;

import dev.parley.functions.Json;
import dev.parley.functions.Rfc3339;
import dev.parley.store.Logged;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** Puts events in the words of the wire. */
final class Event {
  private Event() {}

  /** What is in the log. */
  static Payload logged(Logged entry) {
    StringBuilder out = new StringBuilder(entry.body().length() + 160);
    out.append("{\"jsonrpc\":\"2.0\",\"method\":\"event\",\"params\":{\"type\":\"")
        .append(entry.type())
        .append("\",\"conversation\":\"")
        .append(entry.conversation())
        .append("\",\"seq\":")
        .append(entry.seq())
        .append(",\"at\":\"")
        .append(Rfc3339.text(Instant.ofEpochMilli(entry.at())))
        .append("\",\"data\":")
        .append(entry.body())
        .append("}}");
    return new Payload(out.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** What is told once, in a conversation, and not logged. */
  static Payload passing(String conversation, String type, Instant at, Object data) {
    ObjectNode params = Json.MAPPER.createObjectNode();
    params.put("type", type).put("conversation", conversation);
    return notification(params, at, data);
  }

  /** What is told to an account, wherever it is signed in. */
  static Payload own(String type, Instant at, Object data) {
    ObjectNode params = Json.MAPPER.createObjectNode();
    params.put("type", type);
    return notification(params, at, data);
  }

  private static Payload notification(ObjectNode params, Instant at, Object data) {
    params.set("at", Json.MAPPER.valueToTree(at));
    params.set("data", Json.MAPPER.valueToTree(data));
    ObjectNode frame = Json.MAPPER.createObjectNode();
    frame.put("jsonrpc", "2.0").put("method", "event").set("params", params);
    return new Payload(Json.MAPPER.writeValueAsBytes(frame));
  }
}

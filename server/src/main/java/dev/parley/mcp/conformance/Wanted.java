package dev.parley.mcp.conformance;

import dev.parley.functions.Json;
import tools.jackson.databind.node.ObjectNode;

/** What fixtures require of a client. */
final class Wanted {
  private Wanted() {}

  private static ObjectNode request(String method, ObjectNode params) {
    ObjectNode request = Json.MAPPER.createObjectNode().put("method", method);
    request.set("params", params);
    return request;
  }

  /** A form with one field that must be filled in. */
  static ObjectNode form(String message, String field, String type) {
    ObjectNode schema = Json.MAPPER.createObjectNode().put("type", "object");
    schema.putObject("properties").putObject(field).put("type", type);
    schema.putArray("required").add(field);
    return form(message, schema);
  }

  static ObjectNode form(String message, ObjectNode schema) {
    ObjectNode params = Json.MAPPER.createObjectNode().put("message", message);
    params.set("requestedSchema", schema);
    return request("elicitation/create", params);
  }

  static ObjectNode sampling(String text, int maxTokens) {
    ObjectNode params = Json.MAPPER.createObjectNode();
    params.putArray("messages").addObject().put("role", "user").set("content", Content.text(text));
    return request("sampling/createMessage", params.put("maxTokens", maxTokens));
  }

  static ObjectNode roots() {
    return request("roots/list", Json.MAPPER.createObjectNode());
  }

  /** A form with a default for each kind of field (SEP-1034). */
  static ObjectNode defaults() {
    return form(
        "Please check what is filled in",
        (ObjectNode)
            Json.MAPPER.readTree(
                """
                {"type": "object", "properties": {
                  "name": {"type": "string", "default": "John Doe"},
                  "age": {"type": "integer", "default": 30},
                  "score": {"type": "number", "default": 95.5},
                  "status": {"type": "string", "enum": ["active", "inactive", "pending"],
                    "default": "active"},
                  "verified": {"type": "boolean", "default": true}}, "required": []}\
                """));
  }

  /** A form with each kind of choice (SEP-1330). */
  static ObjectNode choices() {
    return form(
        "Please choose",
        (ObjectNode)
            Json.MAPPER.readTree(
                """
                {"type": "object", "properties": {
                  "untitledSingle": {"type": "string", "enum": ["option1", "option2", "option3"]},
                  "titledSingle": {"type": "string", "oneOf": [
                    {"const": "value1", "title": "First Option"},
                    {"const": "value2", "title": "Second Option"},
                    {"const": "value3", "title": "Third Option"}]},
                  "legacyEnum": {"type": "string", "enum": ["opt1", "opt2", "opt3"],
                    "enumNames": ["Option One", "Option Two", "Option Three"]},
                  "untitledMulti": {"type": "array",
                    "items": {"type": "string", "enum": ["option1", "option2", "option3"]}},
                  "titledMulti": {"type": "array", "items": {"anyOf": [
                    {"const": "value1", "title": "First Choice"},
                    {"const": "value2", "title": "Second Choice"},
                    {"const": "value3", "title": "Third Choice"}]}}}, "required": []}\
                """));
  }
}

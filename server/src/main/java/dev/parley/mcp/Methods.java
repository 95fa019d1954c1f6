package dev.parley.mcp;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The methods that are the same in both revisions. */
final class Methods {
  private static final int MAX_TEXT = 2_048;

  private Methods() {}

  /**
   * @throws Fault for a method that there is not, and for what does not fit it
   */
  static Reply answer(Surface surface, String method, ObjectNode params, Asked asked) {
    return switch (method) {
      case "tools/list" -> new Reply.Complete(surface.tools(asked, cursor(params)));
      case "tools/call" -> surface.call(asked, text(params, "name"), object(params, "arguments"));
      case "resources/list" -> new Reply.Complete(surface.resources(asked, cursor(params)));
      case "resources/templates/list" -> new Reply.Complete(surface.templates(asked));
      case "resources/read" -> surface.read(asked, text(params, "uri"));
      case "prompts/list" -> new Reply.Complete(surface.prompts(asked, cursor(params)));
      case "prompts/get" ->
          surface.prompt(asked, text(params, "name"), object(params, "arguments"));
      case "completion/complete" -> new Reply.Complete(surface.complete(asked, params));
      default -> throw Fault.unknownMethod(method);
    };
  }

  static Optional<String> cursor(ObjectNode params) {
    return params.has("cursor") ? Optional.of(text(params, "cursor")) : Optional.empty();
  }

  static String text(JsonNode params, String name) {
    JsonNode value = params.path(name);
    if (!value.isString() || value.stringValue().length() > MAX_TEXT) {
      throw Fault.invalidParams(name + " must be a text of at most " + MAX_TEXT + " characters");
    }
    return value.stringValue();
  }

  static ObjectNode object(ObjectNode params, String name) {
    JsonNode value = params.path(name);
    if (value.isMissingNode()) {
      return params.objectNode();
    }
    if (value instanceof ObjectNode object) {
      return object;
    }
    throw Fault.invalidParams(name + " must be an object");
  }
}

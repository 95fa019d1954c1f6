package dev.parley.mcp.conformance;

import dev.parley.functions.Json;
import dev.parley.mcp.Asked;
import dev.parley.mcp.Fault;
import dev.parley.mcp.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** The prompts of the suite. */
final class Prompts {
  private static final Map<String, List<String>> ARGUMENTS =
      new TreeMap<>(
          Map.of(
              "test_simple_prompt", List.of(),
              "test_prompt_with_arguments", List.of("arg1", "arg2"),
              "test_prompt_with_embedded_resource", List.of("resourceUri"),
              "test_prompt_with_image", List.of(),
              "test_input_required_result_prompt", List.of()));

  private Prompts() {}

  static ObjectNode list() {
    ObjectNode result = Json.MAPPER.createObjectNode();
    ARGUMENTS.forEach((name, arguments) -> {
      ObjectNode prompt = result.withArray("prompts").addObject();
      prompt.put("name", name).put("description", "A prompt of the suite");
      arguments.forEach(argument ->
          prompt
              .withArray("arguments")
              .addObject()
              .put("name", argument)
              .put("description", argument)
              .put("required", true));
    });
    return result;
  }

  static Reply get(Asked asked, String name, ObjectNode arguments) {
    return switch (name) {
      case "test_simple_prompt" ->
          Content.prompt(Content.text("This is a simple prompt for testing."));
      case "test_prompt_with_arguments" ->
          Content.prompt(
              Content.text(
                  "Prompt with arguments: arg1='"
                      + arguments.path("arg1").asString("")
                      + "', arg2='"
                      + arguments.path("arg2").asString("")
                      + "'"));
      case "test_prompt_with_embedded_resource" ->
          Content.prompt(
              Content.resource(
                  arguments.path("resourceUri").asString(""),
                  "text/plain",
                  "Embedded resource content for testing."),
              Content.text("Please process the embedded resource above."));
      case "test_prompt_with_image" ->
          Content.prompt(
              Content.media("image", Content.PNG, "image/png"),
              Content.text("Please analyze the image above."));
      case "test_input_required_result_prompt" -> withContext(asked);
      default -> throw Fault.invalidParams("There is no prompt " + Json.shown(name));
    };
  }

  private static Reply withContext(Asked asked) {
    return asked.responses().has("user_context")
        ? Content.prompt(Content.text("Context: " + asked.responses().path("user_context")))
        : new Reply.InputRequired(
            Map.of(
                "user_context",
                Wanted.form("What context should the prompt use?", "context", "string")),
            Optional.empty());
  }
}

package dev.parley.mcp.conformance;

import dev.parley.functions.Json;
import dev.parley.mcp.Asked;
import dev.parley.mcp.Fault;
import dev.parley.mcp.Level;
import dev.parley.mcp.Reply;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** The tools of the suite. */
final class Tools {
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Map<String, Tool> tools = new LinkedHashMap<>();

  /** What a tool does with its arguments. */
  private interface Work extends BiFunction<Asked, ObjectNode, Reply> {}

  private record Tool(String about, String parameter, Work work) {}

  Tools(Runnable toolsChanged, Runnable promptsChanged) {
    contents();
    conversations();
    questions();
    add("test_trigger_tool_change", "Says that the tools changed", done(toolsChanged));
    add("test_trigger_prompt_change", "Says that the prompts changed", done(promptsChanged));
  }

  private static Work done(Runnable action) {
    return (asked, arguments) -> {
      action.run();
      return Content.tool(Content.text("Done"));
    };
  }

  private void add(String name, String about, Work work) {
    add(name, about, "", work);
  }

  private void add(String name, String about, String parameter, Work work) {
    tools.put(name, new Tool(about, parameter, work));
  }

  private void contents() {
    add(
        "test_simple_text",
        "Answers with text",
        (asked, arguments) ->
            Content.tool(Content.text("This is a simple text response for testing.")));
    ObjectNode image = Content.media("image", Content.PNG, "image/png");
    add("test_image_content", "Answers with an image", (asked, given) -> Content.tool(image));
    ObjectNode audio = Content.media("audio", Content.WAV, "audio/wav");
    add("test_audio_content", "Answers with audio", (asked, given) -> Content.tool(audio));
    add(
        "test_embedded_resource",
        "Answers with a resource",
        (asked, given) ->
            Content.tool(
                Content.resource(
                    "test://embedded-resource",
                    "text/plain",
                    "This is an embedded resource content.")));
    add(
        "test_multiple_content_types",
        "Answers with text, an image and a resource",
        (asked, given) ->
            Content.tool(
                Content.text("Multiple content types test:"),
                image,
                Content.resource(
                    "test://mixed-content-resource",
                    "application/json",
                    "{\"test\":\"data\",\"value\":123}")));
    add("test_error_handling", "Always fails", (asked, given) -> failure());
  }

  private static Reply failure() {
    ObjectNode result = Json.MAPPER.createObjectNode().put("isError", true);
    result
        .putArray("content")
        .add(Content.text("This tool intentionally returns an error for testing"));
    return new Reply.Complete(result);
  }

  private void conversations() {
    add("test_tool_with_logging", "Logs while it works", (asked, given) -> logging(asked));
    add("test_logging_tool", "Logs while it works", (asked, given) -> logging(asked));
    add("test_tool_with_progress", "Tells how far it is", (asked, given) -> progress(asked));
    add(
        "test_missing_capability",
        "Needs a client that samples",
        (asked, given) -> {
          if (!asked.capabilities().has("sampling")) {
            throw Fault.missingCapability("sampling");
          }
          return Content.tool(Content.text("The client can sample"));
        });
    add(
        "test_streaming_elicitation",
        "Logs, then asks the user",
        (asked, given) -> {
          asked.notices().progress(1, 2);
          return ask(asked, "confirm", Wanted.form("Go on?", "ok", "boolean"));
        });
  }

  private static Reply logging(Asked asked) {
    asked.notices().log(Level.INFO, "Tool execution started");
    pause();
    asked.notices().log(Level.INFO, "Tool processing data");
    pause();
    asked.notices().log(Level.INFO, "Tool execution completed");
    return Content.tool(Content.text("Logged three lines"));
  }

  private static Reply progress(Asked asked) {
    for (int done = 0; done <= 100; done += 50) {
      asked.notices().progress(done, 100);
      pause();
    }
    return Content.tool(Content.text("Done in three steps"));
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void questions() {
    add(
        "test_sampling",
        "Asks the client's model",
        "prompt",
        (asked, given) ->
            ask(asked, "sample", Wanted.sampling(given.path("prompt").asString(""), 100)));
    add(
        "test_elicitation",
        "Asks the user",
        "message",
        (asked, given) ->
            ask(
                asked,
                "user",
                Wanted.form(given.path("message").asString(""), "username", "string")));
    add(
        "test_elicitation_sep1034_defaults",
        "Asks with defaults",
        (asked, given) -> ask(asked, "form", Wanted.defaults()));
    add(
        "test_elicitation_sep1330_enums",
        "Asks with choices",
        (asked, given) -> ask(asked, "form", Wanted.choices()));
    ObjectNode name = Wanted.form("What is your name?", "name", "string");
    add(
        "test_input_required_result_elicitation",
        "Requires a name",
        (asked, given) -> ask(asked, "user_name", name));
    add(
        "test_input_required_result_sampling",
        "Requires a sample",
        (asked, given) ->
            ask(asked, "capital_question", Wanted.sampling("What is the capital of France?", 100)));
    add(
        "test_input_required_result_list_roots",
        "Requires the roots",
        (asked, given) -> ask(asked, "client_roots", Wanted.roots()));
    stateful();
  }

  private void stateful() {
    ObjectNode confirm = Wanted.form("Please confirm", "ok", "boolean");
    Work keeping = (asked, given) -> confirmed(asked, confirm);
    add("test_input_required_result_request_state", "Gives state along", keeping);
    add("test_input_required_result_tampered_state", "Gives state along", keeping);
    add(
        "test_input_required_result_multiple_inputs",
        "Requires three things at once",
        (asked, given) -> several(asked));
    add(
        "test_input_required_result_multi_round",
        "Requires one thing after another",
        (asked, given) -> rounds(asked));
    add(
        "test_input_required_result_capabilities",
        "Requires what the client can do",
        (asked, given) ->
            asked.can("elicitation/create")
                ? ask(asked, "user_name", Wanted.form("What is your name?", "name", "string"))
                : ask(asked, "greeting", Wanted.sampling("Generate a greeting", 50)));
  }

  /** Requires one thing until it comes. */
  static Reply ask(Asked asked, String key, ObjectNode wanted) {
    return asked.responses().has(key)
        ? Content.tool(Content.text("The client answered: " + asked.responses().path(key)))
        : new Reply.InputRequired(Map.of(key, wanted), Optional.empty());
  }

  private static Reply confirmed(Asked asked, ObjectNode confirm) {
    boolean ours = asked.state().filter(state -> state.asString("").equals("asked")).isPresent();
    return ours && asked.responses().has("confirm")
        ? Content.tool(Content.text("state-ok"))
        : required(Map.of("confirm", confirm), "asked");
  }

  private static Reply required(Map<String, ObjectNode> wanted, String state) {
    return new Reply.InputRequired(wanted, Optional.of((JsonNode) StringNode.valueOf(state)));
  }

  private static Reply several(Asked asked) {
    Map<String, ObjectNode> wanted = new LinkedHashMap<>();
    wanted.put("user_name", Wanted.form("What is your name?", "name", "string"));
    wanted.put("greeting", Wanted.sampling("Generate a greeting", 50));
    wanted.put("client_roots", Wanted.roots());
    wanted.keySet().removeIf(asked.responses()::has);
    return wanted.isEmpty()
        ? Content.tool(Content.text("Got all three"))
        : required(wanted, "asked");
  }

  private static Reply rounds(Asked asked) {
    String state = asked.state().map(known -> known.asString("")).orElse("");
    if (state.equals("second") && asked.responses().has("step2")) {
      return Content.tool(Content.text("Both steps done"));
    }
    boolean first = state.equals("first") && asked.responses().has("step1");
    return first || state.equals("second")
        ? required(
            Map.of("step2", Wanted.form("Step 2: What is your favorite color?", "color", "string")),
            "second")
        : required(
            Map.of("step1", Wanted.form("Step 1: What is your name?", "name", "string")), "first");
  }

  ObjectNode list() {
    ObjectNode result = Json.MAPPER.createObjectNode();
    tools.forEach((name, tool) -> {
      ObjectNode listed = result.withArray("tools").addObject();
      listed.put("name", name).put("description", tool.about());
      listed.set("inputSchema", schema(tool));
    });
    result.withArray("tools").add(dialect());
    return result;
  }

  private static ObjectNode schema(Tool tool) {
    ObjectNode schema = Json.MAPPER.createObjectNode().put("type", "object");
    if (!tool.parameter().isEmpty()) {
      schema.putObject("properties").putObject(tool.parameter()).put("type", "string");
      schema.putArray("required").add(tool.parameter());
    }
    return schema;
  }

  /** A tool whose schema uses much of JSON Schema 2020-12 (SEP-1613, SEP-2106). */
  private static ObjectNode dialect() {
    return (ObjectNode)
        Json.MAPPER.readTree(
            """
            {"name": "json_schema_2020_12_tool",
             "description": "Tool with JSON Schema 2020-12 features",
             "inputSchema": {
              "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
              "$defs": {"address": {"$anchor": "addressDef", "type": "object",
                "properties": {"street": {"type": "string"}, "city": {"type": "string"}}}},
              "properties": {"name": {"type": "string"}, "address": {"$ref": "#/$defs/address"},
                "contactMethod": {"type": "string", "enum": ["phone", "email"]},
                "phone": {"type": "string"}, "email": {"type": "string"}},
              "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
              "if": {"properties": {"contactMethod": {"const": "phone"}},
                "required": ["contactMethod"]},
              "then": {"required": ["phone"]}, "else": {"required": ["email"]},
              "additionalProperties": false}}\
            """);
  }

  Reply call(Asked asked, String name, ObjectNode arguments) {
    if (name.equals("json_schema_2020_12_tool")) {
      return Content.tool(Content.text(arguments.toString()));
    }
    Tool tool = tools.get(name);
    if (tool == null) {
      throw Fault.invalidParams("There is no tool " + Json.shown(name));
    }
    return tool.work().apply(asked, arguments);
  }
}

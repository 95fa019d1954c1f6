package dev.parley.mcp;

import dev.parley.calls.Call;
import dev.parley.calls.Dispatcher;
import dev.parley.calls.Offered;
import dev.parley.calls.Outcome;
import dev.parley.calls.Permission;
import dev.parley.functions.Json;
import dev.parley.functions.Registered;
import dev.parley.wire.Failure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The functions that are offered as tools. */
final class ToolBox {
  private static final int PAGE = 50;

  private final Portions portions;
  private final TreeMap<String, Registered<Call>> tools = new TreeMap<>();

  ToolBox(Dispatcher dispatcher) {
    this.portions = new Portions(dispatcher);
    for (Registered<Call> function : dispatcher.registry().all()) {
      if (function.function().attribute(Offered.Tool.class).isPresent()) {
        tools.put(toolName(function.name()), function);
      }
    }
  }

  /** Not every client takes a dot in the name of a tool. */
  private static String toolName(String function) {
    return function.replace('.', '_');
  }

  ObjectNode list(Asked asked, Optional<String> cursor) {
    List<Registered<Call>> oneMore =
        tools.tailMap(cursor.orElse(""), false).values().stream()
            .filter(function -> may(asked, function))
            .limit(PAGE + 1L)
            .toList();
    ObjectNode result = Json.MAPPER.createObjectNode();
    oneMore.stream().limit(PAGE).map(ToolBox::described).forEach(result.putArray("tools")::add);
    if (oneMore.size() > PAGE) {
      result.put("nextCursor", toolName(oneMore.get(PAGE - 1).name()));
    }
    return result;
  }

  private static boolean may(Asked asked, Registered<Call> function) {
    Permission needed = Dispatcher.permission(function);
    return asked.caller().map(caller -> caller.may(needed)).orElse(false);
  }

  private static ObjectNode described(Registered<Call> registered) {
    var function = registered.function();
    ObjectNode tool = Json.MAPPER.createObjectNode();
    tool.put("name", toolName(function.name()));
    tool.put("title", function.title()).put("description", function.description());
    tool.set("inputSchema", registered.inputSchema());
    if (registered.outputSchema().path("type").asString("").equals("object")) {
      tool.set("outputSchema", registered.outputSchema());
    }
    boolean destructive =
        function.attribute(Offered.Tool.class).map(Offered.Tool::destructive).orElse(false);
    tool.putObject("annotations")
        .put("title", function.title())
        .put("readOnlyHint", function.readOnly())
        .put("destructiveHint", destructive)
        .put("idempotentHint", function.idempotent())
        .put("openWorldHint", false);
    return tool;
  }

  Reply call(Asked asked, String name, ObjectNode arguments) {
    Registered<Call> function = tools.get(name);
    if (function == null) {
      throw Fault.invalidParams("There is no tool " + Json.shown(name));
    }
    Permission needed = Dispatcher.permission(function);
    if (!asked.caller().map(caller -> caller.may(needed)).orElse(false)) {
      throw Fault.insufficientScope(needed.word());
    }
    return new Reply.Complete(result(asked, function, arguments));
  }

  private ObjectNode result(Asked asked, Registered<Call> function, ObjectNode arguments) {
    return switch (portions.call(asked, function, arguments)) {
      case Outcome.Answered answered -> content(answered.result());
      case Outcome.Refused refused -> refused(refused.failure());
      case Outcome.Repeated repeated -> throw new IllegalStateException("no idempotency key");
    };
  }

  private static ObjectNode content(byte[] json) {
    ObjectNode result = Json.MAPPER.createObjectNode();
    text(result, new String(json, StandardCharsets.UTF_8));
    JsonNode value = Json.MAPPER.readTree(json);
    if (value.isObject()) {
      result.set("structuredContent", value);
    }
    return result;
  }

  /** What a model can learn from, so no error of the protocol. */
  private static ObjectNode refused(Failure failure) {
    ObjectNode result = Json.MAPPER.createObjectNode().put("isError", true);
    text(result, failure.message() + "\n" + failure.asError().path("data"));
    return result;
  }

  private static void text(ObjectNode result, String text) {
    result.putArray("content").addObject().put("type", "text").put("text", text);
  }
}

package dev.parley.personas.models;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.parley.calls.Call;
import dev.parley.functions.InvalidInput;
import dev.parley.functions.Json;
import dev.parley.functions.Registered;
import dev.parley.functions.Registry;
import dev.parley.personas.Brain;
import dev.parley.personas.Tokens;
import dev.parley.wire.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The server's functions as tools of a model. */
final class Toolbox {
  /** The most of a tool's result that a model is told, in tokens. */
  private static final int LONGEST_RESULT = 1_000;

  private final Registry<Call> registry;
  private final int mostTokens;
  private final Map<String, Tool> tools = new ConcurrentHashMap<>();

  /** A tool, and how many tokens it takes to tell of it. */
  private record Tool(ToolSpecification specification, int tokens) {}

  /**
   * @param mostTokens how much a model may be told of tools; the others it does not have
   */
  Toolbox(Registry<Call> registry, int mostTokens) {
    this.registry = registry;
    this.mostTokens = mostTokens;
  }

  List<ToolSpecification> tools(Brain.Hands hands) {
    return fitting(hands).stream().map(Tool::specification).toList();
  }

  /** How many tokens it takes to tell of them. */
  int tokens(Brain.Hands hands) {
    return fitting(hands).stream().mapToInt(Tool::tokens).sum();
  }

  private List<Tool> fitting(Brain.Hands hands) {
    List<Tool> fitting = new ArrayList<>();
    int left = mostTokens;
    for (String name : hands.functions()) {
      Tool tool = tools.computeIfAbsent(name, this::tool);
      if (tool.tokens() <= left) {
        fitting.add(tool);
        left -= tool.tokens();
      }
    }
    return fitting;
  }

  private Tool tool(String name) {
    Registered<Call> function = registry.find(name).orElseThrow();
    return new Tool(
        tool(function),
        Tokens.count(name + function.function().description() + function.inputSchema()));
  }

  private static ToolSpecification tool(Registered<Call> function) {
    return ToolSpecification.builder()
        .name(toolName(function.name()))
        .description(function.function().description())
        .parameters(parameters(function.inputSchema()))
        .build();
  }

  /** Models know names without dots. */
  private static String toolName(String function) {
    return function.replace('.', '_');
  }

  private static JsonObjectSchema parameters(ObjectNode schema) {
    JsonObjectSchema.Builder parameters = JsonObjectSchema.builder().additionalProperties(false);
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      parameters.addProperty(property.getKey(), JsonRawSchema.from(property.getValue().toString()));
    }
    return parameters
        .required(schema.path("required").valueStream().map(JsonNode::stringValue).toList())
        .build();
  }

  /** Does what a model asks for. What is refused it is told, too. */
  ToolExecutionResultMessage use(Brain.Hands hands, ToolExecutionRequest wish) {
    try {
      return result(wish, hands.call(function(hands, wish.name()), arguments(wish)).toString());
    } catch (Refusal refusal) {
      return result(wish, "Refused: " + refusal.getMessage());
    } catch (InvalidInput | JacksonException unreadable) {
      return result(wish, "Refused: the arguments cannot be read");
    }
  }

  private static String function(Brain.Hands hands, String tool) {
    return hands.functions().stream()
        .filter(name -> toolName(name).equals(tool))
        .findFirst()
        .orElseThrow(() -> Refusal.notFound("tool " + Json.shown(tool)));
  }

  private static ObjectNode arguments(ToolExecutionRequest wish) {
    String text = wish.arguments();
    JsonNode arguments =
        text == null || text.isBlank()
            ? Json.MAPPER.createObjectNode()
            : Json.MAPPER.readTree(text);
    if (arguments instanceof ObjectNode object) {
      return object;
    }
    throw new InvalidInput("arguments", "must be an object");
  }

  private static ToolExecutionResultMessage result(ToolExecutionRequest wish, String text) {
    return ToolExecutionResultMessage.from(wish, Tokens.beginning(text, LONGEST_RESULT));
  }
}

package dev.parley.http;

import dev.parley.calls.Call;
import dev.parley.calls.Dispatcher;
import dev.parley.calls.Mark;
import dev.parley.calls.Route;
import dev.parley.functions.Json;
import dev.parley.functions.Registered;
import dev.parley.functions.Registry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/openapi.json} and {@code /docs}, from the registry. */
final class Documentation {
  private Documentation() {}

  static Map<String, Resource> of(Registry<Call> registry) {
    return Map.of(
        "/api/openapi.json",
        new Once(() -> Answer.json(200, Json.MAPPER.writeValueAsBytes(openApi(registry)))),
        "/docs",
        new Once(() -> Answer.html(DocsPage.of(registry))),
        "/docs.css",
        () -> DocsPage.STYLE);
  }

  /** Made for the first who asks. */
  private static final class Once implements Resource {
    private final Resource made;
    private Optional<Answer> answer = Optional.empty();

    Once(Resource made) {
      this.made = made;
    }

    @Override
    public synchronized Answer get() {
      Answer known = answer.orElseGet(made::get);
      answer = Optional.of(known);
      return known;
    }
  }

  private static ObjectNode openApi(Registry<Call> registry) {
    ObjectNode root = Json.MAPPER.createObjectNode();
    root.put("openapi", "3.1.0");
    root.putObject("info")
        .put("title", "Parley")
        .put("version", "0.1.0")
        .put("description", "The functions of this server. On sockets they are called by name.");
    root.putArray("servers").addObject().put("url", "/api");
    ObjectNode paths = root.putObject("paths");
    registry.all().forEach(function -> addOperation(paths, function));
    ObjectNode components = root.putObject("components");
    components
        .putObject("securitySchemes")
        .putObject("bearer")
        .put("type", "http")
        .put("scheme", "bearer");
    components.putObject("schemas").set("Problem", problemSchema());
    return root;
  }

  private static void addOperation(ObjectNode paths, Registered<Call> function) {
    if (function.function().attributes().contains(Mark.SOCKET_ONLY)) {
      return;
    }
    Route route =
        function
            .function()
            .attribute(Route.class)
            .orElseGet(() -> Route.post("/call/" + function.name()));
    ObjectNode path =
        paths.path(route.path()) instanceof ObjectNode known
            ? known
            : paths.putObject(route.path());
    path.set(route.method().toLowerCase(java.util.Locale.ROOT), operation(function, route));
  }

  private static ObjectNode operation(Registered<Call> function, Route route) {
    ObjectNode operation = Json.MAPPER.createObjectNode();
    operation.put("operationId", function.name());
    operation.put("summary", function.function().title());
    operation.put("description", function.function().description());
    operation.putArray("tags").add(function.name().split("\\.", 2)[0]);
    if (Dispatcher.permission(function) != dev.parley.calls.Permission.OPEN) {
      operation.putArray("security").addObject().putArray("bearer");
    }
    addParameters(operation, function, route);
    addResponses(operation, function, route);
    return operation;
  }

  private static void addParameters(ObjectNode operation, Registered<Call> function, Route route) {
    ObjectNode body = function.inputSchema();
    ObjectNode properties = (ObjectNode) body.path("properties");
    ArrayNode parameters = Json.MAPPER.createArrayNode();
    function
        .input()
        .components()
        .forEach((name, component) -> {
          boolean inPath = route.path().contains("{" + name + "}");
          if (inPath || route.method().equals("GET")) {
            ObjectNode parameter = parameters.addObject();
            parameter.put("name", name).put("in", inPath ? "path" : "query");
            parameter.put("required", inPath || component.required());
            ObjectNode schema = (ObjectNode) properties.remove(name);
            if (schema.path("type").asString("").equals("array")) {
              parameter.put("style", "form").put("explode", false);
            }
            parameter.set("schema", schema);
            removeRequired(body, name);
          }
        });
    if (!parameters.isEmpty()) {
      operation.set("parameters", parameters);
    }
    if (opensSession(function)) {
      properties
          .putObject("cookie")
          .put("type", "boolean")
          .put("description", "true to get the token as a cookie, and not in the answer");
    }
    if (!route.method().equals("GET") && !properties.isEmpty()) {
      ObjectNode content = operation.putObject("requestBody").put("required", body.has("required"));
      content.putObject("content").putObject(Answer.JSON).set("schema", body);
    }
  }

  private static boolean opensSession(Registered<Call> function) {
    return function.function().attributes().contains(Mark.OPENS_SESSION);
  }

  private static void removeRequired(ObjectNode schema, String name) {
    if (schema.path("required") instanceof ArrayNode required) {
      required.removeIf(node -> node.isString() && node.stringValue().equals(name));
      if (required.isEmpty()) {
        schema.remove("required");
      }
    }
  }

  private static void addResponses(ObjectNode operation, Registered<Call> function, Route route) {
    ObjectNode responses = operation.putObject("responses");
    ObjectNode success = responses.putObject(route.creates() ? "201" : "200");
    success.put("description", "Done");
    ObjectNode result = function.outputSchema();
    if (opensSession(function)) {
      removeRequired(result, "token");
    }
    success.putObject("content").putObject(Answer.JSON).set("schema", result);
    ObjectNode problem = responses.putObject("default");
    problem.put("description", "Refused, in the words of RFC 9457");
    problem
        .putObject("content")
        .putObject(Answer.PROBLEM)
        .putObject("schema")
        .put("$ref", "#/components/schemas/Problem");
  }

  private static ObjectNode problemSchema() {
    ObjectNode schema = Json.MAPPER.createObjectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    for (String text : List.of("type", "title", "detail", "error", "requestId")) {
      properties.putObject(text).put("type", "string");
      required.add(text);
    }
    for (String number : List.of("status", "code")) {
      properties.putObject(number).put("type", "integer");
      required.add(number);
    }
    properties.putObject("field").put("type", "string");
    properties.putObject("limit").put("type", "integer");
    properties.putObject("retryAfterMs").put("type", "integer");
    return schema;
  }
}

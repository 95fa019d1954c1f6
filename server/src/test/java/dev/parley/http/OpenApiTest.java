package dev.parley.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.parley.calls.Call;
import dev.parley.calls.Permission;
import dev.parley.calls.Route;
import dev.parley.functions.Function;
import dev.parley.functions.Json;
import dev.parley.functions.Registry;
import dev.parley.testing.Database;
import dev.parley.testing.Http;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What /api/openapi.json promises: OpenAPI 3.1, and what the server does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final Pattern TEMPLATE = Pattern.compile("\\{([^}]*)}");

  private TestServer server;
  private User ada;
  private JsonNode document;

  /** An operation and where it is found. */
  private record Operation(String method, String path, JsonNode json) {
    Set<String> parameters(String in) {
      return json.path("parameters")
          .valueStream()
          .filter(parameter -> parameter.path("in").stringValue().equals(in))
          .map(parameter -> parameter.path("name").stringValue())
          .collect(Collectors.toCollection(TreeSet::new));
    }

    JsonNode body() {
      return json.at("/requestBody/content/application~1json/schema");
    }

    JsonNode answer(int status) {
      return json.at("/responses/" + status + "/content/application~1json/schema");
    }
  }

  @BeforeAll
  void start() {
    server = TestServer.start(Database.SQLITE);
    ada = server.user("ada");
    document = server.http().get("/api/openapi.json").body();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private static List<Operation> operations(JsonNode document) {
    List<Operation> all = new ArrayList<>();
    document
        .path("paths")
        .propertyStream()
        .forEach(path ->
            path.getValue()
                .propertyStream()
                .forEach(
                    one -> all.add(new Operation(one.getKey(), path.getKey(), one.getValue()))));
    return all;
  }

  private static Optional<Operation> operation(JsonNode document, String id) {
    return operations(document).stream()
        .filter(one -> one.json().path("operationId").stringValue().equals(id))
        .findFirst();
  }

  private static Set<String> names(JsonNode properties) {
    return new TreeSet<>(properties.propertyNames());
  }

  private static Set<String> texts(JsonNode array) {
    return array
        .valueStream()
        .map(JsonNode::stringValue)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void it_is_openapi_with_unique_operation_ids_and_references_that_lead_somewhere() {
    assertThat(document.path("openapi").stringValue()).startsWith("3.1.");
    assertThat(document.at("/info/title").stringValue()).isNotBlank();
    assertThat(document.at("/info/version").stringValue()).isNotBlank();
    List<Operation> all = operations(document);
    Set<String> ids = new HashSet<>();
    for (Operation one : all) {
      assertThat(one.path()).startsWith("/");
      assertThat(one.method()).isIn("get", "post", "patch", "delete");
      assertThat(ids.add(one.json().path("operationId").stringValue())).as("%s", one).isTrue();
      assertThat(one.json().path("responses").isEmpty()).as("%s", one).isFalse();
      one.json()
          .path("responses")
          .forEach(response -> assertThat(response.path("description").isString()).isTrue());
    }
    assertThat(document.findValuesAsString("$ref"))
        .isNotEmpty()
        .allSatisfy(reference -> {
          assertThat(reference).startsWith("#/");
          assertThat(document.at(reference.substring(1)).isObject()).as(reference).isTrue();
        });
    assertThat(securitySchemesUsed(all))
        .isSubsetOf(names(document.at("/components/securitySchemes")));
  }

  private static Set<String> securitySchemesUsed(List<Operation> all) {
    return all.stream()
        .flatMap(one -> one.json().path("security").valueStream())
        .flatMap(requirement -> requirement.propertyNames().stream())
        .collect(Collectors.toSet());
  }

  @Test
  void every_function_is_there_once_and_takes_what_it_takes_elsewhere() {
    JsonNode functions = ada.call("functions.list", "{}").path("functions");
    int there = 0;
    for (JsonNode function : functions) {
      String name = function.path("name").stringValue();
      Optional<Operation> found = operation(document, name);
      assertThat(found.isPresent()).as(name).isEqualTo(!function.path("socketOnly").booleanValue());
      if (found.isPresent()) {
        there++;
        assertFits(found.get(), function);
      }
    }
    assertThat(operations(document)).hasSize(there);
  }

  private static void assertFits(Operation operation, JsonNode function) {
    String name = function.path("name").stringValue();
    JsonNode route = function.path("route");
    assertThat("/api" + operation.path())
        .isEqualTo(route.path("path").asString("/api/call/" + name));
    assertThat(operation.method()).isEqualToIgnoringCase(route.path("method").asString("POST"));

    Set<String> inPath = operation.parameters("path");
    Set<String> inQuery = operation.parameters("query");
    assertThat(inPath).as(name).isEqualTo(templates(operation.path()));
    Set<String> elsewhere = names(operation.body().path("properties"));
    elsewhere.remove("cookie");
    Set<String> required = texts(function.at("/input/required"));
    required.removeAll(inPath);
    if (operation.method().equals("get")) {
      assertThat(operation.json().has("requestBody")).as(name).isFalse();
      elsewhere = inQuery;
    } else {
      assertThat(inQuery).as(name).isEmpty();
      assertThat(texts(operation.body().path("required"))).as(name).isEqualTo(required);
      assertThat(operation.json().at("/requestBody/required").asBoolean(false))
          .as(name)
          .isEqualTo(!required.isEmpty());
    }
    elsewhere.addAll(inPath);
    assertThat(elsewhere).as(name).isEqualTo(names(function.at("/input/properties")));
    operation
        .json()
        .path("parameters")
        .forEach(parameter -> assertParameter(name, parameter, required));
  }

  private static void assertParameter(String name, JsonNode parameter, Set<String> required) {
    boolean inPath = parameter.path("in").stringValue().equals("path");
    assertThat(parameter.path("required").booleanValue())
        .as("%s %s", name, parameter)
        .isEqualTo(inPath || required.contains(parameter.path("name").stringValue()));
    boolean list = parameter.at("/schema/type").stringValue().equals("array");
    assertThat(parameter.path("explode").asBoolean(true)).as("%s", parameter).isEqualTo(!list);
  }

  private static Set<String> templates(String path) {
    return TEMPLATE
        .matcher(path)
        .results()
        .map((MatchResult one) -> one.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void every_schema_is_a_json_schema() {
    Schema ofSchemas =
        SCHEMAS.getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));
    List<JsonNode> schemas = new ArrayList<>(document.findValues("schema"));
    document.at("/components/schemas").forEach(schemas::add);
    assertThat(schemas).hasSizeGreaterThan(100);
    for (JsonNode schema : schemas) {
      assertThat(ofSchemas.validate(schema)).as("%s", schema).isEmpty();
    }
    JsonNode wrong = Json.MAPPER.readTree("{\"type\": \"text\"}");
    assertThat(ofSchemas.validate(wrong)).isNotEmpty();
  }

  @Test
  void lists_in_the_query_are_given_as_promised() {
    ada.room("Listed");
    JsonNode first = ada.http().get("/api/conversations?fields=id,title").body().at("/items/0");
    assertThat(names(first)).containsExactly("id", "title");
  }

  @Test
  void a_token_may_be_asked_for_as_a_cookie_and_is_then_left_out() {
    Operation open = operation(document, "sessions.open").orElseThrow();
    ObjectNode login = Json.MAPPER.createObjectNode();
    login.put("name", ada.name()).put("password", User.PASSWORD);
    assertThat(SCHEMAS.getSchema(open.body()).validate(login)).isEmpty();
    assertThat(SCHEMAS.getSchema(open.body()).validate(login.put("cookie", true))).isEmpty();
    Http.Reply reply = server.http().post("/api/sessions", login.toString());
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.body().has("token")).isFalse();
    assertThat(SCHEMAS.getSchema(open.answer(201)).validate(reply.body())).isEmpty();
  }

  @Test
  void answers_and_problems_are_as_promised() {
    ada.post(ada.room("Promises"), "kept");
    for (String function : List.of("conversations.list", "functions.list", "accounts.me")) {
      JsonNode answer = operation(document, function).orElseThrow().answer(200);
      assertThat(SCHEMAS.getSchema(answer).validate(ada.call(function, "{}")))
          .as(function)
          .isEmpty();
    }
    Schema problem = SCHEMAS.getSchema(document.at("/components/schemas/Problem"));
    JsonNode refused = ada.http().get("/api/conversations?limit=0").body();
    assertThat(problem.validate(refused)).isEmpty();
    assertThat(names(document.at("/components/schemas/Problem/properties")))
        .containsAll(names(refused));
  }

  /** What a function without a route takes. */
  private record Wish(Optional<String> flavour) {}

  private record Granted() {}

  @Test
  void a_function_without_a_route_is_called_by_name_and_one_that_needs_nothing_needs_no_body() {
    Registry<Call> registry = new Registry<>();
    registry.add(
        Function.named("wishes.grant", Wish.class, Granted.class)
            .readOnly()
            .with(Permission.OPEN)
            .handledBy((call, wish) -> new Granted()));
    registry.add(
        Function.named("wishes.revoke", Wish.class, Granted.class)
            .with(Permission.OPEN, Route.delete("/wishes"))
            .handledBy((call, wish) -> new Granted()));
    Resource openApi =
        Optional.ofNullable(Documentation.of(registry).get("/api/openapi.json")).orElseThrow();
    JsonNode small = Json.MAPPER.readTree(openApi.get().body());
    assertThat(names(small.path("paths"))).containsExactly("/call/wishes.grant", "/wishes");
    Operation grant = operation(small, "wishes.grant").orElseThrow();
    assertThat(grant.method()).isEqualTo("post");
    assertThat(grant.json().at("/requestBody/required").booleanValue()).isFalse();
    assertThat(names(grant.body().path("properties"))).containsExactly("flavour");
  }
}

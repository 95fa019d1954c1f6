package dev.parley.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.functions.Json;
import dev.parley.testing.Database;
import dev.parley.testing.Http;
import dev.parley.testing.Json5;
import dev.parley.testing.OnBothDatabases;
import dev.parley.testing.Rows;
import dev.parley.testing.Socket;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Walks every function with what it must refuse, through both doors. */
@OnBothDatabases
class BadInputTest {
  private static final int INVALID = -32602;
  private static final int INTERNAL = -32603;
  private static final int TOO_LARGE = -32006;

  @Parameter private Database database;
  private TestServer server;
  private User owner;
  private Socket socket;
  private List<JsonNode> functions;

  @BeforeParameterizedClassInvocation
  void start() {
    server = TestServer.start(database);
    owner = server.owner();
    socket = owner.socket();
    functions = new ArrayList<>();
    server.http().get("/api/functions").body().path("functions").forEach(functions::add);
  }

  @AfterParameterizedClassInvocation
  void stop() {
    socket.close();
    server.close();
  }

  /** What one field must not be. */
  private record Wrong(String function, String field, ObjectNode params, boolean socketOnly) {}

  @Test
  void every_function_names_the_field_that_is_missing() {
    List<Wrong> all = new ArrayList<>();
    for (JsonNode function : functions) {
      for (JsonNode name : function.at("/input/required")) {
        ObjectNode missing = valid(function);
        missing.remove(name.stringValue());
        all.add(wrong(function, name.stringValue(), missing));
        ObjectNode isNull = valid(function);
        isNull.putNull(name.stringValue());
        all.add(wrong(function, name.stringValue(), isNull));
      }
    }
    refuses(all);
  }

  @Test
  void every_function_names_the_field_of_another_type() {
    List<Wrong> all = new ArrayList<>();
    for (JsonNode function : functions) {
      for (Map.Entry<String, JsonNode> property : properties(function)) {
        for (JsonNode other : otherTypes(property.getValue())) {
          ObjectNode params = valid(function);
          params.set(property.getKey(), other);
          all.add(wrong(function, property.getKey(), params));
        }
      }
    }
    assertThat(all).hasSizeGreaterThan(100);
    refuses(all);
  }

  private static List<JsonNode> otherTypes(JsonNode schema) {
    String type = typeOf(schema);
    List<JsonNode> all = new ArrayList<>();
    if (!type.isEmpty()) {
      for (String other : List.of("'x'", "7", "true", "[7]", "{'x':7}", "1.5", "1e30")) {
        JsonNode value = Json.MAPPER.readTree(other.replace('\'', '"'));
        boolean fits =
            switch (type) {
              case "string" -> value.isString();
              case "integer" -> value.isIntegralNumber();
              case "boolean" -> value.isBoolean();
              case "array" -> value.isArray();
              default -> value.isObject();
            };
        if (!fits) {
          all.add(value);
        }
      }
    }
    return all;
  }

  @Test
  void every_function_refuses_what_it_does_not_know() {
    List<Wrong> all = new ArrayList<>();
    for (JsonNode function : functions) {
      all.add(wrong(function, "nope", valid(function).put("nope", 1)));
      all.add(wrong(function, "__proto__", valid(function).put("__proto__", 1)));
      all.add(wrong(function, "\uFFFD", valid(function).put("\u0000", 1)));
      String smiles = "a" + "\uD83D\uDE00".repeat(100);
      String shown = "a" + "\uD83D\uDE00".repeat(63) + "…";
      all.add(wrong(function, shown, valid(function).put(smiles, 1)));
    }
    refuses(all);
  }

  @Test
  void every_text_has_a_length_and_no_function_takes_what_cannot_be_stored() {
    List<Wrong> all = new ArrayList<>();
    for (JsonNode function : functions) {
      for (Map.Entry<String, JsonNode> property : properties(function)) {
        JsonNode schema = property.getValue();
        if (typeOf(schema).equals("string")) {
          for (String text : List.of("\uD800", "a\uDC00b", "a\u0000b")) {
            ObjectNode params = valid(function);
            params.put(property.getKey(), text);
            all.add(wrong(function, property.getKey(), params));
          }
          int max = schema.path("maxLength").intValue(33_000);
          ObjectNode params = valid(function);
          params.put(property.getKey(), "a".repeat(max + 1));
          all.add(wrong(function, property.getKey(), params));
        }
      }
    }
    refuses(all);
  }

  @Test
  void every_number_has_bounds_that_hold() {
    List<Wrong> all = new ArrayList<>();
    for (JsonNode function : functions) {
      for (Map.Entry<String, JsonNode> property : properties(function)) {
        if (typeOf(property.getValue()).equals("integer")) {
          for (String number : List.of("99999999999999999999", "-99999999999999999999", "-1")) {
            ObjectNode params = valid(function);
            params.set(property.getKey(), Json.MAPPER.readTree(number));
            all.add(wrong(function, property.getKey(), params));
          }
        }
      }
    }
    assertThat(all).isNotEmpty();
    refuses(all);
  }

  @Test
  void unknown_ids_are_refused_in_words_by_every_function() {
    for (JsonNode function : functions) {
      String name = function.path("name").stringValue();
      User caller = function.path("readOnly").booleanValue() ? owner : server.user("walker");
      if (!function.path("socketOnly").booleanValue()) {
        Http.Reply reply = caller.http().post("/api/call/" + name, valid(function).toString());
        assertThat(reply.status()).as(name + " " + reply.raw().body()).isNotEqualTo(500);
        if (reply.status() >= 400) {
          assertThat(reply.body().path("requestId").isString()).as(name).isTrue();
          assertThat(reply.body().path("error").isString()).as(name).isTrue();
        }
      }
    }
  }

  @Test
  void unknown_ids_are_refused_in_words_on_sockets_too() {
    for (JsonNode function : functions) {
      String name = function.path("name").stringValue();
      User caller = function.path("readOnly").booleanValue() ? owner : server.user("walker");
      try (Socket own = caller.socket()) {
        JsonNode error = own.tryCall(name, valid(function).toString()).path("error");
        assertThat(error.path("code").intValue(0)).as(name).isNotEqualTo(INTERNAL);
      }
    }
  }

  @Test
  void whatever_has_an_id_alone_is_not_found_when_nobody_has_it() {
    Set<String> found = new TreeSet<>();
    for (JsonNode function : functions) {
      JsonNode required = function.at("/input/required");
      if (required.size() == 1
          && required.path(0).stringValue().equals("id")
          && !function.path("socketOnly").booleanValue()) {
        String name = function.path("name").stringValue();
        Http.Reply reply = owner.http().post("/api/call/" + name, "{\"id\":\"01unknown\"}");
        if (reply.status() != 404 || reply.body().path("code").intValue() != -32003) {
          found.add(name + " " + reply.raw().body());
        }
      }
    }
    assertThat(found).isEmpty();
  }

  private void refuses(List<Wrong> all) {
    Map<String, List<String>> before = Rows.all(server);
    List<String> complaints = new ArrayList<>();
    for (Wrong wrong : all) {
      JsonNode error = socket.tryCall(wrong.function(), wrong.params().toString()).path("error");
      complain(complaints, wrong, "ws", error, error.path("data"));
      if (!wrong.socketOnly()) {
        JsonNode problem =
            owner
                .http()
                .post("/api/call/" + wrong.function(), Json5.ascii(wrong.params().toString()))
                .body();
        complain(complaints, wrong, "http", problem, problem);
      }
    }
    assertThat(complaints).isEmpty();
    assertThat(Rows.all(server)).isEqualTo(before);
  }

  private static void complain(
      List<String> complaints, Wrong wrong, String door, JsonNode error, JsonNode data) {
    int code = error.path("code").intValue(0);
    boolean right = code == INVALID || (code == TOO_LARGE && data.has("limit"));
    String field = data.path("field").asString("");
    boolean named = field.equals(wrong.field()) || field.startsWith(wrong.field() + "[");
    if (!right || !named || !data.path("requestId").isString()) {
      String shown = wrong.params().toString();
      complaints.add(
          door
              + " "
              + wrong.function()
              + " "
              + wrong.field()
              + " "
              + shown.substring(0, Math.min(120, shown.length()))
              + " -> "
              + error);
    }
  }

  private static Wrong wrong(JsonNode function, String field, ObjectNode params) {
    return new Wrong(
        function.path("name").stringValue(),
        field,
        params,
        function.path("socketOnly").booleanValue());
  }

  private static Set<Map.Entry<String, JsonNode>> properties(JsonNode function) {
    return function.at("/input/properties").properties();
  }

  /** Parameters that fit the schema, with ids that nobody has. */
  private static ObjectNode valid(JsonNode function) {
    ObjectNode params = Json.MAPPER.createObjectNode();
    for (JsonNode name : function.at("/input/required")) {
      JsonNode schema = function.at("/input/properties").path(name.stringValue());
      params.set(name.stringValue(), example(name.stringValue(), schema));
    }
    return params;
  }

  private static JsonNode example(String name, JsonNode schema) {
    if (schema.has("enum")) {
      return schema.at("/enum/0");
    }
    String json =
        switch (typeOf(schema)) {
          case "string" -> "\"" + text(name, schema) + "\"";
          case "integer" -> schema.path("minimum").asString("1");
          case "boolean" -> "true";
          case "array" -> "[]";
          default -> "{}";
        };
    return Json.MAPPER.readTree(json);
  }

  private static String text(String name, JsonNode schema) {
    if (schema.path("format").asString("").equals("date-time")) {
      return "2999-01-01T00:00:00.000Z";
    }
    return name.equals("emoji") ? "+" : "a".repeat(Math.max(9, schema.path("minLength").asInt(0)));
  }

  private static String typeOf(JsonNode schema) {
    JsonNode type = schema.path("type");
    return type.isArray() ? type.path(0).stringValue() : type.asString("");
  }
}

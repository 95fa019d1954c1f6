package dev.parley.personas.errand;

import dev.parley.functions.Json;
import dev.parley.functions.Registered;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that a persona can do for somebody.
 *
 * @param label what it is called, unlike all others of that persona
 */
record Errand(Registered<?> function, String label) {

  Stream<Field> fields() {
    return function.input().components().entrySet().stream()
        .map(entry -> new Field(entry.getKey(), entry.getValue()));
  }

  List<Field> required() {
    return fields().filter(Field::isRequired).toList();
  }

  Optional<Field> missing(Map<String, JsonNode> values) {
    return fields()
        .filter(Field::isRequired)
        .filter(field -> !values.containsKey(field.name()))
        .findFirst();
  }

  Optional<Field> field(String name) {
    return fields().filter(field -> field.isCalled(name)).findFirst();
  }

  /** Without those that shall be left out, in the order of the schema, however they were said. */
  ObjectNode params(Map<String, JsonNode> values) {
    ObjectNode params = Json.MAPPER.createObjectNode();
    fields()
        .map(Field::name)
        .forEach(name ->
            Optional.ofNullable(values.get(name))
                .filter(value -> !value.isNull())
                .ifPresent(value -> params.set(name, value)));
    return params;
  }
}

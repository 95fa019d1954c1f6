package dev.parley.functions;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An object with known components and no others. */
public record Structure(Map<String, Component> components) implements Shape {

  /**
   * One component.
   *
   * @param nullable whether its value may be null though it is always there
   * @param about what it means, for the schema; may be empty
   */
  public record Component(Shape shape, boolean required, boolean nullable, String about) {}

  /**
   * The structure of a record.
   *
   * @throws IllegalArgumentException for a type that has no JSON shape, naming it
   */
  public static Structure of(Class<? extends Record> type) {
    return Shapes.ofRecord(type);
  }

  /** The same with other names for its components. */
  public Structure named(UnaryOperator<String> names) {
    Map<String, Component> renamed = new LinkedHashMap<>();
    components.forEach((name, component) -> renamed.put(names.apply(name), component));
    return new Structure(renamed);
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = Shape.type("object");
    ObjectNode properties = schema.putObject("properties");
    components.forEach((name, component) -> properties.set(name, schemaOf(component)));
    ArrayNode required = JsonNodeFactory.instance.arrayNode();
    components.forEach((name, component) -> {
      if (component.required()) {
        required.add(name);
      }
    });
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    return schema.put("additionalProperties", false);
  }

  private static ObjectNode schemaOf(Component component) {
    ObjectNode schema = component.shape().schema();
    if (component.nullable() && schema.path("type").isString()) {
      String type = schema.path("type").stringValue();
      schema.putArray("type").add(type).add("null");
    }
    if (!component.about().isEmpty()) {
      schema.put("description", component.about());
    }
    return schema;
  }

  @Override
  public void check(JsonNode value, String path) {
    Shape.require(value.isObject(), path.isEmpty() ? "params" : path, "must be an object");
    refuseUnknown(value, path);
    components.forEach((name, component) -> check(value.get(name), component, inside(path, name)));
  }

  private void refuseUnknown(JsonNode value, String path) {
    Set<String> known = components.keySet();
    for (String name : value.propertyNames()) {
      if (!known.contains(name)) {
        throw new InvalidInput(
            inside(path, Json.shown(name)),
            known.isEmpty()
                ? "is unknown; no parameters are taken"
                : "is unknown; known are " + String.join(", ", known));
      }
    }
  }

  private static void check(@Nullable JsonNode value, Component component, String path) {
    if (value == null || value.isNull()) {
      Shape.require(!component.required(), path, "is missing");
    } else {
      component.shape().check(value, path);
    }
  }

  private static String inside(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}

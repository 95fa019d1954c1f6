package dev.parley.functions;

import dev.parley.entities.Address;
import dev.parley.entities.Lineage;
import dev.parley.entities.Refused;
import java.math.BigInteger;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * What a JSON value may look like. Worked out once from a Java type; the schema that clients read
 * and the check that their input passes are two views of it, so they cannot differ.
 */
public sealed interface Shape
    permits Shape.Addressed,
        Shape.Anything,
        Shape.Characters,
        Shape.Choice,
        Shape.Dictionary,
        Shape.Flag,
        Shape.Moment,
        Shape.Perhaps,
        Shape.Real,
        Shape.Several,
        Shape.Whole,
        Structure {

  /** The shape as JSON Schema 2020-12. */
  ObjectNode schema();

  /**
   * Checks a value.
   *
   * @param path the name of the value for the error
   * @throws InvalidInput if the value does not have this shape
   */
  void check(JsonNode value, String path);

  /**
   * Reads a value from plain text, as found in a query string. Whether it fits is told by {@link
   * #check}.
   */
  default JsonNode fromText(String text) {
    return StringNode.valueOf(text);
  }

  /** The beginning of a schema. */
  static ObjectNode type(String name) {
    return JsonNodeFactory.instance.objectNode().put("type", name);
  }

  /** Refuses a value unless it fits. */
  static void require(boolean fits, String path, String reason) {
    if (!fits) {
      throw new InvalidInput(path, reason);
    }
  }

  /** Anything at all. */
  record Anything() implements Shape {
    @Override
    public ObjectNode schema() {
      return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public void check(JsonNode value, String path) {}
  }

  /**
   * A text of {@code min} to {@code max} code points. U+0000 and lone surrogates are refused
   * everywhere: not every database can keep the one, and UTF-8 has no bytes for the other.
   */
  record Characters(int min, int max, String pattern, Pattern compiled) implements Shape {
    Characters(int min, int max, String pattern) {
      this(min, max, pattern, Pattern.compile(pattern.isEmpty() ? "(?s).*" : pattern));
    }

    @Override
    public ObjectNode schema() {
      ObjectNode schema = type("string");
      if (min > 0) {
        schema.put("minLength", min);
      }
      if (max < Integer.MAX_VALUE) {
        schema.put("maxLength", max);
      }
      if (!pattern.isEmpty()) {
        schema.put("pattern", "^(?:" + pattern + ")$");
      }
      return schema;
    }

    @Override
    public void check(JsonNode value, String path) {
      require(value.isString(), path, "must be a text");
      String text = value.stringValue();
      requireStorable(text, path);
      int length = text.codePointCount(0, text.length());
      require(
          length >= min,
          path,
          min == 1 ? "must not be empty" : "must have at least " + min + " characters");
      require(length <= max, path, "must have at most " + max + " characters");
      require(pattern.isEmpty() || compiled.matcher(text).matches(), path, "must match " + pattern);
    }

    static void requireStorable(String text, String path) {
      require(isStorable(text), path, "must be valid Unicode without U+0000");
    }

    /** Every text of every call comes this way: a loop, and a look at pairs only where they are. */
    private static boolean isStorable(String text) {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == 0 || (Character.isSurrogate(c) && !isPair(text, i++))) {
          return false;
        }
      }
      return true;
    }

    private static boolean isPair(String text, int at) {
      return at + 1 < text.length()
          && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1));
    }
  }

  /** An entity, by its address. Where it leads is found when the call runs. */
  record Addressed() implements Shape {
    private static final String PATTERN =
        "@[0-9A-Za-z_-]{1," + Lineage.MAX_LENGTH + "}(:[0-9]{1,19})?([.\\[].*)?";

    @Override
    public ObjectNode schema() {
      return type("string")
          .put("maxLength", Address.MAX_LENGTH)
          .put("pattern", "^" + PATTERN + "$")
          .put("description", "The address of an entity: @lineage or @lineage:version, and a path");
    }

    @Override
    public void check(JsonNode value, String path) {
      require(value.isString(), path, "must be the address of an entity");
      try {
        Address.parse(value.stringValue());
      } catch (Refused malformed) {
        throw new InvalidInput(path, "must be the address of an entity: " + malformed.getMessage());
      }
    }
  }

  /** A value or null. */
  record Perhaps(Shape inside) implements Shape {
    @Override
    public ObjectNode schema() {
      ObjectNode schema = JsonNodeFactory.instance.objectNode();
      schema.putArray("anyOf").add(inside.schema()).add(type("null"));
      return schema;
    }

    @Override
    public void check(JsonNode value, String path) {
      if (!value.isNull()) {
        inside.check(value, path);
      }
    }
  }

  /** A whole number between two bounds. */
  record Whole(long min, long max) implements Shape {
    @Override
    public ObjectNode schema() {
      ObjectNode schema = type("integer");
      if (min != Long.MIN_VALUE) {
        schema.put("minimum", min);
      }
      if (max != Long.MAX_VALUE) {
        schema.put("maximum", max);
      }
      return schema;
    }

    @Override
    public void check(JsonNode value, String path) {
      require(value.isIntegralNumber(), path, "must be a whole number");
      BigInteger number = value.bigIntegerValue();
      require(number.compareTo(BigInteger.valueOf(min)) >= 0, path, "must be at least " + min);
      require(number.compareTo(BigInteger.valueOf(max)) <= 0, path, "must be at most " + max);
    }

    @Override
    public JsonNode fromText(String text) {
      try {
        return LongNode.valueOf(Long.parseLong(text));
      } catch (NumberFormatException notANumber) {
        return StringNode.valueOf(text);
      }
    }
  }

  /** Any number. */
  record Real() implements Shape {
    @Override
    public ObjectNode schema() {
      return type("number");
    }

    @Override
    public void check(JsonNode value, String path) {
      require(value.isNumber() && Double.isFinite(value.doubleValue()), path, "must be a number");
    }
  }

  /** True or false. */
  record Flag() implements Shape {
    @Override
    public ObjectNode schema() {
      return type("boolean");
    }

    @Override
    public void check(JsonNode value, String path) {
      require(value.isBoolean(), path, "must be true or false");
    }

    @Override
    public JsonNode fromText(String text) {
      return switch (text) {
        case "true" -> BooleanNode.TRUE;
        case "false" -> BooleanNode.FALSE;
        default -> StringNode.valueOf(text);
      };
    }
  }

  /** A moment, RFC 3339: its years have four digits. */
  record Moment() implements Shape {
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    @Override
    public ObjectNode schema() {
      return type("string").put("format", "date-time");
    }

    @Override
    public void check(JsonNode value, String path) {
      require(
          value.isString() && isMoment(value.stringValue()), path, "must be a time as in RFC 3339");
    }

    private static boolean isMoment(String text) {
      try {
        Instant moment = Instant.parse(text);
        return !moment.isBefore(FIRST) && !moment.isAfter(LAST);
      } catch (DateTimeParseException notATime) {
        return false;
      }
    }
  }

  /** One of a few words. */
  record Choice(List<String> words) implements Shape {
    @Override
    public ObjectNode schema() {
      ObjectNode schema = type("string");
      ArrayNode values = schema.putArray("enum");
      words.forEach(values::add);
      return schema;
    }

    @Override
    public void check(JsonNode value, String path) {
      require(
          value.isString() && words.contains(value.stringValue()),
          path,
          "must be one of " + String.join(", ", words));
    }
  }

  /** A list of at most {@code max} values of one shape. In plain text: separated by commas. */
  record Several(Shape entry, int max) implements Shape {
    @Override
    public ObjectNode schema() {
      ObjectNode schema = type("array");
      schema.set("items", entry.schema());
      if (max < Integer.MAX_VALUE) {
        schema.put("maxItems", max);
      }
      return schema;
    }

    @Override
    public void check(JsonNode value, String path) {
      require(value.isArray(), path, "must be a list");
      require(value.size() <= max, path, "must have at most " + max + " entries");
      for (int i = 0; i < value.size(); i++) {
        entry.check(value.get(i), path + "[" + i + "]");
      }
    }

    @Override
    public JsonNode fromText(String text) {
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      for (String part : text.split(",", -1)) {
        list.add(entry.fromText(part));
      }
      return list;
    }
  }

  /** An object whose keys are free and whose values have one shape. */
  record Dictionary(Shape value) implements Shape {
    @Override
    public ObjectNode schema() {
      ObjectNode schema = type("object");
      schema.set("additionalProperties", value.schema());
      return schema;
    }

    @Override
    public void check(JsonNode given, String path) {
      require(given.isObject(), path, "must be an object");
      given
          .properties()
          .forEach(entry -> {
            String inside = path + "." + Json.shown(entry.getKey());
            Characters.requireStorable(entry.getKey(), inside);
            value.check(entry.getValue(), inside);
          });
    }
  }
}

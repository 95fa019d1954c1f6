package dev.parley.wire;

import dev.parley.functions.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** JSON-RPC 2.0 frames, read and written. */
public final class JsonRpc {
  /** The most entries of a batch. */
  public static final int MAX_BATCH = 16;

  private static final int MAX_ID = 64;
  private static final int MAX_METHOD = 128;
  private static final byte[] RESULT = bytes("{\"jsonrpc\":\"2.0\",\"id\":");
  private static final byte[] RESULT_VALUE = bytes(",\"result\":");
  private static final byte[] ERROR_VALUE = bytes(",\"error\":");

  private JsonRpc() {}

  /** What a frame held. */
  public sealed interface Frame {
    /** One call, or one malformed entry. */
    record Single(Entry entry) implements Frame {}

    /** An array of them, answered as one array. */
    record Batch(List<Entry> entries) implements Frame {}
  }

  /** One entry of a frame. */
  public sealed interface Entry {
    /**
     * A call.
     *
     * @param id empty for a notification, which gets no reply
     */
    record Call(Optional<JsonNode> id, String method, JsonNode params) implements Entry {}

    /** Something that is no call; the refusal is the reply. */
    record Malformed(JsonNode id, Refusal refusal) implements Entry {}
  }

  /** Reads a frame. Never throws: what cannot be read is {@link Entry.Malformed}. */
  public static Frame read(byte[] utf8) {
    JsonNode root;
    try {
      root = Json.MAPPER.readTree(utf8);
    } catch (JacksonException unreadable) {
      return new Frame.Single(
          malformed(NullNode.instance, ErrorCode.PARSE_ERROR, Unreadable.why(unreadable)));
    }
    if (root.isMissingNode()) {
      return new Frame.Single(
          malformed(NullNode.instance, ErrorCode.PARSE_ERROR, "The frame is empty"));
    }
    return root.isArray() ? batch(root) : new Frame.Single(entry(root));
  }

  private static Frame batch(JsonNode array) {
    if (array.isEmpty()) {
      return new Frame.Single(
          malformed(NullNode.instance, ErrorCode.INVALID_REQUEST, "A batch must not be empty"));
    }
    if (array.size() > MAX_BATCH) {
      return new Frame.Single(
          malformed(
              NullNode.instance,
              ErrorCode.INVALID_REQUEST,
              "A batch has at most " + MAX_BATCH + " entries, not " + array.size()));
    }
    List<Entry> entries = new ArrayList<>(array.size());
    array.forEach(node -> entries.add(entry(node)));
    return new Frame.Batch(entries);
  }

  /** Reads one entry of a frame. Never throws: what is no call is {@link Entry.Malformed}. */
  public static Entry entry(JsonNode node) {
    if (!node.isObject()) {
      return malformed(NullNode.instance, ErrorCode.INVALID_REQUEST, "A request is an object");
    }
    JsonNode id = node.path("id");
    JsonNode known = isId(id) ? id : NullNode.instance;
    if (!id.isMissingNode() && !isId(id)) {
      return malformed(
          known,
          ErrorCode.INVALID_REQUEST,
          "id is a whole number, a text of at most " + MAX_ID + " characters, or null");
    }
    if (!node.path("jsonrpc").isString() || !"2.0".equals(node.path("jsonrpc").stringValue())) {
      return malformed(known, ErrorCode.INVALID_REQUEST, "jsonrpc must be \"2.0\"");
    }
    JsonNode method = node.path("method");
    if (!method.isString() || method.stringValue().length() > MAX_METHOD) {
      return malformed(
          known,
          ErrorCode.INVALID_REQUEST,
          "method must be a text of at most " + MAX_METHOD + " characters");
    }
    return call(node, id, known, method.stringValue());
  }

  private static Entry call(JsonNode node, JsonNode id, JsonNode known, String method) {
    JsonNode params = node.has("params") ? node.path("params") : Json.MAPPER.createObjectNode();
    if (!params.isObject() && !params.isArray()) {
      return malformed(known, ErrorCode.INVALID_REQUEST, "params must be an object");
    }
    return new Entry.Call(id.isMissingNode() ? Optional.empty() : Optional.of(id), method, params);
  }

  private static boolean isId(JsonNode id) {
    return (id.isString() && id.stringValue().length() <= MAX_ID)
        || (id.isIntegralNumber() && id.canConvertToLong())
        || id.isNull();
  }

  private static Entry.Malformed malformed(JsonNode id, ErrorCode code, String message) {
    return new Entry.Malformed(id, new Refusal(code, message, java.util.Map.of()));
  }

  /** A reply that bears a result which is JSON already. */
  public static byte[] result(JsonNode id, byte[] result) {
    return join(RESULT, Json.MAPPER.writeValueAsBytes(id), RESULT_VALUE, result, bytes("}"));
  }

  /** A reply that bears an error. */
  public static byte[] error(JsonNode id, Failure failure) {
    byte[] error = Json.MAPPER.writeValueAsBytes(failure.asError());
    return join(RESULT, Json.MAPPER.writeValueAsBytes(id), ERROR_VALUE, error, bytes("}"));
  }

  /** Several replies or notifications as one array. */
  public static byte[] array(List<byte[]> values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(values.size() * 256);
    char before = '[';
    for (byte[] value : values) {
      out.write(before);
      out.writeBytes(value);
      before = ',';
    }
    out.write(']');
    return out.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

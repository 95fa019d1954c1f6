package dev.parley.bench.nine;

import com.google.gson.JsonParser;
import dev.parley.bench.Stamp;
import dev.parley.functions.Json;
import dev.parley.wire.JsonRpc;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON: a fast library, and no tree where text is enough. */
final class JsonStep implements Step {
  private static final String ITEM = "1 JSON";
  private static final String CONTENT = Stamp.blank(200);
  private static final Map<String, Object> MESSAGE =
      Map.of(
          "id",
          "01KANBQ2X6M3V8T5R9W4Y7Z1CD",
          "conversation",
          "01KANBQ2X6M3V8T5R9W4Y7Z1CE",
          "seq",
          17,
          "sender",
          Map.of("kind", "account", "id", "01KANBQ2X6M3V8T5R9W4Y7Z1CF", "name", "ada"),
          "content",
          CONTENT,
          "reactions",
          List.of(),
          "at",
          "2026-11-21T12:00:00.000Z");

  @Override
  public List<Row> rows() {
    return List.of(reading(), writing());
  }

  private static Row reading() {
    byte[] frame =
        Json.MAPPER.writeValueAsBytes(
            Map.of(
                "jsonrpc",
                "2.0",
                "id",
                17,
                "method",
                "messages.post",
                "params",
                Map.of("conversation", "01KANBQ2X6M3V8T5R9W4Y7Z1CE", "content", CONTENT)));
    double gson =
        Timed.micros(
            _ -> JsonParser.parseString(new String(frame, StandardCharsets.UTF_8)).hashCode());
    double ours = Timed.micros(_ -> JsonRpc.read(frame).hashCode());
    return new Row(
        ITEM,
        "reading a request of %d bytes, µs".formatted(frame.length),
        micros(gson),
        micros(ours),
        "Gson's tree; what the server does (Jackson's tree, and the checks of JSON-RPC); in process");
  }

  private static Row writing() {
    byte[] result = Json.MAPPER.writeValueAsBytes(Map.of("message", MESSAGE));
    double tree = Timed.micros(id -> throughATree(id, result).length);
    double text = Timed.micros(id -> JsonRpc.result(IntNode.valueOf(id), result).length);
    return new Row(
        ITEM,
        "writing a reply of %d bytes, µs".formatted(result.length + 40),
        micros(tree),
        micros(text),
        "the result read into a tree and written; what the server does (taken as it is); in process");
  }

  private static byte[] throughATree(int id, byte[] result) {
    JsonNode read = Json.MAPPER.readTree(result);
    ObjectNode reply = Json.MAPPER.createObjectNode().put("jsonrpc", "2.0").put("id", id);
    reply.set("result", read);
    return Json.MAPPER.writeValueAsBytes(reply);
  }

  private static String micros(double micros) {
    return String.format(Locale.ROOT, "%.2f", micros);
  }
}

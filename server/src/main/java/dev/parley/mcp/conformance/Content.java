package dev.parley.mcp.conformance;

import dev.parley.functions.Json;
import dev.parley.mcp.Reply;
import java.util.Base64;
import tools.jackson.databind.node.ObjectNode;

/** What fixtures answer with. */
final class Content {
  /** One red pixel. */
  static final String PNG =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";

  /** A wave of no samples: 44 bytes of header. */
  static final String WAV = wav();

  private Content() {}

  private static String wav() {
    byte[] header = new byte[44];
    byte[] known =
        ("RIFF\u0024\0\0\0WAVEfmt \u0010\0\0\0\u0001\0\u0001\0\u0040\u001f\0\0\u0040\u001f\0\0\u0001\0\b\0data\0\0\0\0")
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    System.arraycopy(known, 0, header, 0, known.length);
    return Base64.getEncoder().encodeToString(header);
  }

  static ObjectNode text(String text) {
    return Json.MAPPER.createObjectNode().put("type", "text").put("text", text);
  }

  static ObjectNode media(String type, String data, String mimeType) {
    return Json.MAPPER
        .createObjectNode()
        .put("type", type)
        .put("data", data)
        .put("mimeType", mimeType);
  }

  static ObjectNode resource(String uri, String mimeType, String text) {
    ObjectNode content = Json.MAPPER.createObjectNode().put("type", "resource");
    content.set("resource", textOf(uri, mimeType, text));
    return content;
  }

  static ObjectNode textOf(String uri, String mimeType, String text) {
    return Json.MAPPER
        .createObjectNode()
        .put("uri", uri)
        .put("mimeType", mimeType)
        .put("text", text);
  }

  /** The result of a tool. */
  static Reply tool(ObjectNode... parts) {
    ObjectNode result = Json.MAPPER.createObjectNode();
    for (ObjectNode part : parts) {
      result.withArray("content").add(part);
    }
    return new Reply.Complete(result);
  }

  /** The result of a prompt: each part a message of the user. */
  static Reply prompt(ObjectNode... parts) {
    ObjectNode result = Json.MAPPER.createObjectNode();
    for (ObjectNode part : parts) {
      result.withArray("messages").addObject().put("role", "user").set("content", part);
    }
    return new Reply.Complete(result);
  }
}

package dev.parley.testing;

import dev.parley.functions.Json;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON that is easy to write in Java: single quotes, bare names. */
public final class Json5 {
  private static final JsonMapper LENIENT =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .enable(JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES)
          .build();

  private Json5() {}

  /** Plain JSON. */
  public static String json(String lenient) {
    return Json.MAPPER.writeValueAsString(LENIENT.readTree(lenient));
  }

  /** The same JSON with escapes for all but ASCII, so that even half a character can be sent. */
  public static String ascii(String json) {
    StringBuilder escaped = new StringBuilder(json.length());
    for (char one : json.toCharArray()) {
      escaped.append(one < 127 ? String.valueOf(one) : String.format("\\u%04x", (int) one));
    }
    return escaped.toString();
  }
}

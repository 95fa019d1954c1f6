package dev.parley.testing;

import dev.parley.functions.Json;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON that is easy to write in Java: single quotes, bare names. */
final class Json5 {
  private static final JsonMapper LENIENT =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .enable(JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES)
          .build();

  private Json5() {}

  static String json(String lenient) {
    return Json.MAPPER.writeValueAsString(LENIENT.readTree(lenient));
  }
}

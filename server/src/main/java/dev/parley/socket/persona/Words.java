package dev.parley.socket.persona;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.functions.Json;
import dev.parley.functions.Structure;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** How the dialect spells: {@code persona_id}, and null for what there is not. */
final class Words {
  static final JsonMapper MAPPER =
      Json.MAPPER
          .rebuild()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.ALWAYS))
          .build();

  private Words() {}

  static Structure of(Class<? extends Record> params) {
    return Structure.of(params).named(Words::spelt);
  }

  /** Whether there is anything in what may be of any kind. */
  static boolean isGiven(JsonNode value) {
    return !value.isNull() && !value.isMissingNode() && !(value.isContainer() && value.isEmpty());
  }

  private static String spelt(String name) {
    return name.replaceAll("[A-Z]", "_$0").toLowerCase(Locale.ROOT);
  }
}

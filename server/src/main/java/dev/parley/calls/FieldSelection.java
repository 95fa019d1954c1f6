package dev.parley.calls;

import dev.parley.functions.InvalidInput;
import dev.parley.functions.Json;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Leaves of each entry of a list only the fields that were asked for. */
record FieldSelection(Set<String> fields) {

  /** What the parameters ask for; functions that know no fields have refused them already. */
  static Optional<FieldSelection> of(JsonNode params) {
    JsonNode fields = params.path("fields");
    return fields.isArray() && !fields.isEmpty()
        ? Optional.of(new FieldSelection(texts(fields)))
        : Optional.empty();
  }

  private static Set<String> texts(JsonNode fields) {
    return StreamSupport.stream(fields.spliterator(), false)
        .map(JsonNode::stringValue)
        .collect(Collectors.toSet());
  }

  byte[] in(byte[] result) {
    JsonNode page = Json.MAPPER.readTree(result);
    for (JsonNode item : page.path("items")) {
      ((ObjectNode) item).retain(fields);
    }
    return Json.MAPPER.writeValueAsBytes(page);
  }

  /**
   * Checks the names against what entries have.
   *
   * @throws InvalidInput for a field that no entry can have
   */
  FieldSelection checked(JsonNode outputSchema) {
    JsonNode known = outputSchema.path("properties").path("items").path("items").path("properties");
    for (String field : fields) {
      if (!known.has(field)) {
        throw new InvalidInput(
            "fields", "must be among " + String.join(", ", known.propertyNames()));
      }
    }
    return this;
  }
}

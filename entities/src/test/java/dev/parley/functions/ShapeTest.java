package dev.parley.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ShapeTest {
  private static final Structure SHAPE = Shapes.ofRecord(Everything.class);

  enum Colour {
    DARK_RED,
    BLUE
  }

  record Inner(@Text(min = 1, max = 3) String word, Optional<Boolean> flag) {}

  record Everything(
      @About("what it is called") @Text(min = 2, max = 5, pattern = "[a-z]+") String name,
      @Range(min = 1, max = 100) Optional<Integer> limit,
      Optional<Integer> small,
      OptionalLong big,
      Optional<Double> share,
      Optional<Boolean> on,
      Optional<Instant> at,
      Optional<Colour> colour,
      @Size(max = 2) Optional<List<Inner>> several,
      Optional<Map<String, Integer>> counts,
      Optional<JsonNode> anything,
      Optional<Inner> inner) {}

  record Shown(@JsonInclude(JsonInclude.Include.ALWAYS) Optional<String> title) {}

  @Test
  void the_schema_says_what_the_record_says() {
    assertThat(SHAPE.schema().toString())
        .isEqualTo(
            text(
                """
                {"type":"object","properties":{
                 "name":{"type":"string","minLength":2,"maxLength":5,"pattern":"^(?:[a-z]+)$",
                  "description":"what it is called"},
                 "limit":{"type":"integer","minimum":1,"maximum":100},
                 "small":{"type":"integer","minimum":-2147483648,"maximum":2147483647},
                 "big":{"type":"integer"},
                 "share":{"type":"number"},
                 "on":{"type":"boolean"},
                 "at":{"type":"string","format":"date-time"},
                 "colour":{"type":"string","enum":["dark_red","blue"]},
                 "several":{"type":"array","items":{"type":"object","properties":{
                   "word":{"type":"string","minLength":1,"maxLength":3},
                   "flag":{"type":"boolean"}},
                  "required":["word"],"additionalProperties":false},"maxItems":2},
                 "counts":{"type":"object","additionalProperties":
                  {"type":"integer","minimum":-2147483648,"maximum":2147483647}},
                 "anything":{},
                 "inner":{"type":"object","properties":{
                   "word":{"type":"string","minLength":1,"maxLength":3},
                   "flag":{"type":"boolean"}},
                  "required":["word"],"additionalProperties":false}},
                 "required":["name"],"additionalProperties":false}\
                """));
  }

  @Test
  void what_is_always_written_is_required_and_may_be_null() {
    assertThat(Shapes.ofRecord(Shown.class).schema().toString())
        .isEqualTo(
            text(
                """
                {"type":"object","properties":{"title":{"type":["string","null"]}},
                 "required":["title"],"additionalProperties":false}\
                """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|name is missing|name",
        "{\"name\":null}|name is missing|name",
        "[]|params must be an object|params",
        "\"x\"|params must be an object|params",
        "{\"name\":5}|name must be a text|name",
        "{\"name\":\"a\"}|name must have at least 2 characters|name",
        "{\"name\":\"abcdef\"}|name must have at most 5 characters|name",
        "{\"name\":\"aB\"}|name must match [a-z]+|name",
        "{\"name\":\"a\\u0000\"}|name must be valid Unicode without U+0000|name",
        "{\"name\":\"a\\ud83d\"}|name must be valid Unicode without U+0000|name",
        "{\"name\":\"a\\ude00b\"}|name must be valid Unicode without U+0000|name",
        "{\"name\":\"ab\",\"limit\":0}|limit must be at least 1|limit",
        "{\"name\":\"ab\",\"limit\":101}|limit must be at most 100|limit",
        "{\"name\":\"ab\",\"limit\":1.5}|limit must be a whole number|limit",
        "{\"name\":\"ab\",\"limit\":\"5\"}|limit must be a whole number|limit",
        "{\"name\":\"ab\",\"limit\":18446744073709551617}|limit must be at most 100|limit",
        "{\"name\":\"ab\",\"small\":2147483648}|small must be at most 2147483647|small",
        "{\"name\":\"ab\",\"big\":9223372036854775808}|big must be at most 9223372036854775807|big",
        "{\"name\":\"ab\",\"share\":\"1\"}|share must be a number|share",
        "{\"name\":\"ab\",\"share\":1e400}|share must be a number|share",
        "{\"name\":\"ab\",\"on\":1}|on must be true or false|on",
        "{\"name\":\"ab\",\"at\":\"today\"}|at must be a time as in RFC 3339|at",
        "{\"name\":\"ab\",\"at\":5}|at must be a time as in RFC 3339|at",
        "{\"name\":\"ab\",\"at\":\"+999999999-12-31T23:59:59Z\"}|at must be a time as in RFC 3339|at",
        "{\"name\":\"ab\",\"colour\":\"BLUE\"}|colour must be one of dark_red, blue|colour",
        "{\"name\":\"ab\",\"several\":{}}|several must be a list|several",
        "{\"name\":\"ab\",\"several\":[1,2,3]}|several must have at most 2 entries|several",
        "{\"name\":\"ab\",\"several\":[null]}|several[0] must be an object|several[0]",
        "{\"name\":\"ab\",\"several\":[{\"word\":\"a\"},{\"word\":\"\"}]}"
            + "|several[1].word must not be empty|several[1].word",
        "{\"name\":\"ab\",\"counts\":{\"a\":\"b\"}}|counts.a must be a whole number|counts.a",
        "{\"name\":\"ab\",\"counts\":{\"a\\u0000\":1}}"
            + "|counts.a\uFFFD must be valid Unicode without U+0000|counts.a\uFFFD",
        "{\"name\":\"ab\",\"inner\":{\"word\":\"a\",\"x\":1}}"
            + "|inner.x is unknown; known are word, flag|inner.x",
      })
  void what_does_not_fit_is_named_with_its_limit(String given, String message, String field) {
    InvalidInput refused =
        catchThrowableOfType(InvalidInput.class, () -> SHAPE.check(json(given), ""));
    assertThat(refused).hasMessage(message);
    assertThat(refused.field()).isEqualTo(field);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"abcde\"}",
        "{\"name\":\"ab\",\"limit\":null,\"several\":null}",
        "{\"name\":\"ab\",\"limit\":100,\"several\":[],\"share\":1,\"colour\":\"dark_red\"}",
        "{\"name\":\"ab\",\"at\":\"2026-01-02T03:04:05.678+02:00\",\"big\":-9223372036854775808}",
        "{\"name\":\"ab\",\"anything\":{\"a\":[1,{\"b\":null}]},\"inner\":{\"word\":\"a\"}}"
      })
  void what_fits_can_be_bound(String given) {
    SHAPE.check(json(given), "");
    assertThat(Json.MAPPER.readValue(given, Everything.class).name()).startsWith("ab");
  }

  @Test
  void characters_are_counted_as_people_count_them() {
    record Emoji(@Text(min = 2, max = 2) String text) {}
    Structure shape = Shapes.ofRecord(Emoji.class);
    shape.check(json("{\"text\":\"\uD83D\uDE00\uD83D\uDE00\"}"), "");
    assertThatThrownBy(() -> shape.check(json("{\"text\":\"\uD83D\uDE00\"}"), ""))
        .hasMessage("text must have at least 2 characters");
  }

  @Test
  void an_unknown_name_is_repeated_in_a_form_that_can_be_sent() {
    assertThatThrownBy(() -> SHAPE.check(json("{\"\\n\\u0000\":1}"), ""))
        .hasMessageStartingWith("\uFFFD\uFFFD is unknown; known are name, limit");
    String smiles = "\uD83D\uDE00".repeat(65);
    assertThatThrownBy(() -> SHAPE.check(json("{\"" + smiles + "\":1}"), ""))
        .hasMessageStartingWith("\uD83D\uDE00".repeat(64) + "… is unknown");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":1,\"a\":2}", "{\"a\":1}x", "[01]", "{\"a\":NaN}", "{'a':1}"})
  void json_is_read_strictly(String text) {
    assertThatThrownBy(() -> json(text)).isInstanceOf(tools.jackson.core.JacksonException.class);
  }

  @Test
  void json_has_a_depth_a_name_length_and_a_number_length() {
    json("[".repeat(64) + "]".repeat(64));
    for (String tooMuch :
        List.of(
            "[".repeat(65) + "]".repeat(65),
            "[".repeat(1_000_000),
            "{\"" + "a".repeat(1_001) + "\":1}",
            "1".repeat(41))) {
      assertThatThrownBy(() -> json(tooMuch))
          .isInstanceOf(tools.jackson.core.exc.StreamConstraintsException.class);
    }
  }

  @Test
  void values_are_written_as_the_contract_says() {
    record Written(Instant at, Colour colour, Optional<String> none, List<String> list) {}
    Written written =
        new Written(
            Instant.parse("2026-01-02T03:04:05Z"), Colour.DARK_RED, Optional.empty(), List.of());
    assertThat(Json.MAPPER.writeValueAsString(written))
        .isEqualTo("{\"at\":\"2026-01-02T03:04:05.000Z\",\"colour\":\"dark_red\",\"list\":[]}");
  }

  @Test
  void plain_text_becomes_what_the_shape_wants() {
    record Asked(int limit, boolean on, List<String> names) {}
    Structure shape = Shapes.ofRecord(Asked.class);
    assertThat(fromText(shape, "limit", "7").longValue()).isEqualTo(7);
    assertThat(fromText(shape, "limit", "7x")).isEqualTo(json("\"7x\""));
    assertThat(fromText(shape, "on", "true")).isEqualTo(json("true"));
    assertThat(fromText(shape, "on", "1")).isEqualTo(json("\"1\""));
    assertThat(fromText(shape, "names", "a,,b")).isEqualTo(json("[\"a\",\"\",\"b\"]"));
  }

  private static JsonNode fromText(Structure shape, String name, String text) {
    return Optional.ofNullable(shape.components().get(name)).orElseThrow().shape().fromText(text);
  }

  private static JsonNode json(String text) {
    return Json.MAPPER.readTree(text);
  }

  private static String text(String json) {
    return json(json).toString();
  }
}

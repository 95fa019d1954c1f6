package dev.parley.functions;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** How values look as JSON: absent optionals are left out, enums are lower case, times are UTC. */
public final class Json {
  /** The deepest nesting that is read. */
  public static final int MAX_DEPTH = 64;

  private static final int MAX_SHOWN = 64;

  public static final JsonMapper MAPPER = mapper();

  private Json() {}

  /**
   * A name that a client made up, as it may be repeated in an answer or a log: at most 64
   * characters, and U+FFFD for what is no character of its own (half a pair, a control character).
   */
  public static String shown(String name) {
    String printable =
        name.codePoints()
            .limit(MAX_SHOWN)
            .map(c -> Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF) ? 0xFFFD : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return name.codePointCount(0, name.length()) <= MAX_SHOWN ? printable : printable + "…";
  }

  /** What it needs for a type it finds out at its first use: a start has a hundred of them. */
  private static JsonMapper mapper() {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(40)
                    .maxNameLength(1_000)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    return JsonMapper.builder(factory)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(DeserializationFeature.EAGER_DESERIALIZER_FETCH)
        .disable(SerializationFeature.EAGER_SERIALIZER_FETCH)
        .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
        .enable(tools.jackson.databind.MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
        .disable(tools.jackson.databind.MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .changeDefaultPropertyInclusion(
            all -> all.withValueInclusion(JsonInclude.Include.NON_ABSENT))
        .addModule(new SimpleModule().addSerializer(Instant.class, new Rfc3339()))
        .build();
  }
}

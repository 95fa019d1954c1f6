package dev.parley.entities;

import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;

/** Writes a difference for people, one line for each change. */
final class DiffText {
  /** A value is cut off after so many characters. */
  static final int MAX_VALUE = 80;

  private final Diff diff;
  private final DiffPaths paths;

  DiffText(Diff diff) {
    this.diff = diff;
    this.paths = new DiffPaths(diff);
  }

  String lines() {
    return diff.inReadingOrder()
        .map(this::line)
        .map(DiffText::oneLine)
        .collect(Collectors.joining("\n"));
  }

  private String line(Change change) {
    return switch (change) {
      case Change.Added(var place, var entity) ->
          "added " + named(entity) + at(place.owner().map(_ -> paths.inNew(place)));
      case Change.Removed(var place, var entity) ->
          "removed " + named(entity) + at(place.owner().map(_ -> paths.inOld(place)));
      case Change.Moved(var lineage, var from, var to) ->
          "moved @" + lineage + from(from) + " to " + to(to);
      case Change.Reordered(var lineage, var from, var to) ->
          "reordered @" + lineage + from(from) + " to " + to(to);
      case Change.Rearranged(var lineage, var property, var before, var after) ->
          "rearranged " + component(lineage, property) + ": " + before + " → " + after;
      case Change.Retyped(var place, var before, var after) ->
          "retyped @"
              + after.lineage()
              + at(place.owner().map(_ -> paths.inNew(place)))
              + ": "
              + typeOf(before)
              + " → "
              + typeOf(after);
      case Change.Modified(var lineage, var property, var before, var after) ->
          "changed " + component(lineage, property) + ": " + value(before) + " → " + value(after);
    };
  }

  private static String at(Optional<Address> address) {
    return address.map(a -> " at " + a).orElse("");
  }

  private String from(Place place) {
    return " from " + (place.owner().isPresent() ? paths.inOld(place) : "the root");
  }

  private String to(Place place) {
    return place.owner().isPresent() ? paths.inNew(place).toString() : "the root";
  }

  private String component(Lineage lineage, String property) {
    return paths.of(lineage).then(new Address.Step.Name(property)).toString();
  }

  private static String named(Entity entity) {
    return typeOf(entity) + " @" + entity.lineage();
  }

  private static String typeOf(Entity entity) {
    return entity.getClass().getSimpleName();
  }

  /** A value as JSON, cut off at a bound. */
  static String value(Object value) {
    try {
      return cut(Encoder.MAPPER.writeValueAsString(Encoder.value(value)));
    } catch (JacksonException e) {
      return cut(value.toString());
    }
  }

  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= MAX_VALUE
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MAX_VALUE)) + "…";
  }

  /** What would begin a new line, or is no character of its own, as U+FFFD. */
  static String oneLine(String text) {
    return text.codePoints()
        .map(c -> breaks(c) ? 0xFFFD : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean breaks(int c) {
    return Character.isISOControl(c)
        || c == 0x2028
        || c == 0x2029
        || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}

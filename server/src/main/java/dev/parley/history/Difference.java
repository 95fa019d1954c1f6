package dev.parley.history;

import dev.parley.entities.Change;
import dev.parley.entities.Diff;
import dev.parley.entities.Entity;
import dev.parley.entities.Identity;
import dev.parley.functions.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * One change between two versions, as JSON.
 *
 * @param entity the lineage of what changed
 * @param property the component, for a value or an order that changed
 * @param before absent if there was none
 * @param after absent if there is none any more
 * @param place where it came or went
 * @param from where it was before it moved
 * @param to where it is since
 */
record Difference(
    Kind kind,
    String entity,
    Optional<String> property,
    Optional<JsonNode> before,
    Optional<JsonNode> after,
    Optional<String> place,
    Optional<String> from,
    Optional<String> to) {

  /** What happened to an entity. */
  enum Kind {
    ADDED,
    REMOVED,
    MOVED,
    REORDERED,
    REARRANGED,
    RETYPED,
    MODIFIED
  }

  private static final JsonMapper MAPPER =
      Json.MAPPER
          .rebuild()
          .addModule(new SimpleModule().addSerializer(Identity.class, new AsLineage()))
          .build();

  /** Which version a node is of is said once, beside the tree. */
  private static final class AsLineage extends StdSerializer<Identity> {
    AsLineage() {
      super(Identity.class);
    }

    @Override
    public void serialize(Identity id, JsonGenerator out, SerializationContext context) {
      out.writeString(id.lineage().value());
    }
  }

  static JsonNode json(Entity entity) {
    return MAPPER.valueToTree(entity);
  }

  static List<Difference> of(Diff diff) {
    return diff.changes().stream().map(Difference::of).sorted(Difference::inReadingOrder).toList();
  }

  private static int inReadingOrder(Difference one, Difference other) {
    return one.kind.compareTo(other.kind);
  }

  private static Difference of(Change change) {
    String entity = change.lineage().value();
    return switch (change) {
      case Change.Added(var place, var added) ->
          at(Kind.ADDED, entity, place, Optional.empty(), Optional.of(added));
      case Change.Removed(var place, var removed) ->
          at(Kind.REMOVED, entity, place, Optional.of(removed), Optional.empty());
      case Change.Retyped(var place, var before, var after) ->
          at(Kind.RETYPED, entity, place, Optional.of(before), Optional.of(after));
      case Change.Moved(_, var from, var to) -> way(Kind.MOVED, entity, from, to);
      case Change.Reordered(_, var from, var to) -> way(Kind.REORDERED, entity, from, to);
      case Change.Rearranged(_, var property, var before, var after) ->
          value(Kind.REARRANGED, entity, property, before, after);
      case Change.Modified(_, var property, var before, var after) ->
          value(Kind.MODIFIED, entity, property, before, after);
    };
  }

  private static Difference at(
      Kind kind, String entity, Object place, Optional<Entity> before, Optional<Entity> after) {
    return new Difference(
        kind,
        entity,
        Optional.empty(),
        before.map(Difference::json),
        after.map(Difference::json),
        Optional.of(place.toString()),
        Optional.empty(),
        Optional.empty());
  }

  private static Difference way(Kind kind, String entity, Object from, Object to) {
    return new Difference(
        kind,
        entity,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(from.toString()),
        Optional.of(to.toString()));
  }

  private static Difference value(
      Kind kind, String entity, String property, Object before, Object after) {
    return new Difference(
        kind,
        entity,
        Optional.of(property),
        maybe(before),
        maybe(after),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Optional<JsonNode> maybe(Object value) {
    JsonNode written = MAPPER.valueToTree(value);
    return Optional.of(written).filter(node -> !node.isNull());
  }

  /** For people: one line a change. */
  static String text(List<Difference> changes) {
    return changes.stream().map(Difference::line).collect(Collectors.joining("\n"));
  }

  private String line() {
    return switch (kind) {
      case ADDED -> "+ @" + entity + " in " + place.orElseThrow();
      case REMOVED -> "- @" + entity + " from " + place.orElseThrow();
      case MOVED, REORDERED -> "@" + entity + ": " + from.orElseThrow() + " → " + to.orElseThrow();
      case RETYPED, REARRANGED, MODIFIED ->
          property.orElse("@" + entity) + ": " + shown(before) + " → " + shown(after);
    };
  }

  private static String shown(Optional<JsonNode> value) {
    return value.map(JsonNode::toString).orElse("none");
  }
}

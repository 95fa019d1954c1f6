package dev.parley.entities;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Writes a difference as JSON: its changes, where the touched entities are, and in two tables the
 * entities that are told of whole, as they were ({@code before}) and as they are ({@code after}).
 * In the tables what an entity owns is named by lineage and comes before it, so that neither depth
 * nor an entity in several changes makes the text longer. Values are written as in the store.
 */
final class DiffWriter {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Diff diff;
  private final Map<Lineage, Entity> before = new LinkedHashMap<>();
  private final Map<Lineage, Entity> after = new LinkedHashMap<>();

  DiffWriter(Diff diff) {
    this.diff = diff;
    for (Change change : diff.changes()) {
      switch (change) {
        case Change.Added added -> collect(added.entity(), after);
        case Change.Removed gone -> collect(gone.entity(), before);
        case Change.Retyped(_, var old, var now) -> {
          collect(old, before);
          collect(now, after);
        }
        default -> {}
      }
    }
  }

  /** Notes an entity and all below, each after its owner. */
  private static void collect(Entity top, Map<Lineage, Entity> into) {
    if (!into.containsKey(top.lineage())) {
      Tree.each(
          top,
          entity -> {
            into.remove(entity.lineage());
            into.put(entity.lineage(), entity);
          });
    }
  }

  ObjectNode write() {
    ObjectNode json = JSON.objectNode();
    json.put("root", diff.root().value());
    json.set("changes", array(diff.changes().stream().map(this::change)));
    json.set("touched", array(diff.touched().entrySet().stream().map(DiffWriter::spot)));
    json.set(
        "before", array(List.copyOf(before.values()).reversed().stream().map(DiffWriter::entity)));
    json.set(
        "after", array(List.copyOf(after.values()).reversed().stream().map(DiffWriter::entity)));
    return json;
  }

  private static ArrayNode array(Stream<JsonNode> elements) {
    ArrayNode array = JSON.arrayNode();
    elements.forEach(array::add);
    return array;
  }

  private JsonNode change(Change change) {
    ObjectNode json = JSON.objectNode();
    json.put("change", DiffReader.nameOf(change));
    json.put("id", change.lineage().value());
    return switch (change) {
      case Change.Added added -> json.set("place", place(added.place()));
      case Change.Removed gone -> json.set("place", place(gone.place()));
      case Change.Retyped other -> json.set("place", place(other.place()));
      case Change.Moved(_, var from, var to) -> way(json, from, to);
      case Change.Reordered(_, var from, var to) -> way(json, from, to);
      case Change.Modified(_, var property, var old, var now) ->
          json.put("property", property)
              .set("before", Encoder.value(old))
              .set("after", Encoder.value(now));
      case Change.Rearranged(var lineage, var property, var old, var now) -> {
        Class<?> type = Objects.requireNonNull(diff.touched().get(lineage)).type();
        Owned form = (Owned) Kind.of(type).property(property).orElseThrow().form();
        yield json.put("property", property)
            .set("before", skeleton(form, old))
            .set("after", skeleton(form, now));
      }
    };
  }

  private static JsonNode way(ObjectNode json, Place from, Place to) {
    return json.set("from", place(from)).set("to", place(to));
  }

  private static JsonNode spot(Map.Entry<Lineage, Diff.Spot> entry) {
    Diff.Spot spot = entry.getValue();
    ObjectNode json = JSON.objectNode();
    json.put("id", entry.getKey().value());
    json.put("@type", Catalog.nameOf(spot.type()));
    spot.before().ifPresent(place -> json.set("before", place(place)));
    spot.after().ifPresent(place -> json.set("after", place(place)));
    return json;
  }

  private static JsonNode place(Place place) {
    if (place.owner().isEmpty()) {
      return JSON.objectNode();
    }
    Lineage owner = place.owner().get();
    ObjectNode json = JSON.objectNode();
    json.put("owner", owner.value());
    json.put("property", place.property());
    json.set("steps", array(place.steps().stream().map(Encoder::value)));
    return json;
  }

  private static JsonNode entity(Entity entity) {
    Kind kind = Kind.of(entity);
    ObjectNode json = JSON.objectNode();
    json.put("@type", Catalog.nameOf(kind.type()));
    json.put("id", entity.lineage().value());
    if (entity.id().version() > 0) {
      json.put("@version", entity.id().version());
    }
    for (Property property : kind.values()) {
      json.set(property.name(), Encoder.value(property.of(entity)));
    }
    for (Property property : kind.owned()) {
      Owned form = (Owned) property.form();
      json.set(property.name(), skeleton(form, Skeleton.of(form, property.of(entity))));
    }
    return json;
  }

  /** Containers with lineages in the place of entities. */
  private static JsonNode skeleton(Owned form, Object contents) {
    return switch (form) {
      case OneChild _ -> StringNode.valueOf(contents.toString());
      case MaybeChild maybe ->
          ((Optional<?>) contents)
              .map(inside -> skeleton(maybe.inside(), inside))
              .orElse(NullNode.getInstance());
      case ChildList many ->
          array(((List<?>) contents).stream().map(e -> skeleton(many.inside(), e)));
      case ChildSet set -> array(((List<?>) contents).stream().map(e -> skeleton(set.inside(), e)));
      case ChildMap map ->
          array(((Map<?, ?>) contents).entrySet().stream().map(e -> entry(map.inside(), e)));
    };
  }

  private static JsonNode entry(Owned inside, Map.Entry<?, ?> entry) {
    return JSON.arrayNode()
        .add(Encoder.value(entry.getKey()))
        .add(skeleton(inside, entry.getValue()));
  }
}

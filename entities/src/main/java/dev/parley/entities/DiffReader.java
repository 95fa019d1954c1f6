package dev.parley.entities;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads what {@link DiffWriter} wrote. */
final class DiffReader {
  private final JsonNode json;
  private final Catalog catalog;
  private final Map<Lineage, Kind> kinds = new HashMap<>();
  private final Map<Lineage, Kind> formerKinds = new HashMap<>();

  DiffReader(JsonNode json, Class<? extends Entity> root) {
    this.json = json;
    this.catalog = Catalog.of(List.of(root));
  }

  static String nameOf(Change change) {
    return change.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  static JsonNode parse(String text) {
    try {
      return Encoder.MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw malformed("is no JSON");
    }
  }

  Diff read() {
    try {
      return diff();
    } catch (Refused refused) {
      throw refused;
    } catch (RuntimeException e) { // what constructors of records throw, or equal keys
      throw malformed("has contents that cannot be: " + e.getMessage());
    }
  }

  private Diff diff() {
    array(json, "touched").forEach(spot -> note(spot, kinds, formerKinds));
    array(json, "before").forEach(entity -> note(entity, formerKinds));
    array(json, "after").forEach(entity -> note(entity, kinds));
    Map<Lineage, Entity> before = entities(array(json, "before"));
    Map<Lineage, Entity> after = entities(array(json, "after"));
    List<Change> changes = new ArrayList<>();
    array(json, "changes").forEach(change -> changes.add(change(change, before, after)));
    Map<Lineage, Diff.Spot> touched = new LinkedHashMap<>();
    array(json, "touched").forEach(spot -> touched.put(lineage(spot, "id"), spot(spot)));
    return new Diff(lineage(json, "root"), List.copyOf(changes), touched);
  }

  @SafeVarargs
  private void note(JsonNode entity, Map<Lineage, Kind>... into) {
    Kind kind = catalog.kind(text(entity, "@type"));
    for (Map<Lineage, Kind> known : into) {
      known.put(lineage(entity, "id"), kind);
    }
  }

  /** What an entity owns comes before it. */
  private Map<Lineage, Entity> entities(JsonNode table) {
    Map<Lineage, Entity> known = new HashMap<>();
    for (JsonNode entity : table) {
      known.put(lineage(entity, "id"), entity(entity, known));
    }
    return known;
  }

  private Entity entity(JsonNode written, Map<Lineage, Entity> known) {
    Kind kind = catalog.kind(text(written, "@type"));
    Object[] contents = new Object[kind.properties().size()];
    for (Property property : kind.values()) {
      contents[property.index()] = value(property, field(written, property.name()));
    }
    for (Property property : kind.owned()) {
      Owned form = (Owned) property.form();
      Object skeleton = skeleton(form, field(written, property.name()));
      contents[property.index()] = Skeleton.fill(form, skeleton, child -> found(child, known));
    }
    long version = written.path("@version").asLong(0);
    return kind.make(Identity.of(lineage(written, "id"), version), contents);
  }

  private static Entity found(Lineage lineage, Map<Lineage, Entity> known) {
    return Optional.ofNullable(known.get(lineage))
        .orElseThrow(() -> malformed("lacks the content of @" + lineage));
  }

  private Change change(JsonNode written, Map<Lineage, Entity> before, Map<Lineage, Entity> after) {
    Lineage id = lineage(written, "id");
    return switch (text(written, "change")) {
      case "added" -> new Change.Added(place(written, "place", kinds), found(id, after));
      case "removed" -> new Change.Removed(place(written, "place", formerKinds), found(id, before));
      case "moved" ->
          new Change.Moved(id, place(written, "from", formerKinds), place(written, "to", kinds));
      case "reordered" ->
          new Change.Reordered(
              id, place(written, "from", formerKinds), place(written, "to", kinds));
      case "retyped" ->
          new Change.Retyped(place(written, "place", kinds), found(id, before), found(id, after));
      case "modified" -> {
        Property property = property(id, text(written, "property"), kinds);
        yield new Change.Modified(
            id,
            property.name(),
            value(property, field(written, "before")),
            value(property, field(written, "after")));
      }
      case "rearranged" -> {
        Property property = property(id, text(written, "property"), kinds);
        Owned form = owned(property);
        yield new Change.Rearranged(
            id,
            property.name(),
            skeleton(form, field(written, "before")),
            skeleton(form, field(written, "after")));
      }
      default -> throw malformed("has a change of an unknown kind");
    };
  }

  private Diff.Spot spot(JsonNode written) {
    return new Diff.Spot(
        catalog.kind(text(written, "@type")).type(),
        written.has("before")
            ? Optional.of(place(written, "before", formerKinds))
            : Optional.empty(),
        written.has("after") ? Optional.of(place(written, "after", kinds)) : Optional.empty());
  }

  private static Place place(JsonNode bearer, String name, Map<Lineage, Kind> owners) {
    JsonNode written = field(bearer, name);
    if (!written.has("owner")) {
      return Place.ROOT;
    }
    Lineage owner = lineage(written, "owner");
    Property property = property(owner, text(written, "property"), owners);
    List<Object> steps = new ArrayList<>();
    JsonNode way = array(written, "steps");
    Owned form = owned(property);
    for (JsonNode step : way) {
      form = unwrapped(form);
      steps.add(step(form, step));
      form = inside(form);
    }
    return Place.in(owner, property, List.copyOf(steps));
  }

  private static Owned unwrapped(Owned form) {
    Owned open = form;
    while (open instanceof MaybeChild maybe) {
      open = maybe.inside();
    }
    return open;
  }

  private static Object step(Owned form, JsonNode step) {
    return switch (form) {
      case ChildList _ when step.isInt() -> step.asInt();
      case ChildSet _ -> lineage(step);
      case ChildMap map -> key(map, step);
      default -> throw malformed("has a step that leads nowhere");
    };
  }

  private static Owned inside(Owned form) {
    return switch (form) {
      case ChildList many -> many.inside();
      case ChildSet set -> set.inside();
      case ChildMap map -> map.inside();
      case OneChild _, MaybeChild _ -> form;
    };
  }

  private static Object key(ChildMap map, JsonNode written) {
    return decoded(() -> Objects.requireNonNull(Decoder.read(written, map.keys())), "a key");
  }

  private static Object value(Property property, JsonNode written) {
    return decoded(
        () -> {
          Object value = Decoder.read(written, property.type());
          Object present = value == null ? Optional.empty() : value;
          Fit.require(property.form(), present, property.name());
          return property.form().freeze(present);
        },
        property.name());
  }

  private static Object decoded(Supplier<Object> decoder, String what) {
    try {
      return decoder.get();
    } catch (RuntimeException e) {
      throw malformed("has something that does not fit " + what);
    }
  }

  private static Object skeleton(Owned form, JsonNode written) {
    return switch (form) {
      case OneChild _ -> lineage(written);
      case MaybeChild maybe ->
          written.isNull() ? Optional.empty() : Optional.of(skeleton(maybe.inside(), written));
      case ChildList many -> all(written, e -> skeleton(many.inside(), e));
      case ChildSet set -> all(written, e -> skeleton(set.inside(), e));
      case ChildMap map -> {
        Map<Object, Object> entries = new LinkedHashMap<>();
        requireArray(written)
            .forEach(e -> entries.put(key(map, e.path(0)), skeleton(map.inside(), e.path(1))));
        yield entries;
      }
    };
  }

  private static List<Object> all(JsonNode written, Function<JsonNode, Object> element) {
    List<Object> all = new ArrayList<>();
    requireArray(written).forEach(e -> all.add(element.apply(e)));
    return all;
  }

  private static Property property(Lineage owner, String name, Map<Lineage, Kind> kinds) {
    Kind kind = kinds.get(owner);
    if (kind == null) {
      throw malformed("does not say what @" + owner + " is");
    }
    return kind.property(name)
        .orElseThrow(() ->
            malformed(
                "names "
                    + Refused.shown(name)
                    + ", which "
                    + kind.type().getSimpleName()
                    + " does not have; "
                    + Nearest.to(name, kind.names())));
  }

  private static Owned owned(Property property) {
    if (property.form() instanceof Owned form) {
      return form;
    }
    throw malformed("puts an entity into " + property.name() + ", which holds none");
  }

  private static JsonNode array(JsonNode bearer, String name) {
    return requireArray(field(bearer, name));
  }

  private static JsonNode requireArray(JsonNode written) {
    if (!written.isArray()) {
      throw malformed("has something else where a list must be");
    }
    return written;
  }

  private static Lineage lineage(JsonNode bearer, String name) {
    return lineage(field(bearer, name));
  }

  private static Lineage lineage(JsonNode written) {
    if (!written.isString()) {
      throw malformed("has something else where a lineage must be");
    }
    return new Lineage(written.asString());
  }

  private static String text(JsonNode bearer, String name) {
    JsonNode written = field(bearer, name);
    if (!written.isString()) {
      throw malformed("has " + name + " that is no text");
    }
    return written.asString();
  }

  private static JsonNode field(JsonNode bearer, String name) {
    JsonNode written = bearer.get(name);
    if (written == null) {
      throw malformed("lacks " + name);
    }
    return written;
  }

  private static Refused malformed(String reason) {
    return new Refused("the written difference " + reason);
  }
}

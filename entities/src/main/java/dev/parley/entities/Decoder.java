package dev.parley.entities;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads entities back, level by level, so that a tree costs as many questions as it is deep. Pages
 * of long lists are read when somebody looks into them.
 */
public final class Decoder {
  private final Catalog catalog;
  private final Source source;
  private final Known known;

  /** Where the stored texts are. */
  public interface Source {
    /** The nodes of some keys, in any order; those that are not there are left out. */
    Collection<Stored.Node> nodes(Collection<Stored.Key> keys);

    /** A page. */
    Optional<Stored.Page> page(String hash);
  }

  /** Entities that were read before, so that versions share what they have in common. */
  public interface Known {
    @Nullable Entity find(Stored.Key key);

    void add(Stored.Key key, Entity entity);

    /** Hears of a page that a stored node refers to. */
    void page(String hash);
  }

  public Decoder(Catalog catalog, Source source, Known known) {
    this.catalog = catalog;
    this.source = source;
    this.known = known;
  }

  /** An entity with what it owns. */
  public Entity entity(Stored.Key key) {
    return Objects.requireNonNull(entities(Set.of(key)).get(key));
  }

  /**
   * @throws Damaged if something is missing, or is not what was written
   * @throws Refused if a type or a component is not known any more
   */
  private Map<Stored.Key, Entity> entities(Set<Stored.Key> wanted) {
    Map<Stored.Key, Entity> made = new HashMap<>();
    Map<Stored.Key, Raw> raws = new LinkedHashMap<>();
    Set<Stored.Key> level = unknown(wanted, made, raws);
    while (!level.isEmpty()) {
      List<Raw> loaded = load(level);
      Set<Stored.Key> next = new LinkedHashSet<>();
      for (Raw raw : loaded) {
        raws.put(raw.key, raw);
        raw.collect(next);
      }
      level = unknown(next, made, raws);
    }
    for (Raw raw : List.copyOf(raws.values()).reversed()) {
      Entity entity = raw.make(made);
      made.put(raw.key, entity);
      known.add(raw.key, entity);
    }
    return made;
  }

  private Set<Stored.Key> unknown(
      Set<Stored.Key> wanted, Map<Stored.Key, Entity> made, Map<Stored.Key, Raw> raws) {
    Set<Stored.Key> unknown = new LinkedHashSet<>();
    for (Stored.Key key : wanted) {
      Entity entity = known.find(key);
      if (entity != null) {
        made.put(key, entity);
      } else if (!raws.containsKey(key)) {
        unknown.add(key);
      }
    }
    return unknown;
  }

  private List<Raw> load(Set<Stored.Key> keys) {
    Map<Stored.Key, Raw> found = new HashMap<>();
    for (Stored.Node node : source.nodes(keys)) {
      if (!node.isIntact()) {
        throw new Damaged(node + " is not what was written");
      }
      found.put(node.key(), new Raw(node));
    }
    List<Raw> inOrder = new ArrayList<>(keys.size());
    for (Stored.Key key : keys) {
      Raw raw = found.get(key);
      if (raw == null) {
        throw new Damaged(
            "the stored node @"
                + key.lineage()
                + ":"
                + key.version()
                + " is missing or not the one that its owner means");
      }
      inOrder.add(raw);
    }
    return inOrder;
  }

  private static JsonNode parse(String body, String what) {
    try {
      return Encoder.MAPPER.readTree(body);
    } catch (JacksonException e) {
      throw new Damaged(what + " cannot be read");
    }
  }

  /** A node that is read but not made, because what it owns is not there yet. */
  private final class Raw {
    final Stored.Key key;
    private final Stored.Node node;
    private final Kind kind;
    private final JsonNode body;

    Raw(Stored.Node node) {
      this.key = node.key();
      this.node = node;
      this.kind = catalog.kind(node.type());
      this.body = parse(node.body(), node.toString());
    }

    void collect(Set<Stored.Key> into) {
      for (Property property : kind.owned()) {
        JsonNode contents = body.get(nameIn(property));
        if (contents != null) {
          Decoder.this.collect((Owned) property.form(), contents, into);
        }
      }
    }

    Entity make(Map<Stored.Key, Entity> made) {
      Object[] contents = new Object[kind.properties().size()];
      for (Property property : kind.values()) {
        contents[property.index()] = value(property);
      }
      for (Property property : kind.owned()) {
        contents[property.index()] = owned(property, made);
      }
      Identity id = Identity.of(node.lineage(), node.version());
      id.hash(node.hash());
      return kind.make(id, contents);
    }

    private String nameIn(Property property) {
      return property.former().stream()
          .filter(name -> !body.has(property.name()) && body.has(name))
          .findFirst()
          .orElse(property.name());
    }

    private Object value(Property property) {
      JsonNode written = body.get(nameIn(property));
      if (written == null) {
        return absent(property);
      }
      try {
        Object value = read(written, property.type());
        return property.form().freeze(value == null ? Optional.empty() : value);
      } catch (RuntimeException e) {
        throw new Refused(
            "the stored " + where(property) + " does not fit " + property.type().getTypeName());
      }
    }

    private Object owned(Property property, Map<Stored.Key, Entity> made) {
      JsonNode written = body.get(nameIn(property));
      return written == null
          ? absent(property)
          : Decoder.this.owned((Owned) property.form(), written, made);
    }

    private Object absent(Property property) {
      Object value =
          property
              .fallback()
              .map(json -> read(parse(json, where(property)), property.type()))
              .orElseGet(() -> emptyOf(property));
      return property.form().freeze(value);
    }

    private Object emptyOf(Property property) {
      Class<?> raw = rawOf(property.type());
      return switch (raw.getSimpleName()) {
        case "Optional" -> Optional.empty();
        case "List" -> List.of();
        case "Set" -> Set.of();
        case "Map" -> Map.of();
        default ->
            throw new Refused(
                "the stored "
                    + where(property)
                    + " is missing: give the component a @Default, or make it Optional");
      };
    }

    private static Class<?> rawOf(Type type) {
      return Encoder.MAPPER.constructType(type).getRawClass();
    }

    private String where(Property property) {
      return "@" + node.lineage() + ":" + node.version() + "." + property.name();
    }
  }

  static @Nullable Object read(JsonNode written, Type type) {
    return Encoder.MAPPER.convertValue(written, Encoder.MAPPER.constructType(type));
  }

  /** The references that are in a node itself, not those on its pages. */
  private void collect(Owned form, JsonNode written, Set<Stored.Key> into) {
    switch (form) {
      case OneChild _ -> into.add(Stored.Key.parse(written.asString()));
      case MaybeChild maybe -> {
        if (!written.isNull()) {
          collect(maybe.inside(), written, into);
        }
      }
      case ChildList many -> collectAll(new Plain(many.inside()), written, into);
      case ChildSet set -> collectAll(new Plain(set.inside()), written, into);
      case ChildMap map -> collectAll(new Entry(map), written, into);
    }
  }

  private static void collectAll(Element<?> element, JsonNode written, Set<Stored.Key> into) {
    if (written.isArray()) {
      written.forEach(e -> element.collect(e, into));
    }
  }

  private Object owned(Owned form, JsonNode written, Map<Stored.Key, Entity> made) {
    return switch (form) {
      case OneChild _ -> found(written, made);
      case MaybeChild maybe ->
          written.isNull() ? Optional.empty() : Optional.of(owned(maybe.inside(), written, made));
      case ChildList many -> sequence(new Plain(many.inside()), written, made);
      case ChildSet set -> Contents.childrenOf(sequence(new Plain(set.inside()), written, made));
      case ChildMap map -> Contents.keyedOf(sequence(new Entry(map), written, made));
    };
  }

  private static Entity found(JsonNode written, Map<Stored.Key, Entity> made) {
    Stored.Key key = Stored.Key.parse(written.asString());
    Entity entity = made.get(key);
    if (entity == null) {
      throw new Damaged("@" + key.lineage() + ":" + key.version() + " is missing");
    }
    return entity;
  }

  /** How one element of a list is written. */
  private interface Element<E> {
    void collect(JsonNode written, Set<Stored.Key> into);

    E read(JsonNode written, Map<Stored.Key, Entity> made);
  }

  private final class Plain implements Element<Object> {
    private final Owned inside;

    Plain(Owned inside) {
      this.inside = inside;
    }

    @Override
    public void collect(JsonNode written, Set<Stored.Key> into) {
      Decoder.this.collect(inside, written, into);
    }

    @Override
    public Object read(JsonNode written, Map<Stored.Key, Entity> made) {
      return owned(inside, written, made);
    }
  }

  private final class Entry implements Element<Map.Entry<?, Object>> {
    private final ChildMap map;

    Entry(ChildMap map) {
      this.map = map;
    }

    @Override
    public void collect(JsonNode written, Set<Stored.Key> into) {
      Decoder.this.collect(map.inside(), written.path(1), into);
    }

    @Override
    public Map.Entry<?, Object> read(JsonNode written, Map<Stored.Key, Entity> made) {
      Object key = Decoder.read(written.path(0), map.keys());
      if (key == null) {
        throw new Damaged("a key of a stored map is null");
      }
      return Map.entry(key, owned(map.inside(), written.path(1), made));
    }
  }

  private <E> Sequence<E> sequence(
      Element<E> element, JsonNode written, Map<Stored.Key, Entity> made) {
    return written.isArray()
        ? Sequence.of(elements(element, written, made))
        : Sequence.ofChunks(chunks(element, written.path("pages")));
  }

  private static <E> List<E> elements(
      Element<E> element, JsonNode written, Map<Stored.Key, Entity> made) {
    List<E> elements = new ArrayList<>(written.size());
    written.forEach(e -> elements.add(element.read(e, made)));
    return elements;
  }

  private <E> List<Chunk<E>> chunks(Element<E> element, JsonNode pages) {
    List<Chunk<E>> chunks = new ArrayList<>(pages.size());
    for (JsonNode page : pages) {
      String hash = page.path("page").asString();
      Chunk<E> chunk = Chunk.from(new PageSource<>(element, hash, page.path("size").asInt()));
      chunk.tag(hash);
      known.page(hash);
      chunks.add(chunk);
    }
    return chunks;
  }

  /** A page that is read when somebody looks into it. */
  private final class PageSource<E> implements Chunk.Source<E> {
    private final Element<E> element;
    private final String hash;
    private final int size;

    PageSource(Element<E> element, String hash, int size) {
      this.element = element;
      this.hash = hash;
      this.size = size;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public List<E> load() {
      JsonNode written = parse(intact().body(), toString());
      Set<Stored.Key> keys = new LinkedHashSet<>();
      collectAll(element, written, keys);
      return elements(element, written, entities(keys));
    }

    private Stored.Page intact() {
      return source
          .page(hash)
          .filter(Stored.Page::isIntact)
          .orElseThrow(() -> new Damaged(this + " is missing or not what was written"));
    }

    @Override
    public String toString() {
      return "the stored page " + hash;
    }
  }
}

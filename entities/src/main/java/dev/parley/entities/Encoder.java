package dev.parley.entities;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Writes the new nodes of a commit. Children are written as references; a list of more than one
 * chunk is written as the names of its pages, and pages that are stored already are not written
 * again.
 */
public final class Encoder {
  /** Keeps numbers and times to the last digit. */
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final List<Stored.Node> nodes = new ArrayList<>();
  private final List<Stored.Page> pages = new ArrayList<>();
  private final List<Runnable> tags = new ArrayList<>();

  private final Predicate<String> isStored;

  private Encoder(Predicate<String> isStored) {
    this.isStored = isStored;
  }

  /**
   * All that must be written before a commit is kept.
   *
   * @param isStored whether a page of this name is stored for sure; it is written again if not
   */
  public static Encoder of(Commit commit, Predicate<String> isStored) {
    Encoder encoder = new Encoder(isStored);
    for (Revision revision : commit.revisions().reversed()) {
      Identity id = revision.node().id();
      if (id.version() == commit.stamp().version()) {
        encoder.encode(revision.node());
      }
    }
    return encoder;
  }

  /** The nodes that the commit made, children before their owners. */
  public List<Stored.Node> nodes() {
    return nodes;
  }

  /** The pages that may not be stored yet. */
  public List<Stored.Page> pages() {
    return pages;
  }

  /** Remembers what is stored, once it is durable. */
  public void stored() {
    tags.forEach(Runnable::run);
  }

  private void encode(Entity entity) {
    Kind kind = Kind.of(entity);
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    for (Property property : kind.values()) {
      body.set(property.name(), value(property.of(entity)));
    }
    for (Property property : kind.owned()) {
      body.set(property.name(), owned((Owned) property.form(), property.of(entity)));
    }
    Stored.Node node =
        Stored.Node.of(
            entity.lineage(),
            entity.id().version(),
            Catalog.nameOf(kind.type()),
            MAPPER.writeValueAsString(body));
    entity.id().hash(node.hash());
    nodes.add(node);
  }

  static JsonNode value(Object value) {
    return value instanceof Optional<?> optional && optional.isEmpty()
        ? NullNode.getInstance()
        : MAPPER.valueToTree(value);
  }

  private JsonNode owned(Owned form, Object contents) {
    return switch (form) {
      case OneChild one -> StringNode.valueOf(Stored.Key.of((Entity) contents).toString());
      case MaybeChild maybe ->
          ((Optional<?>) contents)
              .map(present -> owned(maybe.inside(), present))
              .orElse(NullNode.getInstance());
      case ChildList many ->
          sequence(Contents.<Object>sequence(contents), e -> owned(many.inside(), e));
      case ChildSet set ->
          sequence(Contents.children(contents).elements(), e -> owned(set.inside(), e));
      case ChildMap map ->
          sequence(Contents.entries(contents), entry -> entry(map.inside(), entry));
    };
  }

  private JsonNode entry(Owned inside, Map.Entry<?, Object> entry) {
    return JsonNodeFactory.instance
        .arrayNode()
        .add(value(entry.getKey()))
        .add(owned(inside, entry.getValue()));
  }

  private <E> JsonNode sequence(Sequence<E> sequence, Function<E, JsonNode> element) {
    List<Chunk<E>> chunks = sequence.chunks();
    if (chunks.size() <= 1) {
      return elements(sequence, element);
    }
    ArrayNode names = JsonNodeFactory.instance.arrayNode();
    for (Chunk<E> chunk : chunks) {
      names.addObject().put("page", page(chunk, element)).put("size", chunk.size());
    }
    return JsonNodeFactory.instance.objectNode().set("pages", names);
  }

  private <E> String page(Chunk<E> chunk, Function<E, JsonNode> element) {
    if (chunk.tag().isPresent() && isStored.test((String) chunk.tag().get())) {
      return (String) chunk.tag().get();
    }
    Stored.Page page =
        Stored.Page.of(MAPPER.writeValueAsString(elements(chunk.elements(), element)));
    pages.add(page);
    tags.add(() -> chunk.tag(page.hash()));
    return page.hash();
  }

  private static <E> ArrayNode elements(List<E> list, Function<E, JsonNode> element) {
    ArrayNode written = JsonNodeFactory.instance.arrayNode();
    list.forEach(e -> written.add(element.apply(e)));
    return written;
  }
}

package dev.parley.entities;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What a stored text refers to, without what lies behind.
 *
 * @param nodes the nodes that must be stored, with the hashes that they must have
 * @param pages the pages that must be stored
 */
public record References(Set<Stored.Key> nodes, List<Paged> pages) {
  public References {
    nodes = Set.copyOf(nodes);
    pages = List.copyOf(pages);
  }

  /** A page of a long list, set or map. */
  public static final class Paged {
    private final String hash;
    private final Owned of;

    private Paged(String hash, Owned of) {
      this.hash = hash;
      this.of = of;
    }

    public String hash() {
      return hash;
    }

    /**
     * What the page refers to.
     *
     * @throws Damaged if it cannot be read
     */
    public References on(Stored.Page page) {
      Collector collector = new Collector();
      parse(page.body(), "the stored page " + hash)
          .forEach(element -> collector.element(of, element));
      return collector.found();
    }
  }

  /**
   * What a node refers to.
   *
   * @throws Damaged if it cannot be read
   * @throws Refused if its type is not known any more
   */
  public static References of(Stored.Node node, Catalog catalog) {
    Kind kind = catalog.kind(node.type());
    JsonNode body = parse(node.body(), node.toString());
    Collector collector = new Collector();
    for (Property property : kind.owned()) {
      Stream.concat(Stream.of(property.name()), property.former().stream())
          .filter(body::has)
          .findFirst()
          .ifPresent(name -> collector.contents((Owned) property.form(), body.path(name)));
    }
    return collector.found();
  }

  private static JsonNode parse(String body, String what) {
    try {
      return Encoder.MAPPER.readTree(body);
    } catch (JacksonException e) {
      throw new Damaged(what + " cannot be read");
    }
  }

  private static final class Collector {
    private final Set<Stored.Key> nodes = new LinkedHashSet<>();
    private final List<Paged> pages = new ArrayList<>();

    void contents(Owned form, JsonNode written) {
      switch (form) {
        case OneChild _ -> nodes.add(Stored.Key.parse(written.asString()));
        case MaybeChild maybe -> {
          if (!written.isNull()) {
            contents(maybe.inside(), written);
          }
        }
        case ChildList _, ChildSet _, ChildMap _ -> elements(form, written);
      }
    }

    private void elements(Owned form, JsonNode written) {
      if (written.isArray()) {
        written.forEach(one -> element(form, one));
      } else {
        written
            .path("pages")
            .forEach(page -> pages.add(new Paged(page.path("page").asString(), form)));
      }
    }

    void element(Owned form, JsonNode written) {
      switch (form) {
        case ChildList many -> contents(many.inside(), written);
        case ChildSet set -> contents(set.inside(), written);
        case ChildMap map -> contents(map.inside(), written.path(1));
        case OneChild _, MaybeChild _ -> contents(form, written);
      }
    }

    References found() {
      return new References(nodes, pages);
    }
  }
}

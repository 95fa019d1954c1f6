package dev.parley.entities;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A map in a {@link Draft}. Elements that are taken out have all edits in them. */
public final class MapDraft<K extends Comparable<? super K>, V> {
  private final DraftNode node;
  private final Property property;
  private final Form inside;

  MapDraft(DraftNode node, Property property) {
    this.node = node;
    this.property = property;
    this.inside =
        switch (property.form()) {
          case ChildMap map -> map.inside();
          case Value.ByKey map -> map.inside();
          default -> throw new Refused(node.where(property) + " is no map");
        };
  }

  /** All entries, with all edits. */
  @SuppressWarnings("unchecked")
  public Map<K, V> all() {
    return (Map<K, V>) node.read(property);
  }

  public int size() {
    return entries().size();
  }

  public Optional<V> get(K key) {
    return Optional.ofNullable(find(key));
  }

  /** Puts an element at a key, in the place of what is there. */
  public MapDraft<K, V> put(K key, V element) {
    Fit.require(
        inside, element, node.where(property) + "[" + Address.stepAsText(checked(key)) + "]");
    V old = find(key);
    if (old == null || !Same.is(old, element)) {
      endOf(old);
      @SuppressWarnings("unchecked")
      V fitting = (V) inside.freeze(Objects.requireNonNull(element));
      node.edit(property, entries().with(key, fitting));
    }
    return this;
  }

  /** Takes out what is at a key, if there is something. */
  public Optional<V> remove(K key) {
    V old = find(key);
    if (old != null) {
      endOf(old);
      node.edit(property, entries().without(key));
    }
    return Optional.ofNullable(old);
  }

  private void endOf(@Nullable V old) {
    if (old != null) {
      node.end(property, inside, old);
    }
  }

  @SuppressWarnings("unchecked")
  private @Nullable V find(K key) {
    V element = entries().get(checked(key));
    if (element == null) {
      return null;
    }
    return element instanceof Entity || inside instanceof Value
        ? (V) node.current(property, element)
        : all().get(key);
  }

  private K checked(K key) {
    Class<?> type = property.form() instanceof ChildMap map ? map.keys() : Comparable.class;
    Fit.require(new Value.Atom(type), key, "a key of " + node.where(property));
    return key;
  }

  @SuppressWarnings("unchecked")
  private Keyed<K, V> entries() {
    node.requireOpen();
    return (Keyed<K, V>) Contents.map((Map<?, ?>) node.raw(property));
  }
}

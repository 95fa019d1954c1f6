package dev.parley.entities;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An entity that is edited in place, for programs that find that easier than to copy records. The
 * entity itself never changes: {@link #build} gives another one that shares with it all that was
 * not touched, and is the same object if nothing really changed.
 *
 * <pre>{@code
 * Draft<Grid> draft = Draft.of(grid);
 * draft.in(Grid::nodes, 3).in(Node::agents, 0).set(Agent::speed, 5);
 * draft.in(Grid::nodes, 2).list(Node::agents).remove(1);
 * Grid next = draft.build();
 * }</pre>
 *
 * <p>The draft of a child is the same object however often it is asked for. It ends when the child
 * is taken out or replaced. One thread at a time uses a draft. All methods throw {@link Refused}
 * after the draft was built, for components that there are not, and for null.
 */
public final class Draft<T extends Entity> {
  private final DraftNode node;

  Draft(DraftNode node) {
    this.node = node;
  }

  /** Starts to edit a tree. */
  @SuppressWarnings("unchecked")
  public static <T extends Entity> Draft<T> of(T root) {
    if (root == null) {
      throw new Refused("a draft needs an entity, not null");
    }
    return (Draft<T>) new DraftNode(root).draft();
  }

  /** The lineage of the entity. */
  public Lineage lineage() {
    return node.original().lineage();
  }

  /** A single child. */
  public <C extends Entity> Draft<C> in(Accessor<? super T, C> child) {
    return child(Accessor.nameOf(child));
  }

  /**
   * A child in a list.
   *
   * @throws Refused if there is no such index
   */
  public <C extends Entity> Draft<C> in(Accessor<? super T, List<C>> list, int index) {
    return child(Accessor.nameOf(list), index);
  }

  /**
   * A child in a map.
   *
   * @throws Refused if there is no such key
   */
  public <K extends Comparable<? super K>, C extends Entity> Draft<C> in(
      Accessor<? super T, Map<K, C>> map, K key) {
    return child(Accessor.nameOf(map), key);
  }

  /**
   * A child in a set.
   *
   * @throws Refused if it is not there
   */
  public <C extends Entity> Draft<C> in(Accessor<? super T, Set<C>> set, Lineage lineage) {
    return child(Accessor.nameOf(set), lineage);
  }

  /**
   * A child in any component, also in nested containers.
   *
   * @param steps the way inside the component: indexes, keys, lineages
   * @throws Refused if it is not there, or of another type
   */
  public <C extends Entity> Draft<C> in(Class<C> type, String component, Object... steps) {
    return this.<Entity>child(component, steps).as(type);
  }

  @SuppressWarnings("unchecked")
  private <C extends Entity> Draft<C> child(String component, Object... steps) {
    List<Object> way = Arrays.asList(steps);
    if (way.contains(null)) {
      throw new Refused("a step of a way is null");
    }
    return (Draft<C>) node.child(node.property(component), List.copyOf(way)).draft();
  }

  /**
   * This draft, of an entity that turns out to be of a narrower type.
   *
   * @throws Refused if it is not
   */
  @SuppressWarnings("unchecked")
  public <S extends Entity> Draft<S> as(Class<S> type) {
    if (!type.isInstance(node.original())) {
      throw new Refused(
          node.original().id()
              + " is "
              + node.original().getClass().getSimpleName()
              + ", not "
              + type.getSimpleName());
    }
    return (Draft<S>) this;
  }

  /** What a component holds now, with all edits. */
  @SuppressWarnings("unchecked")
  public <V> V get(Accessor<? super T, V> component) {
    return (V) get(Accessor.nameOf(component));
  }

  /** What a component holds now, with all edits. */
  public Object get(String component) {
    return node.read(node.property(component));
  }

  /** Sets a component as a whole; drafts of what was in it end. */
  public <V> Draft<T> set(Accessor<? super T, V> component, V value) {
    return set(Accessor.nameOf(component), value);
  }

  /**
   * Sets a component as a whole; drafts of what was in it end.
   *
   * @throws Refused if the value does not fit
   */
  public Draft<T> set(String component, Object value) {
    node.write(node.property(component), value);
    return this;
  }

  /** A list, to be edited. */
  public <E> ListDraft<E> list(Accessor<? super T, List<E>> list) {
    return new ListDraft<>(node, node.property(Accessor.nameOf(list)));
  }

  /** A set, to be edited. */
  public <E> SetDraft<E> elements(Accessor<? super T, Set<E>> set) {
    return new SetDraft<>(node, node.property(Accessor.nameOf(set)));
  }

  /** A map, to be edited. */
  public <K extends Comparable<? super K>, V> MapDraft<K, V> keyed(
      Accessor<? super T, Map<K, V>> map) {
    return new MapDraft<>(node, node.property(Accessor.nameOf(map)));
  }

  /** An optional, to be edited. */
  public <E> OptionalDraft<E> optional(Accessor<? super T, Optional<E>> optional) {
    return new OptionalDraft<>(node, node.property(Accessor.nameOf(optional)));
  }

  /** The entity as it would be built now. */
  @SuppressWarnings("unchecked")
  public T now() {
    node.requireOpen();
    return (T) node.now();
  }

  /**
   * What differs by now from what it was, in this entity and below: components by their addresses
   * from the root, owners before what they own. Can be asked after the draft was built, too.
   */
  public List<Address> touched() {
    return node.touched();
  }

  /**
   * The new entity, the old one itself if nothing differs. Ends the draft.
   *
   * @throws Refused if this is the draft of a child
   */
  @SuppressWarnings("unchecked")
  public T build() {
    return (T) node.build();
  }
}

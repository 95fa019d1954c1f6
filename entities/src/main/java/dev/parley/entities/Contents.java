package dev.parley.entities;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Containers whose element types are known to a {@link Form} but not to the compiler: the one place
 * where they are cast.
 */
final class Contents {
  private static final Function<Entity, Lineage> BY_LINEAGE = Entity::lineage;
  private static final Function<Object, Comparable<Object>> BY_VALUE = Contents::comparable;

  private Contents() {}

  @SuppressWarnings("unchecked")
  static List<Object> list(Object list) {
    return (List<Object>) list;
  }

  @SuppressWarnings("unchecked")
  static List<Entity> entities(Object list) {
    return (List<Entity>) list;
  }

  @SuppressWarnings("unchecked")
  static <E> Sequence<E> sequence(Object sequence) {
    return (Sequence<E>) sequence;
  }

  /** A set of values, in their own order. */
  @SuppressWarnings("unchecked")
  static Elements<Object> values(Set<?> set) {
    return set instanceof Elements<?> frozen && ((Elements<Object>) frozen).isBy(BY_VALUE)
        ? (Elements<Object>) frozen
        : Elements.of((Collection<Object>) set, BY_VALUE);
  }

  @SuppressWarnings("unchecked")
  private static Comparable<Object> comparable(Object value) {
    return (Comparable<Object>) value;
  }

  /** A set of entities, in the order of their lineages. */
  @SuppressWarnings("unchecked")
  static Elements<Entity> children(Object set) {
    return set instanceof Elements<?> frozen && ((Elements<Entity>) frozen).isBy(BY_LINEAGE)
        ? (Elements<Entity>) frozen
        : Elements.of((Collection<Entity>) set, BY_LINEAGE);
  }

  /** A set of entities that are in the order of their lineages. */
  @SuppressWarnings("unchecked")
  static Elements<Entity> childrenOf(Sequence<?> entities) {
    return Elements.ofSorted((Sequence<Entity>) entities, BY_LINEAGE);
  }

  /** A map of entries that are in the order of their keys. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  static Keyed<?, Object> keyedOf(Sequence<? extends Map.Entry<?, Object>> entries) {
    return Keyed.ofEntries((Sequence) entries);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  static Keyed<?, Object> map(Map<?, ?> map) {
    return map instanceof Keyed<?, ?> frozen ? (Keyed) frozen : Keyed.of((Map) map);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  static Sequence<Map.Entry<?, Object>> entries(Object map) {
    return ((Keyed) map).entries();
  }

  @SuppressWarnings("unchecked")
  static Keyed<?, Object> keyed(Object map) {
    return (Keyed<?, Object>) map;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  static Keyed<?, Object> with(Keyed<?, Object> map, Object key, Object value) {
    return ((Keyed) map).with((Comparable) key, value);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  static Keyed<?, Object> without(Keyed<?, Object> map, Object key) {
    return ((Keyed) map).without((Comparable) key);
  }
}

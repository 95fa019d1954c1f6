package dev.parley.entities;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map in the order of its keys, held as a {@link Sequence} of entries. Two keys that
 * compare as equal are one key. It never holds null.
 */
public final class Keyed<K extends Comparable<? super K>, V> extends AbstractMap<K, V>
    implements SequencedMap<K, V> {
  private static final Keyed<?, ?> EMPTY = new Keyed<String, Object>(Sequence.empty());

  private final Sequence<Map.Entry<K, V>> entries;

  private Keyed(Sequence<Map.Entry<K, V>> entries) {
    this.entries = entries;
  }

  @SuppressWarnings("unchecked")
  public static <K extends Comparable<? super K>, V> Keyed<K, V> empty() {
    return (Keyed<K, V>) EMPTY;
  }

  /**
   * The entries of a map in the order of their keys; the given object itself if it is such a map.
   *
   * @throws IllegalArgumentException if two keys compare as equal
   */
  @SuppressWarnings("unchecked")
  public static <K extends Comparable<? super K>, V> Keyed<K, V> of(
      Map<? extends K, ? extends V> map) {
    return map instanceof Keyed ? (Keyed<K, V>) map : rebase(empty(), map);
  }

  /**
   * Entries that are in order already, perhaps not loaded yet.
   *
   * @param entries by strictly ascending key, which is not checked
   */
  public static <K extends Comparable<? super K>, V> Keyed<K, V> ofEntries(
      Sequence<Map.Entry<K, V>> entries) {
    return entries.isEmpty() ? empty() : new Keyed<>(entries);
  }

  /**
   * What is given, sharing with an older map each entry whose value is the same reference.
   *
   * @return {@code old} itself if nothing differs
   * @throws IllegalArgumentException if two keys compare as equal
   */
  public static <K extends Comparable<? super K>, V> Keyed<K, V> rebase(
      Keyed<K, V> old, Map<? extends K, ? extends V> given) {
    return old.on(Sequence.rebase(old.entries, old.target(given)));
  }

  /**
   * The entries that are given, by ascending key and with those of this where they are the same.
   */
  @SuppressWarnings("unchecked")
  private List<Map.Entry<K, V>> target(Map<? extends K, ? extends V> given) {
    if (given instanceof Keyed<?, ?> keyed && entries.sharesWith(keyed.entries)) {
      return ((Keyed<K, V>) keyed).entries;
    }
    return distinct(
        given.entrySet().stream()
            .map(entry -> entry(entry.getKey(), entry.getValue()))
            .sorted(Comparator.comparing(Map.Entry<K, V>::getKey))
            .toList());
  }

  private static <K extends Comparable<? super K>, V> List<Map.Entry<K, V>> distinct(
      List<Map.Entry<K, V>> sorted) {
    for (int i = 1; i < sorted.size(); i++) {
      K one = sorted.get(i - 1).getKey();
      K other = sorted.get(i).getKey();
      if (one.compareTo(other) == 0) {
        throw new IllegalArgumentException("the keys " + one + " and " + other + " are equal");
      }
    }
    return sorted;
  }

  /** The entry that is there if it is the same, else a new one. */
  private Map.Entry<K, V> entry(K key, V value) {
    int place = place(key);
    return isAt(place, key) && entries.get(place).getValue() == value
        ? entries.get(place)
        : Map.entry(key, value);
  }

  private Keyed<K, V> on(Sequence<Map.Entry<K, V>> edited) {
    return edited == entries ? this : ofEntries(edited);
  }

  /** The entries by ascending key. Neither they nor the sequence ever change. */
  public Sequence<Map.Entry<K, V>> entries() {
    return entries;
  }

  /** This with a value for a key; this itself if that value is there already, by reference. */
  public Keyed<K, V> with(K key, V value) {
    int place = place(key);
    return isAt(place, key)
        ? on(entries.with(place, entry(key, value)))
        : on(entries.plus(place, Map.entry(key, value)));
  }

  /** This without a key; this itself if it is not there. */
  public Keyed<K, V> without(K key) {
    int place = place(key);
    return isAt(place, key) ? on(entries.without(place)) : this;
  }

  @Override
  @SuppressWarnings("unchecked") // as in TreeMap: a key of another type is a ClassCastException
  public @Nullable V get(@Nullable Object key) {
    K wanted = (K) Objects.requireNonNull(key);
    int place = place(wanted);
    return isAt(place, wanted) ? entries.get(place).getValue() : null;
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return get(key) != null;
  }

  private int place(K key) {
    Objects.requireNonNull(key);
    return entries.leading(entry -> entry.getKey().compareTo(key) < 0);
  }

  private boolean isAt(int place, K key) {
    return place < entries.size() && entries.get(place).getKey().compareTo(key) == 0;
  }

  @Override
  public int size() {
    return entries.size();
  }

  @Override
  public Set<Map.Entry<K, V>> entrySet() {
    return new Entries();
  }

  @Override
  public Map.@Nullable Entry<K, V> lastEntry() {
    return entries.isEmpty() ? null : entries.getLast();
  }

  /** A copy in descending order, as immutable as this. */
  @Override
  public SequencedMap<K, V> reversed() {
    SequencedMap<K, V> copy = LinkedHashMap.newLinkedHashMap(size());
    entries.reversed().forEach(entry -> copy.put(entry.getKey(), entry.getValue()));
    return Collections.unmodifiableSequencedMap(copy);
  }

  private final class Entries extends AbstractSet<Map.Entry<K, V>> {
    @Override
    public Iterator<Map.Entry<K, V>> iterator() {
      return entries.iterator();
    }

    @Override
    public int size() {
      return entries.size();
    }
  }
}

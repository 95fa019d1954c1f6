package dev.parley.entities;

import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An immutable set in the order of a key that each element has, held as a {@link Sequence}. Several
 * elements may have the same key as long as they are not equal. It never holds null.
 */
public final class Elements<E> extends AbstractSet<E> {
  private final Sequence<E> elements;
  private final Function<? super E, ?> key;
  private final Comparator<? super E> order;

  private Elements(Sequence<E> elements, Function<? super E, ?> key, Comparator<? super E> order) {
    this.elements = elements;
    this.key = key;
    this.order = order;
  }

  /**
   * A set of these elements, each once.
   *
   * @param key what the elements are ordered and found by: an entity's lineage, a value itself
   */
  public static <E, C extends Comparable<? super C>> Elements<E> of(
      Collection<? extends E> elements, Function<? super E, ? extends C> key) {
    return Elements.<E, C>ofSorted(Sequence.empty(), key).rebase(elements);
  }

  /**
   * Elements that are in order already, perhaps not loaded yet.
   *
   * @param elements by ascending key and each once, which is not checked
   */
  public static <E, C extends Comparable<? super C>> Elements<E> ofSorted(
      Sequence<E> elements, Function<? super E, ? extends C> key) {
    return new Elements<>(elements, key, Comparator.comparing(key));
  }

  /**
   * A set of what is given in the order of this one, sharing with this one all it can.
   *
   * @return this itself if nothing differs, by reference
   */
  public Elements<E> rebase(Collection<? extends E> given) {
    return on(Sequence.rebase(elements, target(given)));
  }

  @SuppressWarnings("unchecked")
  private List<E> target(Collection<? extends E> given) {
    if (given instanceof Elements<?> set && set.key == key) {
      return ((Elements<E>) set).elements;
    }
    List<E> target = new ArrayList<>(given.size());
    for (E element : given.stream().sorted(order).toList()) {
      if (!endsWith(target, element)) {
        target.add(element);
      }
    }
    return target;
  }

  /** Whether an equal element is among the last ones, those of the same key. */
  private boolean endsWith(List<E> sorted, E element) {
    int last = sorted.size() - 1;
    while (last >= 0 && order.compare(sorted.get(last), element) == 0) {
      if (sorted.get(last--).equals(element)) {
        return true;
      }
    }
    return false;
  }

  private Elements<E> on(Sequence<E> edited) {
    return edited == elements ? this : new Elements<>(edited, key, order);
  }

  /** Whether the elements are ordered and found by this. */
  boolean isBy(Function<? super E, ?> other) {
    return key == other;
  }

  /** The elements in order. */
  public Sequence<E> elements() {
    return elements;
  }

  /** This with an element; this itself if an equal one is there already. */
  public Elements<E> plus(E element) {
    return find(element) >= 0 ? this : on(elements.plus(place(element), element));
  }

  /** This with an element in the place of one that has the same key, if there is one. */
  public Elements<E> with(E element) {
    int place = place(element);
    return place < elements.size() && order.compare(elements.get(place), element) == 0
        ? on(elements.with(place, element))
        : on(elements.plus(place, element));
  }

  /** The first element of a key. */
  public <C extends Comparable<? super C>> Optional<E> at(C wanted) {
    int place = placeOf(wanted);
    return place < elements.size() && wanted.equals(key.apply(elements.get(place)))
        ? Optional.of(elements.get(place))
        : Optional.empty();
  }

  /** This without the first element of a key; this itself if there is none. */
  public <C extends Comparable<? super C>> Elements<E> withoutKey(C unwanted) {
    return at(unwanted).isPresent() ? on(elements.without(placeOf(unwanted))) : this;
  }

  @SuppressWarnings("unchecked") // as in TreeSet: a key of another type may be an error
  private <C extends Comparable<? super C>> int placeOf(C wanted) {
    return elements.leading(other -> ((C) key.apply(other)).compareTo(wanted) < 0);
  }

  /** This without an element; this itself if no equal one is there. */
  public Elements<E> without(E element) {
    int found = find(element);
    return found < 0 ? this : on(elements.without(found));
  }

  @Override
  @SuppressWarnings("unchecked") // as in TreeSet: an element of another type may be an error
  public boolean contains(@Nullable Object element) {
    return find((E) Objects.requireNonNull(element)) >= 0;
  }

  /** Where an equal element is, or -1. */
  private int find(E element) {
    int place = place(element);
    while (place < elements.size() && order.compare(elements.get(place), element) == 0) {
      if (elements.get(place).equals(element)) {
        return place;
      }
      place++;
    }
    return -1;
  }

  private int place(E element) {
    Objects.requireNonNull(element);
    return elements.leading(other -> order.compare(other, element) < 0);
  }

  @Override
  public int size() {
    return elements.size();
  }

  @Override
  public Iterator<E> iterator() {
    return elements.iterator();
  }
}

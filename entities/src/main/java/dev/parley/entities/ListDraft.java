package dev.parley.entities;

import java.util.List;
import java.util.Objects;

/** A list in a {@link Draft}. Elements that are taken out have all edits in them. */
public final class ListDraft<E> {
  private final DraftNode node;
  private final Property property;
  private final Form inside;

  ListDraft(DraftNode node, Property property) {
    this.node = node;
    this.property = property;
    this.inside =
        switch (property.form()) {
          case ChildList many -> many.inside();
          case Value.Many many -> many.inside();
          default -> throw new Refused(node.where(property) + " is no list");
        };
  }

  public int size() {
    return elements().size();
  }

  /** All elements, with all edits. */
  @SuppressWarnings("unchecked")
  public List<E> all() {
    return (List<E>) node.read(property);
  }

  /**
   * @throws Refused if there is no such index
   */
  @SuppressWarnings("unchecked")
  public E get(int index) {
    E element = elements().get(checked(index, size()));
    return element instanceof Entity || inside instanceof Value
        ? (E) node.current(property, Objects.requireNonNull(element))
        : all().get(index);
  }

  /** Adds an element at the end. */
  public ListDraft<E> add(E element) {
    return add(size(), element);
  }

  /** Adds an element before what is at an index now. */
  public ListDraft<E> add(int index, E element) {
    E fitting = fitting(element);
    Sequence<E> elements = elements();
    return edit(elements.plus(checked(index, elements.size() + 1), fitting));
  }

  /** Puts an element in the place of another one. */
  public ListDraft<E> set(int index, E element) {
    E fitting = fitting(element);
    E old = get(index);
    if (!Same.is(old, fitting)) {
      node.end(property, inside, Objects.requireNonNull(old));
      edit(elements().with(index, fitting));
    }
    return this;
  }

  /** Takes an element out. */
  public E remove(int index) {
    E gone = get(index);
    node.end(property, inside, Objects.requireNonNull(gone));
    edit(elements().without(index));
    return gone;
  }

  /**
   * Takes an element to another place.
   *
   * @param to its index afterwards
   */
  public ListDraft<E> move(int from, int to) {
    Sequence<E> elements = elements();
    E element = elements.get(checked(from, elements.size()));
    return edit(elements.without(from).plus(checked(to, elements.size()), element));
  }

  private ListDraft<E> edit(Sequence<E> edited) {
    node.edit(property, edited);
    return this;
  }

  @SuppressWarnings("unchecked")
  private E fitting(E element) {
    node.requireOpen();
    Fit.require(inside, element, "an element of " + node.where(property));
    return (E) inside.freeze(Objects.requireNonNull(element));
  }

  @SuppressWarnings("unchecked")
  private Sequence<E> elements() {
    node.requireOpen();
    return Sequence.copyOf((List<E>) node.raw(property));
  }

  private int checked(int index, int end) {
    if (index < 0 || index >= end) {
      throw new Refused(
          node.where(property) + " has no index " + index + "; " + Children.range(end));
    }
    return index;
  }
}

package dev.parley.entities;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A set in a {@link Draft}: entities are told apart by lineage, values by {@code equals}. */
public final class SetDraft<E> {
  private final DraftNode node;
  private final Property property;
  private final Form inside;

  SetDraft(DraftNode node, Property property) {
    this.node = node;
    this.property = property;
    this.inside =
        switch (property.form()) {
          case ChildSet set -> set.inside();
          case Value.Distinct set -> set.inside();
          default -> throw new Refused(node.where(property) + " is no set");
        };
  }

  /** All elements, with all edits. */
  @SuppressWarnings("unchecked")
  public Set<E> all() {
    return (Set<E>) node.read(property);
  }

  public int size() {
    return elements().size();
  }

  /** Whether it has an element: for entities, one of the same lineage. */
  public boolean contains(E element) {
    return present(element) != null;
  }

  /** Adds an element, or another version of an entity that is there. */
  public SetDraft<E> add(E element) {
    node.requireOpen();
    Fit.require(inside, element, "an element of " + node.where(property));
    Object there = present(element);
    if (there == null || !Same.is(node.current(property, there), element)) {
      node.end(property, inside, element);
      node.edit(property, elements().with(element));
    }
    return this;
  }

  /** Takes an element out; says whether it was there. */
  public boolean remove(E element) {
    Object there = present(element);
    if (there == null) {
      return false;
    }
    node.end(property, inside, element);
    node.edit(
        property,
        element instanceof Entity child
            ? elements().withoutKey(child.lineage())
            : elements().without(element));
    return true;
  }

  private @Nullable Object present(E element) {
    Fit.require(inside, element, "an element of " + node.where(property));
    if (element instanceof Entity child) {
      return elements().at(child.lineage()).orElse(null);
    }
    return elements().contains(element) ? element : null;
  }

  @SuppressWarnings("unchecked")
  private Elements<E> elements() {
    node.requireOpen();
    Set<?> raw = (Set<?>) node.raw(property);
    return (Elements<E>) (inside instanceof Owned ? Contents.children(raw) : Contents.values(raw));
  }
}

package dev.parley.entities;

import java.util.List;
import java.util.Optional;

/** An optional in a {@link Draft}. */
public final class OptionalDraft<E> {
  private final DraftNode node;
  private final Property property;

  OptionalDraft(DraftNode node, Property property) {
    this.node = node;
    this.property = property;
    if (!(property.form() instanceof MaybeChild || property.form() instanceof Value.Maybe)) {
      throw new Refused(node.where(property) + " is no optional");
    }
  }

  /** What is in it, with all edits. */
  @SuppressWarnings("unchecked")
  public Optional<E> get() {
    return (Optional<E>) node.read(property);
  }

  /** Puts something in it, in the place of what is there. */
  public OptionalDraft<E> set(E element) {
    if (element == null) {
      throw new Refused(node.where(property) + " cannot be null; clear it");
    }
    if (get().filter(old -> Same.is(old, element)).isEmpty()) {
      node.write(property, Optional.of(element));
    }
    return this;
  }

  /** Takes out what is in it. */
  public Optional<E> clear() {
    Optional<E> old = get();
    node.write(property, Optional.empty());
    return old;
  }

  /**
   * The entity in it, to be edited.
   *
   * @throws Refused if it is empty, or holds no entity
   */
  public <C extends Entity> Draft<C> in(Class<C> type) {
    return node.child(property, List.of()).draft().as(type);
  }
}

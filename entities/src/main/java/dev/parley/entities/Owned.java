package dev.parley.entities;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Contents that hold entities. A child is found by its steps: none for a single child, an index in
 * a list, a key in a map, a lineage in a set, several in nested containers.
 */
sealed interface Owned extends Form permits ChildList, ChildMap, ChildSet, MaybeChild, OneChild {

  /** What is told of a child and its steps. */
  interface Sink {
    void child(List<Object> steps, Entity child);
  }

  /** Tells of every child. */
  void each(Object contents, List<Object> steps, Sink sink);

  /** What is told of children that differ, with their steps. */
  interface Told {
    void gone(List<Object> steps, Entity child);

    void come(List<Object> steps, Entity child);

    /** The same entity in the same place, but another object. */
    void stayed(List<Object> then, Entity before, List<Object> now, Entity after);
  }

  /** Tells of the children that differ, and does not look at what both share by reference. */
  void difference(@Nullable Object before, @Nullable Object after, List<Object> steps, Told told);

  /** The contents with another object in the place of a child. */
  Object replace(Object contents, List<Object> steps, Entity now);

  /**
   * Frozen contents that share with those before whatever is the same.
   *
   * @param before frozen contents
   */
  Object rebase(Object before, Object given);

  /** Contents without what is at a step. */
  Object without(Object contents, Object step);

  /** Contents with something inserted at a step (or, in maps and single places, put there). */
  Object plus(Object contents, Object step, Object inside);

  /** The child at some steps, if there is one. */
  @Nullable Entity child(Object contents, List<Object> steps);

  /** Contents that are just this entity; only for single places. */
  default Object holding(Entity entity) {
    throw new IllegalStateException("a container holds its children at steps");
  }

  /** Contents of this form with nothing in them; absent for a single child. */
  Optional<Object> empty();

  /** Whether children are found by one step at most, so that edits tell all of a change. */
  default boolean isFlat() {
    return true;
  }

  /** Whether the last step to a child is an index that other children push. */
  default boolean endsInList() {
    return false;
  }

  static List<Object> step(List<Object> steps, Object next) {
    if (steps.isEmpty()) {
      return List.of(next);
    }
    List<Object> longer = new ArrayList<>(steps);
    longer.add(next);
    return List.copyOf(longer);
  }

  static List<Object> rest(List<Object> steps) {
    return steps.subList(1, steps.size());
  }
}

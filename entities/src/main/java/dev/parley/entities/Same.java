package dev.parley.entities;

import org.jspecify.annotations.Nullable;

/** Whether a write would change anything. */
final class Same {
  private Same() {}

  /** Equal values; for entities, the same one with the same contents. */
  static boolean is(@Nullable Object old, @Nullable Object given) {
    if (old == given) {
      return true;
    }
    if (old instanceof Entity one && given instanceof Entity other) {
      return one.lineage().equals(other.lineage()) && Diff.between(one, other).isEmpty();
    }
    return old != null && !(old instanceof Entity) && old.equals(given);
  }
}

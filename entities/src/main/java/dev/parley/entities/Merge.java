package dev.parley.entities;

import java.util.List;

/**
 * What two lines of versions make of one tree together: the changes of the one are rewritten for
 * the tree of the other and applied to it. Costs what both changed.
 *
 * <p>Both may do the same. Where only one of them removes, moves or changes something, that is
 * done. A list keeps the order of ours; what theirs put into it follows what it follows in theirs,
 * after what ours put there. Whatever cannot both be is a {@link Conflict}.
 *
 * @param merged the tree with both lines' changes; ours alone where they collide
 */
record Merge<T extends Entity>(T merged, List<Conflict> conflicts) {

  /**
   * Merges what theirs changed since the base into ours.
   *
   * @throws Refused if the three are not versions of one entity
   */
  static <T extends Entity> Merge<T> of(Entity base, T ours, Entity theirs) {
    Side one = Side.of(base, ours);
    Side other = Side.of(base, theirs);
    List<Conflict> conflicts = Collisions.between(one, other);
    return conflicts.isEmpty()
        ? new Merge<>(new Transfer(one, other).diff().applyTo(ours), conflicts)
        : new Merge<>(ours, conflicts);
  }

  T orConflicted() {
    if (!conflicts.isEmpty()) {
      throw new Conflicted(conflicts);
    }
    return merged;
  }
}

package dev.parley.entities;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * New versions of one or several trees, ready to be kept all together or not at all.
 *
 * @param heads what becomes of the roots
 * @param revisions what becomes of every entity that changed; owners before what they own
 */
public record Commit(Stamp stamp, List<Head> heads, List<Revision> revisions) {

  /**
   * What becomes of one root.
   *
   * @param base the version that must be the head for this to be kept; none if there must be no
   *     head
   * @param before the version that was the head
   * @param root the new version; absent if the tree ends: its root was removed or has an owner now
   */
  public record Head(
      Lineage lineage,
      Branch branch,
      OptionalLong base,
      Optional<Entity> before,
      Optional<Entity> root,
      OptionalLong merged) {

    /** What changed in this tree; nothing if it begins or ends. */
    public Optional<Diff> diff() {
      return before.flatMap(old -> root.map(now -> Diff.between(old, now)));
    }
  }

  /** Whether nothing changed, so that there is nothing to keep. */
  public boolean isEmpty() {
    return heads.isEmpty();
  }

  /** The new version of a tree; absent if this commit does not change it. */
  public Optional<Entity> root(Lineage lineage) {
    for (Head head : heads) {
      if (head.lineage().equals(lineage)) {
        return head.root();
      }
    }
    return Optional.empty();
  }
}

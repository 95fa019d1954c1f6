package dev.parley.entities;

import java.util.OptionalLong;

/**
 * One version of a tree.
 *
 * @param parent the version that it was made from
 * @param merged the version of another branch that was merged into it
 */
public record Version<T extends Entity>(
    T root, Branch branch, Stamp stamp, OptionalLong parent, OptionalLong merged) {

  public long number() {
    return stamp.version();
  }
}

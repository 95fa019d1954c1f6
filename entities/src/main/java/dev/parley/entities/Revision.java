package dev.parley.entities;

import java.util.Optional;

/**
 * What one commit did to one entity, root or not.
 *
 * @param place where the entity is since; absent if it was removed
 * @param node the entity as it is since, or as it was when it was removed
 */
public record Revision(
    Lineage lineage, Branch branch, Stamp stamp, Act act, Optional<Place> place, Entity node) {

  /** What was done. */
  public enum Act {
    CREATED,
    /** The entity or something below it has another content. */
    CHANGED,
    /** Another owner, component or key; perhaps another content as well. */
    MOVED,
    REMOVED
  }
}

package dev.parley.entities;

/**
 * What two lines of versions did to one entity that cannot both be.
 *
 * @param property the component that is disputed, with the key in it if it has one; empty for the
 *     entity as a whole
 */
public record Conflict(
    Lineage lineage, String property, Reason reason, Change ours, Change theirs) {

  /** Why it cannot be both. */
  public enum Reason {
    /** Both changed a value, to different ones. */
    BOTH_MODIFIED("both changed"),
    /** One removed what the other changed, moved or put something into. */
    REMOVED_AND_CHANGED("one removed, the other changed"),
    /** One made another type of what the other changed in itself. */
    RETYPED_AND_CHANGED("one made another type of, the other changed"),
    /** Both added one and the same entity, with different contents or at different places. */
    BOTH_ADDED("both added, differently,"),
    /** Both moved an entity, to different places. */
    BOTH_MOVED("both moved"),
    /** Both put something at the same key or single place. */
    BOTH_PUT("both put something at"),
    /** Both made another type of an entity, differently. */
    BOTH_RETYPED("both made another type of"),
    /** Both changed the structure of nested containers, differently. */
    BOTH_REARRANGED("both rearranged"),
    /** Together the moves would make an entity own itself. */
    CYCLE("together the moves would put into itself");

    private final String words;

    Reason(String words) {
      this.words = words;
    }
  }

  /** The same, seen from the other side. */
  Conflict swapped() {
    return new Conflict(lineage, property, reason, theirs, ours);
  }

  @Override
  public String toString() {
    return reason.words + " @" + lineage + (property.isEmpty() ? "" : "." + property);
  }
}

package dev.parley.entities;

/**
 * A node of a versioned tree. Implemented by records that have one component {@code Identity id};
 * components whose type holds entities (directly, or in {@code Optional}, {@code List}, {@code
 * Set}, {@code Map} and nested ones) are owned children, all others are values.
 */
public interface Entity {
  Identity id();

  /** What all versions of this entity have in common. */
  default Lineage lineage() {
    return id().lineage();
  }
}

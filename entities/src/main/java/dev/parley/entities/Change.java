package dev.parley.entities;

/** One difference between two trees. Every change knows its inverse. */
public sealed interface Change {

  /** The entity that differs. */
  Lineage lineage();

  /** What takes it back. */
  Change inverse();

  /** An entity that the old tree did not have. Told of each, also of those below another one. */
  record Added(Place place, Entity entity) implements Change {
    @Override
    public Lineage lineage() {
      return entity.lineage();
    }

    @Override
    public Change inverse() {
      return new Removed(place, entity);
    }
  }

  /** An entity that the new tree does not have. */
  record Removed(Place place, Entity entity) implements Change {
    @Override
    public Lineage lineage() {
      return entity.lineage();
    }

    @Override
    public Change inverse() {
      return new Added(place, entity);
    }
  }

  /** An entity that has another owner, is in another component of it or under another key. */
  record Moved(Lineage lineage, Place from, Place to) implements Change {
    @Override
    public Change inverse() {
      return new Moved(lineage, to, from);
    }
  }

  /**
   * An entity that changed its place within one list. Others that have another index, because
   * something was inserted before them, are not told of.
   */
  record Reordered(Lineage lineage, Place from, Place to) implements Change {
    @Override
    public Change inverse() {
      return new Reordered(lineage, to, from);
    }
  }

  /** A value that differs. */
  record Modified(Lineage lineage, String property, Object before, Object after) implements Change {
    @Override
    public Change inverse() {
      return new Modified(lineage, property, after, before);
    }
  }

  /** An entity that became a record of another type. */
  record Retyped(Place place, Entity before, Entity after) implements Change {
    @Override
    public Lineage lineage() {
      return after.lineage();
    }

    @Override
    public Change inverse() {
      return new Retyped(place, after, before);
    }
  }

  /**
   * Nested containers whose structure changed: lists in lists, lists in maps. They have no
   * identity, so the whole component is told of, with lineages in the place of entities.
   */
  record Rearranged(Lineage lineage, String property, Object before, Object after)
      implements Change {
    @Override
    public Change inverse() {
      return new Rearranged(lineage, property, after, before);
    }
  }
}

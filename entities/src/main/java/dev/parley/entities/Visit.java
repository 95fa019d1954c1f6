package dev.parley.entities;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node of a new tree that is not, by reference, the node that the old tree had. */
final class Visit {
  /** The same entity in the old tree; none for a new one. */
  final @Nullable Entity old;

  final Entity now;
  final @Nullable Visit owner;
  final @Nullable Property property;
  final Place place;

  /** Where the old tree had it. */
  final @Nullable Place before;

  final Kind kind;

  /** The new contents, frozen, by component. */
  final Object[] contents;

  final List<Change.Modified> modified = new ArrayList<>();
  private boolean changed;
  private @Nullable Entity result;

  Visit(Comparison.@Nullable Found then, Comparison.Found found) {
    this.old = then == null ? null : then.node();
    this.before = then == null ? null : then.place();
    this.now = found.node();
    this.owner = found.owner();
    this.property = found.property();
    this.place = found.place();
    this.kind = Kind.of(now);
    this.contents = new Object[kind.properties().size()];
    this.changed = old == null;
  }

  boolean isFresh() {
    return old == null;
  }

  boolean isRetyped() {
    return old != null && old.getClass() != now.getClass();
  }

  Lineage lineage() {
    return now.lineage();
  }

  /** Notes that the node differs from the old one in itself, not only below. */
  void alter() {
    changed = true;
  }

  boolean isChanged() {
    return changed;
  }

  /** The node as it will be kept: the old object if nothing changed. */
  Entity result() {
    return result == null ? now : result;
  }

  /** Makes the result; all children must have settled before. */
  void settle(long version) {
    Entity settled = changed || old == null ? make(version) : old;
    result = settled;
    spread();
    if (owner != null && property != null) {
      owner.take(this, property, settled);
    }
  }

  /** Tells the owner that something below it changed. */
  void spread() {
    if (owner != null) {
      owner.changed |= changed;
    }
  }

  private Entity make(long version) {
    return kind.make(Identity.of(now.lineage(), version), contents);
  }

  private void take(Visit child, Property through, Entity settled) {
    if (settled != child.now) {
      Owned form = (Owned) through.form();
      contents[through.index()] =
          form.replace(contents[through.index()], child.place.steps(), settled);
    }
  }
}

package dev.parley.entities;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one of two lines of versions did to a tree, found by the entities that it did it to. */
final class Side {
  /** A component of an entity. */
  record Component(Lineage owner, String property) {
    static Component of(Place place) {
      return new Component(place.owner().orElseThrow(), place.property());
    }
  }

  private final Diff diff;
  private final Map<Lineage, Place> before = new HashMap<>();
  private final Map<Lineage, Place> after = new HashMap<>();
  private final Map<Lineage, Change.Removed> removed = new HashMap<>();
  private final Map<Lineage, Change> placed = new HashMap<>();
  private final Map<Lineage, Change.Retyped> retyped = new HashMap<>();
  private final Map<Component, Change> valued = new HashMap<>();
  private final Map<Lineage, Entity> base = new HashMap<>();
  private final Map<Lineage, Entity> tree = new HashMap<>();

  private Side(Diff diff) {
    this.diff = diff;
    diff.changes().forEach(this::note);
    diff.touched()
        .forEach((lineage, spot) -> {
          spot.before().ifPresent(place -> before.put(lineage, place));
          spot.after().ifPresent(place -> after.put(lineage, place));
        });
  }

  /**
   * @throws Refused if both are not versions of one entity, or an entity is at two places
   */
  static Side of(Entity base, Entity given) {
    if (!base.lineage().equals(given.lineage())) {
      throw new Refused(base.id() + " and " + given.id() + " are not versions of one entity");
    }
    Comparison comparison = new Comparison().between(base, given).walk().settle(0);
    Side side = new Side(Diff.of(base.lineage(), comparison));
    side.base.put(base.lineage(), base);
    side.tree.put(base.lineage(), base == given ? base : comparison.visits().getFirst().result());
    return side;
  }

  private void note(Change change) {
    switch (change) {
      case Change.Added added -> place(added, added.place());
      case Change.Moved moved -> move(moved, moved.from(), moved.to());
      case Change.Reordered moved -> move(moved, moved.from(), moved.to());
      case Change.Removed gone -> {
        removed.put(gone.lineage(), gone);
        before.put(gone.lineage(), gone.place());
      }
      case Change.Retyped other -> retyped.put(other.lineage(), other);
      case Change.Modified value ->
          valued.put(new Component(value.lineage(), value.property()), value);
      case Change.Rearranged nested ->
          valued.put(new Component(nested.lineage(), nested.property()), nested);
    }
  }

  private void move(Change change, Place from, Place to) {
    before.put(change.lineage(), from);
    place(change, to);
  }

  private void place(Change change, Place to) {
    placed.put(change.lineage(), change);
    after.put(change.lineage(), to);
  }

  Diff diff() {
    return diff;
  }

  boolean hasRemoved(Lineage lineage) {
    return removed.containsKey(lineage);
  }

  Change.@Nullable Removed removed(Lineage lineage) {
    return removed.get(lineage);
  }

  Change.@Nullable Retyped retyped(Lineage lineage) {
    return retyped.get(lineage);
  }

  /** How an entity came to its place: added, moved or reordered; null if it stayed. */
  @Nullable Change placed(Lineage lineage) {
    return placed.get(lineage);
  }

  /** Everything that came to a place. */
  Map<Lineage, Change> placed() {
    return placed;
  }

  /** How a value or the structure of nested containers changed. */
  @Nullable Change valued(Lineage lineage, String property) {
    return valued.get(new Component(lineage, property));
  }

  /** Where the base has an entity; null if that is not known here, as nothing happened to it. */
  @Nullable Place before(Lineage lineage) {
    return before.get(lineage);
  }

  /** Where this side has an entity; null if nothing but its neighbours changed. */
  @Nullable Place after(Lineage lineage) {
    return after.get(lineage);
  }

  /** An entity that this side touched, as the base has it. */
  Entity inBase(Lineage lineage) {
    return find(lineage, base, before);
  }

  /** An entity that this side touched, as it has it, sharing with the base what is the same. */
  Entity inTree(Lineage lineage) {
    return find(lineage, tree, after);
  }

  /** The form of the component that a place on this side is in. */
  Owned form(Place place) {
    return form(inTree(place.owner().orElseThrow()), place.property());
  }

  /** Whether a move is within nested containers, which are told of as a whole. */
  boolean isNested(Change.Moved moved) {
    return moved.from().isBeside(moved.to()) && !form(moved.to()).isFlat();
  }

  /** What comes before a place in a list of this side. */
  Optional<Lineage> predecessor(Place place) {
    int index = (int) place.steps().getFirst();
    return index == 0
        ? Optional.empty()
        : Optional.of(((Entity) list(Component.of(place)).get(index - 1)).lineage());
  }

  /** A list of an entity that this side touched. */
  Sequence<Object> list(Component component) {
    return Sequence.copyOf(Contents.list(contents(inTree(component.owner), component.property)));
  }

  /** The same list as the base has it. */
  Sequence<Object> listInBase(Component component) {
    return Sequence.copyOf(Contents.list(contents(inBase(component.owner), component.property)));
  }

  static Owned form(Entity owner, String property) {
    return (Owned) Kind.of(owner).property(property).orElseThrow().form();
  }

  static Object contents(Entity owner, String property) {
    return Kind.of(owner).property(property).orElseThrow().of(owner);
  }

  private static Entity find(
      Lineage wanted, Map<Lineage, Entity> known, Map<Lineage, Place> places) {
    Deque<Lineage> way = new ArrayDeque<>();
    for (Lineage next = wanted; !known.containsKey(next); next = owner(next, places)) {
      way.push(next);
    }
    while (!way.isEmpty()) {
      Lineage next = way.pop();
      Place place = Optional.ofNullable(places.get(next)).orElseThrow();
      Entity owner = Optional.ofNullable(known.get(owner(next, places))).orElseThrow();
      known.put(next, child(owner, place));
    }
    return Optional.ofNullable(known.get(wanted)).orElseThrow();
  }

  private static Lineage owner(Lineage lineage, Map<Lineage, Place> places) {
    return Optional.ofNullable(places.get(lineage)).flatMap(Place::owner).orElseThrow();
  }

  private static Entity child(Entity owner, Place place) {
    Object contents = contents(owner, place.property());
    Entity child = form(owner, place.property()).child(contents, place.steps());
    return Optional.ofNullable(child).orElseThrow();
  }
}

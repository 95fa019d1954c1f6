package dev.parley.entities;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is done with a tree whatever its types: going through it, exchanging one entity in it. */
public final class Tree {
  private Tree() {}

  /** Tells of the root and of everything below it, owners before what they own. */
  public static void each(Entity root, Consumer<Entity> sink) {
    Deque<Entity> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      Entity next = open.pop();
      sink.accept(next);
      for (Property property : Kind.of(next).owned()) {
        ((Owned) property.form())
            .each(property.of(next), List.of(), (steps, child) -> open.push(child));
      }
    }
  }

  /**
   * The tree with the next version of an entity in the place of the one that it is based on.
   *
   * @param way from the root to the entity, as {@link Repository#way} finds it
   * @throws HeadMoved if the tree has another version of the entity than the base, or none
   */
  public static Entity with(Entity root, List<Revision> way, Entity next) {
    return rebuilt(root, way, next, (form, at) -> form.replace(at.contents(), at.steps(), next));
  }

  /**
   * The tree without an entity.
   *
   * @param way from the root to the entity, as {@link Repository#way} finds it
   * @throws HeadMoved if the tree has another version of the entity than the given one, or none
   * @throws Refused if its owner cannot be without it
   */
  public static Entity without(Entity root, List<Revision> way, Entity gone) {
    return rebuilt(root, way, gone, (form, at) -> at.without(form));
  }

  /**
   * Where each entity on a way is in its owner now; not the root.
   *
   * @param way from the root to an entity, as {@link Repository#way} finds it
   * @throws HeadMoved if the tree has another version of the last one, or none
   */
  static List<Place> places(Entity root, List<Revision> way) {
    return spots(root, way, way.getLast().node()).stream()
        .map(spot -> Place.in(spot.owner().lineage(), spot.property(), spot.steps()))
        .toList();
  }

  /** Where an entity is in its owner. */
  private record Spot(Entity owner, Property property, List<Object> steps, Entity child) {
    Object contents() {
      return property.of(owner);
    }

    Entity with(Object contents) {
      Object[] all = Kind.of(owner).read(owner);
      all[property.index()] = contents;
      return Kind.of(owner).make(owner.id(), all);
    }

    Object without(Owned form) {
      if (steps.size() == 1) {
        return form.without(contents(), steps.getFirst());
      }
      return form.empty()
          .filter(nothing -> steps.isEmpty())
          .orElseThrow(() ->
              new Refused(
                  child.id() + " cannot be taken out of " + owner.id() + "." + property.name()));
    }
  }

  private static Entity rebuilt(
      Entity root, List<Revision> way, Entity given, BiFunction<Owned, Spot, Object> edit) {
    List<Spot> spots = spots(root, way, given);
    Spot last = spots.getLast();
    Entity rebuilt = last.with(edit.apply((Owned) last.property().form(), last));
    for (int i = spots.size() - 2; i >= 0; i--) {
      Spot spot = spots.get(i);
      Owned form = (Owned) spot.property().form();
      rebuilt = spot.with(form.replace(spot.contents(), spot.steps(), rebuilt));
    }
    return rebuilt;
  }

  private static List<Spot> spots(Entity root, List<Revision> way, Entity given) {
    List<Spot> spots = new ArrayList<>(way.size());
    Entity owner = root;
    for (Revision next : way.subList(1, way.size())) {
      Spot spot = spot(owner, next);
      if (spot == null) {
        throw new HeadMoved(given.lineage(), given.id().version(), 0);
      }
      spots.add(spot);
      owner = spot.child();
    }
    if (owner.id().version() != given.id().version()) {
      throw new HeadMoved(given.lineage(), given.id().version(), owner.id().version());
    }
    return spots;
  }

  /** An index may be another one by now: what was inserted before it tells nothing of it. */
  private static @Nullable Spot spot(Entity owner, Revision of) {
    Place place = of.place().orElse(Place.ROOT);
    Property property = Kind.of(owner).property(place.property()).orElse(null);
    if (property == null || !(property.form() instanceof Owned form)) {
      return null;
    }
    Object contents = property.of(owner);
    Entity child = form.child(contents, place.steps());
    if (child != null && child.lineage().equals(of.lineage())) {
      return new Spot(owner, property, place.steps(), child);
    }
    List<Spot> found = new ArrayList<>(1);
    form.each(
        contents,
        List.of(),
        (steps, other) -> {
          if (other.lineage().equals(of.lineage())) {
            found.add(new Spot(owner, property, steps, other));
          }
        });
    return found.isEmpty() ? null : found.getFirst();
  }
}

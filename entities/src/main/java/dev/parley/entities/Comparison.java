package dev.parley.entities;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is different between old and new trees, found by walking only where references differ.
 *
 * <p>Nodes that left one place and nodes that came to another are collected and joined by lineage:
 * what is in both has moved, within a tree or between two. A node that is left over on the new side
 * is new, with everything below; one that is left over on the old side is gone, with everything
 * below that was not found elsewhere.
 */
final class Comparison {
  /** A node and where it was found. */
  record Found(Entity node, Place place, @Nullable Visit owner, @Nullable Property property) {
    Lineage lineage() {
      return node.lineage();
    }
  }

  /** A node that was found at two places; perhaps only at two indexes of one list. */
  record Move(Entity node, Place from, Place to, boolean isInList) {}

  /** A property of nested containers whose structure changed. */
  record Rearrangement(Visit bearer, Property property, Object before) {}

  private final List<Visit> visits = new ArrayList<>();
  private final Deque<Visit> open = new ArrayDeque<>();
  private final Deque<Found> come = new ArrayDeque<>();
  private final Map<Lineage, Found> gone = new LinkedHashMap<>();
  private final Map<Lineage, Place> placed = new HashMap<>();
  private final Set<Lineage> claimed = new HashSet<>();
  private final Map<Lineage, Found> rescued = new LinkedHashMap<>();
  private final List<Move> moves = new ArrayList<>();
  private final List<Rearrangement> rearrangements = new ArrayList<>();
  private boolean allGoneIsKnown;

  /** Compares two versions of one tree, or of two trees with the same root. */
  Comparison between(Entity before, Entity after) {
    if (before != after) {
      place(after.lineage(), Place.ROOT);
      visit(new Found(before, Place.ROOT, null, null), new Found(after, Place.ROOT, null, null));
    }
    return this;
  }

  /** Adds a root that was none before: a new tree, or a node that is promoted. */
  Comparison withNewRoot(Entity root) {
    come(new Found(root, Place.ROOT, null, null));
    return this;
  }

  /** Adds a root that is none any more. */
  Comparison withoutRoot(Entity root) {
    gone(new Found(root, Place.ROOT, null, null));
    return this;
  }

  /**
   * Walks.
   *
   * @throws Refused if an entity is at two places
   */
  Comparison walk() {
    drain();
    while (joinWhatCameAndWent()) {
      drain();
    }
    knowAllThatIsGone();
    while (!come.isEmpty()) {
      arrive(come.poll());
      drain();
    }
    rescued.values().forEach(this::requireNoLongerThere);
    return this;
  }

  /** Gives every changed node its result: records of the new version that share all the rest. */
  Comparison settle(long version) {
    for (int i = visits.size() - 1; i >= 0; i--) {
      visits.get(i).settle(version);
    }
    return this;
  }

  /** Finds out which nodes changed below, without making any records. */
  Comparison spread() {
    for (int i = visits.size() - 1; i >= 0; i--) {
      visits.get(i).spread();
    }
    return this;
  }

  /** Whether a node of the new tree is none of the old one, so that its new record is told of. */
  boolean hasNewNodes() {
    for (Visit visit : visits) {
      if (visit.isFresh() || visit.isRetyped()) {
        return true;
      }
    }
    return false;
  }

  /** Nodes that were looked at, owners before what they own. */
  List<Visit> visits() {
    return visits;
  }

  /** Nodes that left their tree, with all that was below and left with them. */
  Map<Lineage, Found> removed() {
    return gone;
  }

  List<Move> moves() {
    return moves;
  }

  List<Rearrangement> rearrangements() {
    return rearrangements;
  }

  private void drain() {
    while (!open.isEmpty()) {
      Visit next = open.pop();
      if (next.old == null) {
        enter(next);
      } else if (next.isRetyped()) {
        retype(next, next.old);
      } else {
        compare(next, next.old);
      }
    }
  }

  private void visit(@Nullable Found then, Found now) {
    Visit visit = new Visit(then, now);
    if (then != null && then.place() != Place.ROOT && now.place() == Place.ROOT) {
      visit.alter();
    }
    visits.add(visit);
    open.push(visit);
  }

  private void compare(Visit visit, Entity old) {
    for (Property property : visit.kind.values()) {
      compareValues(visit, old, property);
    }
    for (Property property : visit.kind.owned()) {
      compareChildren(visit, old, property);
    }
  }

  private static void compareValues(Visit visit, Entity old, Property property) {
    Object before = property.of(old);
    Object after = property.of(visit.now);
    if (before == after || before.equals(after)) {
      visit.contents[property.index()] = before;
      return;
    }
    Object frozen = property.freeze(visit.now, after);
    visit.contents[property.index()] = frozen;
    visit.modified.add(new Change.Modified(visit.lineage(), property.name(), before, frozen));
    visit.alter();
  }

  private void compareChildren(Visit visit, Entity old, Property property) {
    Owned form = (Owned) property.form();
    Object was = property.of(old);
    Object given = property.of(visit.now);
    Object before = form.freeze(was);
    Object after = was == given ? before : property.rebase(visit.now, before, given);
    visit.contents[property.index()] = after;
    if (before == after) {
      return;
    }
    if (!form.isFlat() && Skeleton.differs(form, before, after)) {
      rearrangements.add(new Rearrangement(visit, property, before));
      visit.alter();
    }
    Children children = new Children(visit, property);
    form.difference(before, after, List.of(), children);
    children.match();
  }

  private static Found found(Visit owner, Property property, List<Object> steps, Entity child) {
    return new Found(child, Place.in(owner.lineage(), property, steps), owner, property);
  }

  private void meet(Found before, Found after) {
    place(after.lineage(), after.place());
    if (before.node() != after.node()) {
      visit(before, after);
    }
  }

  /** Finds out which children of one property stayed, changed places, left and came. */
  private final class Children implements Owned.Told {
    private final Visit bearer;
    private final Property property;
    private final Owned form;
    private final Map<Lineage, Found> left = new LinkedHashMap<>(2);
    private final List<Found> arrived = new ArrayList<>(2);

    Children(Visit bearer, Property property) {
      this.bearer = bearer;
      this.property = property;
      this.form = (Owned) property.form();
    }

    @Override
    public void gone(List<Object> steps, Entity child) {
      left.put(child.lineage(), found(bearer, property, steps, child));
    }

    @Override
    public void come(List<Object> steps, Entity child) {
      arrived.add(found(bearer, property, steps, child));
    }

    @Override
    public void stayed(List<Object> then, Entity before, List<Object> now, Entity after) {
      meet(found(bearer, property, then, before), found(bearer, property, now, after));
    }

    void match() {
      if (!left.isEmpty() || !arrived.isEmpty()) {
        bearer.alter();
      }
      for (Found now : arrived) {
        Found then = left.remove(now.lineage());
        if (then == null) {
          Comparison.this.come(now);
        } else {
          rearranged(then, now);
        }
      }
      left.values().forEach(Comparison.this::gone);
    }

    /** A new order in nested containers is told of as a whole. */
    private void rearranged(Found then, Found now) {
      boolean isInList = form.endsInList() && then.place().differsInLastStep(now.place());
      if (!isInList || form.isFlat()) {
        moves.add(new Move(now.node(), then.place(), now.place(), isInList));
      }
      meet(then, now);
    }
  }

  private void retype(Visit visit, Entity old) {
    visit.alter();
    enter(visit);
    Kind before = Kind.of(old);
    for (Property property : before.owned()) {
      ((Owned) property.form())
          .each(
              property.of(old),
              List.of(),
              (steps, child) -> gone(found(visit, property, steps, child)));
    }
  }

  private void enter(Visit visit) {
    for (Property property : visit.kind.values()) {
      visit.contents[property.index()] = property.freeze(visit.now, property.of(visit.now));
    }
    for (Property property : visit.kind.owned()) {
      Owned form = (Owned) property.form();
      Object frozen = property.freeze(visit.now, property.of(visit.now));
      visit.contents[property.index()] = frozen;
      form.each(frozen, List.of(), (steps, child) -> come(found(visit, property, steps, child)));
    }
  }

  private void come(Found found) {
    place(found.lineage(), found.place());
    come.add(found);
  }

  private void gone(Found found) {
    rescued.remove(found.lineage());
    if (!allGoneIsKnown) {
      gone.put(found.lineage(), found);
    } else {
      descend(found);
    }
  }

  private void place(Lineage lineage, Place place) {
    Place other = placed.putIfAbsent(lineage, place);
    if (other != null) {
      throw twoPlaces(lineage, other, place);
    }
  }

  private static Refused twoPlaces(Lineage lineage, Place one, Place other) {
    return new Refused("@" + lineage + " is at two places: " + one + " and " + other);
  }

  private boolean joinWhatCameAndWent() {
    boolean joined = false;
    for (Iterator<Found> rest = come.iterator(); rest.hasNext(); ) {
      Found now = rest.next();
      Found then = gone.remove(now.lineage());
      if (then != null) {
        rest.remove();
        join(then, now);
        joined = true;
      }
    }
    return joined;
  }

  private void join(Found then, Found now) {
    claimed.add(now.lineage());
    if (!then.place().equals(now.place())) {
      moves.add(new Move(now.node(), then.place(), now.place(), false));
    }
    if (then.node() != now.node() || now.owner() == null) {
      visit(then, now);
    }
  }

  private void knowAllThatIsGone() {
    List<Found> tops = List.copyOf(gone.values());
    allGoneIsKnown = true;
    tops.forEach(this::descend);
  }

  /** Notes a node and all below as gone, but for those that were found elsewhere before. */
  private void descend(Found top) {
    Deque<Found> below = new ArrayDeque<>(List.of(top));
    while (!below.isEmpty()) {
      Found next = below.pop();
      if (claimed.contains(next.lineage())) {
        continue;
      }
      gone.put(next.lineage(), next);
      eachChild(next.node(), below::push);
    }
  }

  private static void eachChild(Entity node, Consumer<Found> sink) {
    for (Property property : Kind.of(node).owned()) {
      ((Owned) property.form())
          .each(
              property.of(node),
              List.of(),
              (steps, child) ->
                  sink.accept(
                      new Found(child, Place.in(node.lineage(), property, steps), null, null)));
    }
  }

  private void arrive(Found now) {
    Found then = gone.remove(now.lineage());
    if (then == null) {
      visit(null, now);
    } else {
      if (then.owner() == null && then.place() != Place.ROOT) {
        rescued.put(then.lineage(), then);
      }
      withdraw(then.node());
      join(then, now);
    }
  }

  /** What was found below something gone is still there if that has come back as it was. */
  private void requireNoLongerThere(Found then) {
    if (then.place().owner().filter(gone::containsKey).isEmpty()) {
      throw twoPlaces(
          then.lineage(), then.place(), placed.getOrDefault(then.lineage(), Place.ROOT));
    }
  }

  /** What is below a node that was found again is not gone, unless it turns out so. */
  private void withdraw(Entity top) {
    Deque<Entity> below = new ArrayDeque<>(List.of(top));
    while (!below.isEmpty()) {
      eachChild(
          below.pop(),
          child -> {
            if (gone.remove(child.lineage()) != null) {
              below.push(child.node());
            }
          });
    }
  }
}

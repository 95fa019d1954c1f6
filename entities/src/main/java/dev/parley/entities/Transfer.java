package dev.parley.entities;

import dev.parley.entities.Side.Component;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Rewrites what theirs did to the base into what must be done to ours: without what ours did, too,
 * and with each place as it is in ours and will be in the merged tree. Both sides must not collide.
 */
final class Transfer {
  private record Nested(Side side, Component component) {}

  private final Side ours;
  private final Side theirs;
  private final List<Change> open;
  private final Set<Lineage> whole = new HashSet<>();
  private final Set<Component> rearranged = new HashSet<>();
  private final Set<Lineage> coming = new HashSet<>();
  private final Map<Component, Shift> shifts = new HashMap<>();
  private final Map<Component, ListMerge> lists = new HashMap<>();
  private final Map<Nested, Map<Lineage, List<Object>>> nested = new HashMap<>();
  private final Map<Lineage, Diff.Spot> touched = new LinkedHashMap<>();

  Transfer(Side ours, Side theirs) {
    this.ours = ours;
    this.theirs = theirs;
    this.open = theirs.diff().changes().stream().filter(this::isOpen).toList();
    for (Change change : open) {
      if (change instanceof Change.Added || change instanceof Change.Retyped) {
        whole.add(change.lineage());
      }
      if (change instanceof Change.Rearranged nesting) {
        rearranged.add(new Component(nesting.lineage(), nesting.property()));
      }
    }
  }

  /** The difference between ours and the merged tree. */
  Diff diff() {
    editLists();
    List<Change> changes = open.stream().map(this::rewritten).toList();
    touch();
    return new Diff(theirs.diff().root(), changes, touched);
  }

  /** Whether a change is still to be done: what ours did is not. */
  private boolean isOpen(Change change) {
    Lineage lineage = change.lineage();
    return switch (change) {
      case Change.Added _ -> !(ours.placed(lineage) instanceof Change.Added);
      case Change.Removed _ -> !ours.hasRemoved(lineage);
      case Change.Moved _ -> !(ours.placed(lineage) instanceof Change.Moved);
      case Change.Reordered _ -> ours.placed(lineage) == null && !ours.hasRemoved(lineage);
      case Change.Retyped _ -> ours.retyped(lineage) == null;
      case Change.Modified m -> ours.valued(lineage, m.property()) == null;
      case Change.Rearranged r -> ours.valued(lineage, r.property()) == null;
    };
  }

  private Change rewritten(Change change) {
    Lineage lineage = change.lineage();
    return switch (change) {
      case Change.Added added -> new Change.Added(merged(lineage), added.entity());
      case Change.Removed gone -> new Change.Removed(inOurs(lineage), gone.entity());
      case Change.Moved _ -> new Change.Moved(lineage, inOurs(lineage), merged(lineage));
      case Change.Reordered _ -> new Change.Reordered(lineage, inOurs(lineage), merged(lineage));
      case Change.Retyped other ->
          new Change.Retyped(merged(lineage), other.before(), other.after());
      case Change.Modified _, Change.Rearranged _ -> change;
    };
  }

  /** Notes what theirs does to which list, so that all indexes in the merged tree are known. */
  private void editLists() {
    Map<Component, SortedMap<Integer, Lineage>> come = new LinkedHashMap<>();
    Map<Component, SortedSet<Integer>> gone = new LinkedHashMap<>();
    for (Change change : open) {
      Lineage lineage = change.lineage();
      if (comes(change)) {
        Place to = Objects.requireNonNull(theirs.after(lineage));
        coming.add(lineage);
        list(to)
            .ifPresent(l -> come.computeIfAbsent(l, _ -> new TreeMap<>()).put(index(to), lineage));
      }
      if (goes(change)) {
        list(Objects.requireNonNull(theirs.before(lineage)))
            .ifPresent(
                l -> gone.computeIfAbsent(l, _ -> new TreeSet<>()).add(index(inOurs(lineage))));
      }
    }
    Set<Component> edited = new LinkedHashSet<>(come.keySet());
    edited.addAll(gone.keySet());
    for (Component list : edited) {
      lists.put(
          list,
          merge(
              list,
              come.getOrDefault(list, Collections.emptySortedMap()),
              gone.getOrDefault(list, Collections.emptySortedSet())));
    }
  }

  private static boolean comes(Change change) {
    return change instanceof Change.Added || isMove(change);
  }

  private static boolean goes(Change change) {
    return change instanceof Change.Removed || isMove(change);
  }

  private static boolean isMove(Change change) {
    return change instanceof Change.Moved || change instanceof Change.Reordered;
  }

  /** The list that a place is in, if it is in one that is edited step by step. */
  private Optional<Component> list(Place place) {
    return place
        .owner()
        .filter(owner -> !whole.contains(owner) && !theirs.hasRemoved(owner))
        .filter(owner -> isList(Side.form(theirs.inTree(owner), place.property())))
        .map(_ -> Component.of(place));
  }

  private static boolean isList(Owned form) {
    return form instanceof ChildList && form.isFlat();
  }

  private static int index(Place place) {
    return (int) place.steps().getFirst();
  }

  private ListMerge merge(
      Component list, SortedMap<Integer, Lineage> come, SortedSet<Integer> gone) {
    Set<Integer> ownCome = new HashSet<>();
    for (Lineage lineage : ours.placed().keySet()) {
      Place place = Objects.requireNonNull(ours.after(lineage));
      if (isIn(list, place)) {
        ownCome.add(index(place));
      }
    }
    Shift back = shift(theirs, list);
    return new ListMerge(
        theirs.list(list),
        come,
        gone.stream().mapToInt(i -> i).toArray(),
        ownCome,
        (lineage, index) -> inOurs(list, lineage, index, back));
  }

  private OptionalInt inOurs(Component list, Lineage lineage, int indexInTheirs, Shift back) {
    if (ours.hasRemoved(lineage)) {
      return OptionalInt.empty();
    }
    Place place = ours.after(lineage);
    if (place == null) {
      Place before = theirs.before(lineage);
      int base = before == null ? back.back(indexInTheirs) : index(before);
      return OptionalInt.of(shifted(list, base));
    }
    return isIn(list, place) ? OptionalInt.of(index(place)) : OptionalInt.empty();
  }

  private static boolean isIn(Component component, Place place) {
    return place.owner().isPresent() && Component.of(place).equals(component);
  }

  /** Where ours has an element of a list of the base. */
  private int shifted(Component list, int index) {
    return ours.after(list.owner()) == null
        ? index
        : shifts.computeIfAbsent(list, l -> shift(ours, l)).forth(index);
  }

  private static Shift shift(Side side, Component list) {
    return Shift.between(side.listInBase(list), side.list(list));
  }

  /** Where ours has an entity that both the base and ours have. */
  private Place inOurs(Lineage lineage) {
    Place place = ours.after(lineage);
    return place == null ? inOurs(lineage, Objects.requireNonNull(theirs.before(lineage))) : place;
  }

  private Place inOurs(Lineage lineage, Place base) {
    Lineage owner = base.owner().orElse(null);
    if (owner == null || ours.after(owner) == null || ours.retyped(owner) != null) {
      return base;
    }
    Owned form = Side.form(ours.inTree(owner), base.property());
    if (isList(form)) {
      return at(base, List.of(shifted(Component.of(base), index(base))));
    }
    return form.isFlat() ? base : at(base, nestedSteps(ours, Component.of(base), lineage));
  }

  private static Place at(Place place, List<Object> steps) {
    return new Place(place.owner(), place.property(), steps);
  }

  /** Where an entity is going to be. */
  private Place merged(Lineage lineage) {
    return coming.contains(lineage)
        ? coming(lineage, Objects.requireNonNull(theirs.after(lineage)))
        : staying(lineage, inOurs(lineage));
  }

  private Place coming(Lineage lineage, Place to) {
    ListMerge list = lists.get(Component.of(to));
    return list == null ? to : at(to, List.of(list.ofComing(lineage)));
  }

  private Place staying(Lineage lineage, Place place) {
    if (place.owner().isEmpty()) {
      return place;
    }
    Component component = Component.of(place);
    ListMerge list = lists.get(component);
    if (list != null) {
      return at(place, List.of(list.ofOurs(index(place))));
    }
    return rearranged.contains(component)
        ? at(place, nestedSteps(theirs, component, lineage))
        : place;
  }

  private List<Object> nestedSteps(Side side, Component component, Lineage lineage) {
    return Objects.requireNonNull(
        nested
            .computeIfAbsent(
                new Nested(side, component),
                _ -> steps(side.inTree(component.owner()), component.property()))
            .get(lineage));
  }

  private static Map<Lineage, List<Object>> steps(Entity owner, String property) {
    Map<Lineage, List<Object>> steps = new HashMap<>();
    Side.form(owner, property)
        .each(
            Side.contents(owner, property),
            List.of(),
            (way, child) -> steps.put(child.lineage(), way));
    return steps;
  }

  /** Notes all nodes that are opened, with their owners in ours and in the merged tree. */
  private void touch() {
    Deque<Lineage> next = new ArrayDeque<>(theirs.diff().changed());
    if (!whole.isEmpty()) {
      ours.diff().changed().stream().filter(this::isInWhole).forEach(next::add);
    }
    while (!next.isEmpty()) {
      Lineage lineage = next.poll();
      if (!touched.containsKey(lineage) && isInBoth(lineage)) {
        Diff.Spot spot = spot(lineage);
        touched.put(lineage, spot);
        spot.before().flatMap(Place::owner).ifPresent(next::add);
        spot.after().flatMap(Place::owner).ifPresent(next::add);
      }
    }
  }

  private boolean isInBoth(Lineage lineage) {
    return !ours.hasRemoved(lineage) && !theirs.hasRemoved(lineage);
  }

  private boolean isInWhole(Lineage lineage) {
    return isInBoth(lineage) && merged(lineage).owner().filter(whole::contains).isPresent();
  }

  private Diff.Spot spot(Lineage lineage) {
    boolean isNew = coming.contains(lineage) && theirs.placed(lineage) instanceof Change.Added;
    Optional<Place> before = isNew ? Optional.empty() : Optional.of(inOurs(lineage));
    return new Diff.Spot(type(lineage), before, Optional.of(merged(lineage)));
  }

  private Class<?> type(Lineage lineage) {
    Side side =
        theirs.diff().changed().contains(lineage) && ours.retyped(lineage) == null ? theirs : ours;
    return side.inTree(lineage).getClass();
  }
}

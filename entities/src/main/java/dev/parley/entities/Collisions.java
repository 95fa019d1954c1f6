package dev.parley.entities;

import dev.parley.entities.Conflict.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds what two sides did to a tree that cannot both be. */
final class Collisions {
  private record Subject(Lineage lineage, String property, Reason reason) {}

  private final Map<Subject, Conflict> found = new LinkedHashMap<>();
  private final Side ours;
  private final Side theirs;

  private Collisions(Side ours, Side theirs) {
    this.ours = ours;
    this.theirs = theirs;
  }

  /** The conflicts, one for each entity, component and reason. */
  static List<Conflict> between(Side ours, Side theirs) {
    return new Collisions(ours, theirs).find();
  }

  private List<Conflict> find() {
    theirs.diff().changes().forEach(this::compare);
    comparePuts();
    exclude(ours, theirs, false);
    exclude(theirs, ours, true);
    if (found.isEmpty()) {
      Cycles.among(ours, theirs).forEach(this::note);
    }
    return List.copyOf(found.values());
  }

  private void note(Conflict conflict) {
    found.putIfAbsent(
        new Subject(conflict.lineage(), conflict.property(), conflict.reason()), conflict);
  }

  private void note(Lineage lineage, String property, Reason reason, Change one, Change other) {
    note(new Conflict(lineage, property, reason, one, other));
  }

  /** What both did to the same thing. */
  private void compare(Change change) {
    Lineage lineage = change.lineage();
    switch (change) {
      case Change.Modified b -> {
        if (ours.valued(lineage, b.property()) instanceof Change.Modified a
            && !a.after().equals(b.after())) {
          note(lineage, b.property(), Reason.BOTH_MODIFIED, a, b);
        }
      }
      case Change.Rearranged b -> {
        if (ours.valued(lineage, b.property()) instanceof Change.Rearranged a
            && !a.after().equals(b.after())) {
          note(lineage, b.property(), Reason.BOTH_REARRANGED, a, b);
        }
      }
      case Change.Retyped b -> {
        Change.Retyped a = ours.retyped(lineage);
        if (a != null && !isSame(a.after(), b.after())) {
          note(lineage, "", Reason.BOTH_RETYPED, a, b);
        }
      }
      case Change.Added b -> {
        if (ours.placed(lineage) instanceof Change.Added a && !isSame(a, b)) {
          note(lineage, "", Reason.BOTH_ADDED, a, b);
        }
      }
      case Change.Moved b -> {
        if (ours.placed(lineage) instanceof Change.Moved a
            && !isSame(a.to(), b.to())
            && !(ours.isNested(a) && theirs.isNested(b))) {
          note(lineage, "", Reason.BOTH_MOVED, a, b);
        }
      }
      case Change.Reordered b -> {
        if (ours.placed(lineage) instanceof Change.Reordered a && !isSameOrder(a.to(), b.to())) {
          note(lineage, "", Reason.BOTH_MOVED, a, b);
        }
      }
      case Change.Removed _ -> {}
    }
  }

  private static boolean isSame(Entity one, Entity other) {
    return one == other
        || (one.getClass() == other.getClass() && Diff.between(one, other).isEmpty());
  }

  private boolean isSame(Change.Added a, Change.Added b) {
    return isSame(a.place(), b.place()) && isSame(a.entity(), b.entity());
  }

  /** In a list any index will do: the other elements may differ. */
  private boolean isSame(Place one, Place other) {
    return one.equals(other) || (one.isBeside(other) && theirs.form(other) instanceof ChildList);
  }

  private boolean isSameOrder(Place one, Place other) {
    return one.equals(other) || ours.predecessor(one).equals(theirs.predecessor(other));
  }

  /** Different entities that both put at one key or single place. */
  private void comparePuts() {
    Map<Place, Change> puts = new LinkedHashMap<>();
    ours.placed().values().forEach(change -> puts.put(to(change), change));
    for (Change b : theirs.placed().values()) {
      Change a = puts.get(to(b));
      if (a != null && !a.lineage().equals(b.lineage()) && isExclusive(theirs.form(to(b)))) {
        Place place = to(b);
        note(
            place.owner().orElseThrow(),
            place.property() + place.stepsAsText(),
            Reason.BOTH_PUT,
            a,
            b);
      }
    }
  }

  /** Whether there is one place for one entity, and edits tell all of a change. */
  private static boolean isExclusive(Owned form) {
    return form.isFlat() && !(form instanceof ChildList);
  }

  private static Place to(Change change) {
    return switch (change) {
      case Change.Added added -> added.place();
      case Change.Moved moved -> moved.to();
      case Change.Reordered moved -> moved.to();
      default -> throw new IllegalStateException(change + " puts nothing");
    };
  }

  /** What one removed or made another type of, and the other changed. */
  private void exclude(Side one, Side other, boolean swapped) {
    for (Change change : other.diff().changes()) {
      for (Need subject : subjects(change, other)) {
        Change rival = subject.rival(one, other);
        if (rival != null) {
          Conflict conflict =
              new Conflict(subject.lineage, subject.property, reason(rival), rival, change);
          note(swapped ? conflict.swapped() : conflict);
        }
      }
    }
  }

  private static Reason reason(Change rival) {
    return rival instanceof Change.Removed
        ? Reason.REMOVED_AND_CHANGED
        : Reason.RETYPED_AND_CHANGED;
  }

  /** What a change takes for granted. */
  private record Need(Lineage lineage, String property, boolean mustBe, boolean mustKeepType) {
    static Need exists(Lineage lineage) {
      return new Need(lineage, "", true, false);
    }

    static Need isAsItWas(Lineage lineage, String property) {
      return new Need(lineage, property, true, true);
    }

    static Need takes(Place place) {
      return new Need(place.owner().orElseThrow(), place.property(), true, true);
    }

    static Need gives(Place place) {
      return new Need(place.owner().orElseThrow(), place.property(), false, true);
    }

    @Nullable Change rival(Side one, Side other) {
      Change removed = mustBe ? one.removed(lineage) : null;
      return removed == null && mustKeepType && other.retyped(lineage) == null
          ? one.retyped(lineage)
          : removed;
    }
  }

  private static List<Need> subjects(Change change, Side side) {
    List<Need> subjects = new ArrayList<>();
    switch (change) {
      case Change.Added added -> subjects.add(Need.takes(added.place()));
      case Change.Removed gone -> subjects.add(Need.gives(gone.place()));
      case Change.Moved moved when side.isNested(moved) -> subjects.add(Need.gives(moved.from()));
      case Change.Moved moved -> {
        subjects.add(Need.exists(moved.lineage()));
        subjects.add(Need.gives(moved.from()));
        subjects.add(Need.takes(moved.to()));
      }
      case Change.Reordered moved -> subjects.add(Need.gives(moved.to()));
      case Change.Modified value -> subjects.add(Need.isAsItWas(value.lineage(), value.property()));
      case Change.Rearranged nested ->
          subjects.add(Need.isAsItWas(nested.lineage(), nested.property()));
      case Change.Retyped other -> subjects.add(Need.exists(other.lineage()));
    }
    return subjects;
  }
}

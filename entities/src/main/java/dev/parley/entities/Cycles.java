package dev.parley.entities;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds entities that would own themselves if the moves of both sides were done. */
final class Cycles {
  private final Side ours;
  private final Side theirs;
  private final Set<Lineage> known = new HashSet<>();
  private final List<Conflict> found = new ArrayList<>();

  private Cycles(Side ours, Side theirs) {
    this.ours = ours;
    this.theirs = theirs;
  }

  /** One conflict for each cycle, whichever way round the sides are. */
  static List<Conflict> among(Side ours, Side theirs) {
    Cycles cycles = new Cycles(ours, theirs);
    theirs.diff().of(Change.Moved.class).forEach(moved -> cycles.climb(moved.lineage()));
    return cycles.found;
  }

  private void climb(Lineage start) {
    Set<Lineage> way = new LinkedHashSet<>();
    Optional<Lineage> next = Optional.of(start);
    while (next.isPresent() && !known.contains(next.get()) && way.add(next.get())) {
      next = owner(next.get());
    }
    if (next.isPresent() && way.contains(next.get())) {
      List<Lineage> all = List.copyOf(way);
      note(all.subList(all.indexOf(next.get()), all.size()));
    }
    known.addAll(way);
  }

  private Optional<Lineage> owner(Lineage lineage) {
    @Nullable Place place =
        theirs.placed(lineage) instanceof Change.Moved || ours.after(lineage) == null
            ? theirs.after(lineage)
            : ours.after(lineage);
    return Optional.ofNullable(place).flatMap(Place::owner);
  }

  private void note(List<Lineage> cycle) {
    Change.Moved one = firstMove(cycle, ours);
    Change.Moved other = firstMove(cycle, theirs);
    Lineage first = one.lineage().compareTo(other.lineage()) < 0 ? one.lineage() : other.lineage();
    found.add(new Conflict(first, "", Conflict.Reason.CYCLE, one, other));
  }

  private static Change.Moved firstMove(List<Lineage> cycle, Side side) {
    return cycle.stream()
        .map(side::placed)
        .filter(Change.Moved.class::isInstance)
        .map(Change.Moved.class::cast)
        .min(Comparator.comparing(Change::lineage))
        .orElseThrow();
  }
}

package dev.parley.entities;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The addresses of the places that a difference names, in the old and in the new tree. */
final class DiffPaths {
  /** An address begins at most so many entities above what it leads to, to stay readable. */
  private static final int MAX_LEVELS = 12;

  private final Map<Lineage, Place> before = new HashMap<>();
  private final Map<Lineage, Place> after = new HashMap<>();

  DiffPaths(Diff diff) {
    diff.touched()
        .forEach((lineage, spot) -> {
          spot.before().ifPresent(place -> before.put(lineage, place));
          spot.after().ifPresent(place -> after.put(lineage, place));
        });
    for (Change change : diff.changes()) {
      switch (change) {
        case Change.Added added -> after.put(added.lineage(), added.place());
        case Change.Removed gone -> before.put(gone.lineage(), gone.place());
        case Change.Moved moved -> move(moved.lineage(), moved.from(), moved.to());
        case Change.Reordered moved -> move(moved.lineage(), moved.from(), moved.to());
        default -> {}
      }
    }
  }

  private void move(Lineage lineage, Place from, Place to) {
    before.put(lineage, from);
    after.put(lineage, to);
  }

  /** The address of an entity that changed, in the new tree. */
  Address of(Lineage lineage) {
    Place place = after.get(lineage);
    return place == null || place.owner().isEmpty() ? Address.of(lineage) : inNew(place);
  }

  Address inOld(Place place) {
    return address(place, before);
  }

  Address inNew(Place place) {
    return address(place, after);
  }

  private static Address address(Place place, Map<Lineage, Place> places) {
    Deque<Place> way = new ArrayDeque<>();
    Optional<Lineage> start = place.owner();
    @Nullable Place next = place;
    while (next != null && next.owner().isPresent() && way.size() < MAX_LEVELS) {
      way.push(next);
      start = next.owner();
      next = places.get(start.get());
    }
    return start
        .map(lineage -> along(lineage, way))
        .orElseThrow(() -> new IllegalStateException("a root has no address of its own"));
  }

  private static Address along(Lineage start, Deque<Place> way) {
    List<Address.Step> path = new ArrayList<>();
    for (Place place : way) {
      path.add(new Address.Step.Name(place.property()));
      place.steps().forEach(step -> path.add(Address.stepOf(step)));
    }
    return new Address(start, OptionalLong.empty(), List.copyOf(path));
  }
}

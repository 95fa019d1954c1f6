package dev.parley.entities;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Makes the new tree of a {@link Diff} from its old one: nodes that differ are opened, children are
 * taken out at their old places from the last to the first and put in at their new places from the
 * first to the last, and the nodes are closed again from the leaves up. Costs what changed.
 */
final class Patch {
  /** A node that is being changed. */
  private static final class Bench {
    final Entity node;
    final Identity id;
    final Kind kind;
    final Object[] contents;

    Bench(Entity node, Identity id) {
      this.node = node;
      this.id = id;
      this.kind = Kind.of(node);
      this.contents = kind.read(node);
      for (Property property : kind.owned()) {
        contents[property.index()] = property.form().freeze(contents[property.index()]);
      }
    }

    Property property(String name) {
      return kind.property(name).orElseThrow(() -> new Refused(node.id() + " has no " + name));
    }

    Entity close() {
      return kind.make(id, contents);
    }
  }

  /** Something that is put at a place. */
  private record Arrival(Place place, Entity node) {}

  private final Diff diff;
  private final Map<Lineage, Place> places = new HashMap<>();
  private final Map<Lineage, Entity> originals = new HashMap<>();
  private final Map<Lineage, Bench> benches = new HashMap<>();
  private final Set<Lineage> whole = new HashSet<>();
  private final Set<String> rearranged = new HashSet<>();

  Patch(Diff diff) {
    this.diff = diff;
    diff.of(Change.Removed.class).forEach(gone -> places.put(gone.lineage(), gone.place()));
    diff.touched().forEach((lineage, spot) -> spot.before().ifPresent(p -> places.put(lineage, p)));
  }

  <T extends Entity> T applyTo(T before) {
    if (!before.lineage().equals(diff.root())) {
      throw new Refused("the difference is of @" + diff.root() + ", not of " + before.id());
    }
    if (diff.isEmpty()) {
      return before;
    }
    originals.put(before.lineage(), before);
    look();
    takeOut();
    setValues();
    rearrange();
    putIn();
    return close(before);
  }

  /** Finds every node that the changes name, while all are at their old places. */
  private void look() {
    diff.of(Change.Added.class).forEach(added -> whole.add(added.lineage()));
    diff.of(Change.Retyped.class).forEach(retyped -> whole.add(retyped.lineage()));
    diff.touched().forEach((lineage, spot) -> spot.before().ifPresent(p -> open(lineage, p)));
    diff.of(Change.Moved.class).forEach(moved -> original(moved.lineage(), moved.from()));
    diff.of(Change.Reordered.class).forEach(moved -> original(moved.lineage(), moved.from()));
    diff.of(Change.Rearranged.class)
        .forEach(change -> rearranged.add(change.lineage() + "." + change.property()));
  }

  private void open(Lineage lineage, Place place) {
    if (!benches.containsKey(lineage)) {
      Entity original = original(lineage, place);
      benches.put(lineage, new Bench(original, original.id()));
    }
  }

  private Entity original(Lineage lineage, Place place) {
    SequencedMap<Lineage, Place> way = new LinkedHashMap<>();
    Lineage next = lineage;
    for (Place at = place; !originals.containsKey(next); at = placeOrRoot(next)) {
      if (way.putLast(next, at) != null) {
        throw new Refused("@" + next + " is below itself in the difference");
      }
      next = at.owner().orElseThrow(() -> new Refused("the difference is of another tree"));
    }
    way.reversed().forEach((child, at) -> originals.put(child, child(child, at)));
    return known(lineage);
  }

  /** The child at a place of an owner that is known. */
  private Entity child(Lineage lineage, Place place) {
    Entity owner = known(place.owner().orElseThrow());
    Property property = property(owner, place);
    Entity found = ((Owned) property.form()).child(property.of(owner), place.steps());
    if (found == null || !found.lineage().equals(lineage)) {
      throw new Refused("@" + lineage + " is not at " + place + ": this is another tree");
    }
    return found;
  }

  /** A touched entity's place in the old tree; nobody asks for that of one that is known. */
  private Place placeOrRoot(Lineage lineage) {
    return originals.containsKey(lineage) ? Place.ROOT : before(lineage);
  }

  private Place before(Lineage lineage) {
    Place place = places.get(lineage);
    if (place == null) {
      throw new Refused("@" + lineage + " has no place in the old tree");
    }
    return place;
  }

  private static Property property(Entity owner, Place place) {
    return Kind.of(owner)
        .property(place.property())
        .filter(p -> p.form() instanceof Owned)
        .orElseThrow(() -> new Refused(owner.id() + " owns nothing by the name " + place));
  }

  private void takeOut() {
    List<Place> left = new ArrayList<>();
    diff.of(Change.Removed.class).forEach(removed -> left.add(removed.place()));
    diff.of(Change.Moved.class).forEach(moved -> left.add(moved.from()));
    diff.of(Change.Reordered.class).forEach(moved -> left.add(moved.from()));
    left.stream().filter(this::isEdited).sorted(Patch.order().reversed()).forEach(this::takeOut);
  }

  private void takeOut(Place place) {
    Bench bench = bench(place);
    Property property = bench.property(place.property());
    Owned form = (Owned) property.form();
    Object contents = bench.contents[property.index()];
    bench.contents[property.index()] =
        place.steps().isEmpty()
            ? form.empty().orElse(contents)
            : form.without(contents, place.steps().getFirst());
  }

  private void putIn() {
    List<Arrival> arrivals = new ArrayList<>();
    diff.of(Change.Added.class).forEach(a -> arrivals.add(new Arrival(a.place(), a.entity())));
    diff.of(Change.Moved.class).forEach(m -> arrivals.add(arrival(m.lineage(), m.to())));
    diff.of(Change.Reordered.class).forEach(m -> arrivals.add(arrival(m.lineage(), m.to())));
    arrivals.stream()
        .filter(arrival -> isEdited(arrival.place()))
        .sorted(Comparator.comparing(Arrival::place, order()))
        .forEach(this::putIn);
  }

  private Arrival arrival(Lineage lineage, Place to) {
    return new Arrival(to, known(lineage));
  }

  private void putIn(Arrival arrival) {
    Bench bench = bench(arrival.place());
    Property property = bench.property(arrival.place().property());
    Owned form = (Owned) property.form();
    Object contents = bench.contents[property.index()];
    bench.contents[property.index()] =
        arrival.place().steps().isEmpty()
            ? form.holding(arrival.node())
            : form.plus(contents, arrival.place().steps().getFirst(), arrival.node());
  }

  /** Whether a place is in an opened node, in a component that is edited step by step. */
  private boolean isEdited(Place place) {
    return place.owner().isPresent()
        && benches.containsKey(place.owner().get())
        && !whole.contains(place.owner().get())
        && !rearranged.contains(place.owner().get() + "." + place.property());
  }

  private Entity known(Lineage lineage) {
    return found(originals, lineage);
  }

  private Bench bench(Lineage lineage) {
    Bench bench = benches.get(lineage);
    if (bench == null) {
      throw new Refused("@" + lineage + " is changed but not said to be in the tree");
    }
    return bench;
  }

  private Bench bench(Place place) {
    return bench(place.owner().orElseThrow());
  }

  private static Comparator<Place> order() {
    return Comparator.comparingInt(place ->
        place.steps().size() == 1 && place.steps().getFirst() instanceof Integer index ? index : 0);
  }

  private void setValues() {
    diff.of(Change.Modified.class)
        .filter(change -> !whole.contains(change.lineage()))
        .forEach(change -> {
          Bench bench = bench(change.lineage());
          Property property = bench.property(change.property());
          if (!bench.contents[property.index()].equals(change.before())) {
            throw new Refused(
                bench.node.id()
                    + "."
                    + change.property()
                    + " is not what the difference starts from");
          }
          bench.contents[property.index()] = change.after();
        });
  }

  private void rearrange() {
    diff.of(Change.Rearranged.class)
        .filter(change -> !whole.contains(change.lineage()))
        .forEach(this::rearrange);
  }

  private void rearrange(Change.Rearranged change) {
    Bench bench = bench(change.lineage());
    Property property = bench.property(change.property());
    Owned form = (Owned) property.form();
    Map<Lineage, Entity> inside = new HashMap<>(originals);
    diff.of(Change.Added.class).forEach(added -> inside.put(added.lineage(), added.entity()));
    form.each(
        bench.contents[property.index()],
        List.of(),
        (steps, child) -> inside.put(child.lineage(), child));
    bench.contents[property.index()] =
        Skeleton.fill(form, change.after(), lineage -> found(inside, lineage));
  }

  private static Entity found(Map<Lineage, Entity> inside, Lineage lineage) {
    Entity entity = inside.get(lineage);
    if (entity == null) {
      throw new Refused("@" + lineage + " is not in the tree: this is another tree");
    }
    return entity;
  }

  private <T extends Entity> T close(T before) {
    diff.of(Change.Retyped.class).forEach(this::retype);
    diff.of(Change.Added.class).forEach(added -> originals.put(added.lineage(), added.entity()));
    Map<Lineage, Integer> depths = depths();
    diff.touched().entrySet().stream()
        .filter(entry -> entry.getValue().after().isPresent())
        .sorted(Comparator.comparing(entry -> -depths.getOrDefault(entry.getKey(), 0)))
        .forEach(entry -> close(entry.getKey(), entry.getValue().after().get()));
    @SuppressWarnings("unchecked")
    T after = (T) known(before.lineage());
    return after;
  }

  private void retype(Change.Retyped change) {
    Identity id = known(change.lineage()).id();
    benches.put(change.lineage(), new Bench(change.after(), id));
  }

  /** Puts a node that is ready into its owner; a new one is there already, unless it was opened. */
  private void close(Lineage lineage, Place place) {
    Bench bench = benches.get(lineage);
    if (bench == null) {
      return;
    }
    Entity closed = bench.close();
    originals.put(lineage, closed);
    if (place.owner().isPresent()) {
      Bench owner = benches.computeIfAbsent(place.owner().get(), this::opened);
      Property property = owner.property(place.property());
      owner.contents[property.index()] =
          ((Owned) property.form())
              .replace(owner.contents[property.index()], place.steps(), closed);
    }
  }

  private Bench opened(Lineage lineage) {
    Entity node = known(lineage);
    return new Bench(node, node.id());
  }

  /** How far each touched node is from the root of the new tree. */
  private Map<Lineage, Integer> depths() {
    Map<Lineage, Integer> depths = new HashMap<>();
    for (Lineage lineage : diff.touched().keySet()) {
      depth(lineage, depths);
    }
    return depths;
  }

  private void depth(Lineage start, Map<Lineage, Integer> depths) {
    List<Lineage> way = new ArrayList<>();
    Optional<Lineage> next = Optional.of(start);
    while (next.isPresent() && !depths.containsKey(next.get())) {
      way.add(next.get());
      next =
          Optional.ofNullable(diff.touched().get(next.get()))
              .flatMap(Diff.Spot::after)
              .flatMap(Place::owner);
    }
    int depth = next.map(depths::get).orElse(-1);
    for (int i = way.size() - 1; i >= 0; i--) {
      depths.put(way.get(i), ++depth);
    }
  }
}

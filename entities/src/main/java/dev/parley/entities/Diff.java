package dev.parley.entities;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is different between two versions of a tree, by identity: an entity that has moved is one
 * move, an insertion in a list is one addition.
 *
 * <p>Finding it costs what changed, for versions that share the rest by reference: committed ones,
 * and copies made with {@link Sequence}, {@link Keyed}, {@link Elements} or a {@link Draft}.
 *
 * @param root the lineage of the root
 * @param changes what changed
 * @param touched the entities that differ in themselves or below, with their places in the old and
 *     the new tree; new ones have no old place, removed ones are not in it
 */
public record Diff(Lineage root, List<Change> changes, Map<Lineage, Spot> touched) {

  /**
   * Where an entity is in the old and in the new tree.
   *
   * @param type of the entity; of the new one, if it became another
   */
  public record Spot(Class<?> type, Optional<Place> before, Optional<Place> after) {
    Spot inverse(Class<?> typeBefore) {
      return new Spot(typeBefore, after, before);
    }
  }

  /**
   * @throws Refused if the roots are not versions of one entity, or an entity is at two places
   */
  public static Diff between(Entity before, Entity after) {
    if (!before.lineage().equals(after.lineage())) {
      throw new Refused(before.id() + " and " + after.id() + " are not versions of one entity");
    }
    Comparison comparison = new Comparison().between(before, after).walk();
    return of(
        before.lineage(), comparison.hasNewNodes() ? comparison.settle(0) : comparison.spread());
  }

  static Diff of(Lineage root, Comparison comparison) {
    return new Diff(root, List.copyOf(changes(comparison)), touched(comparison));
  }

  private static List<Change> changes(Comparison comparison) {
    List<Change> changes = new ArrayList<>();
    for (Visit visit : comparison.visits()) {
      tell(visit, changes);
    }
    comparison.moves().forEach(move -> changes.add(moveOf(move)));
    comparison.rearrangements().forEach(r -> changes.add(rearranged(r)));
    comparison
        .removed()
        .values()
        .forEach(found -> changes.add(new Change.Removed(found.place(), found.node())));
    return changes;
  }

  private static void tell(Visit visit, List<Change> changes) {
    if (visit.isFresh()) {
      changes.add(new Change.Added(visit.place, visit.result()));
    } else if (visit.isRetyped() && visit.old != null) {
      changes.add(new Change.Retyped(visit.place, visit.old, visit.result()));
    }
    changes.addAll(visit.modified);
  }

  private static Change moveOf(Comparison.Move move) {
    Lineage lineage = move.node().lineage();
    return move.isInList()
        ? new Change.Reordered(lineage, move.from(), move.to())
        : new Change.Moved(lineage, move.from(), move.to());
  }

  private static Change rearranged(Comparison.Rearrangement r) {
    Owned form = (Owned) r.property().form();
    return new Change.Rearranged(
        r.bearer().lineage(),
        r.property().name(),
        Skeleton.of(form, r.before()),
        Skeleton.of(form, r.bearer().contents[r.property().index()]));
  }

  private static Map<Lineage, Spot> touched(Comparison comparison) {
    Map<Lineage, Spot> touched = new LinkedHashMap<>();
    for (Visit visit : comparison.visits()) {
      if (visit.isChanged()) {
        touched.put(
            visit.lineage(),
            new Spot(
                visit.now.getClass(), Optional.ofNullable(visit.before), Optional.of(visit.place)));
      }
    }
    return touched;
  }

  /** Whether the trees are the same. */
  public boolean isEmpty() {
    return changes.isEmpty();
  }

  /** The lineages that get a new version: what differs, and its ancestors. */
  public Set<Lineage> changed() {
    return touched.keySet();
  }

  /** The lineages of entities that are only in the new tree. */
  public Set<Lineage> added() {
    return lineages(Change.Added.class);
  }

  /** The lineages of entities that are only in the old tree. */
  public Set<Lineage> removed() {
    return lineages(Change.Removed.class);
  }

  /** The lineages of entities that have another owner, component or key. */
  public Set<Lineage> moved() {
    return lineages(Change.Moved.class);
  }

  /** The lineages of entities that changed their place within a list. */
  public Set<Lineage> reordered() {
    return lineages(Change.Reordered.class);
  }

  /** The lineages of entities with a value that differs. */
  public Set<Lineage> modified() {
    return lineages(Change.Modified.class);
  }

  private Set<Lineage> lineages(Class<? extends Change> type) {
    return of(type).map(Change::lineage).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  <C extends Change> Stream<C> of(Class<C> type) {
    return changes.stream().filter(type::isInstance).map(type::cast);
  }

  /** What takes this difference back. */
  public Diff inverse() {
    Map<Lineage, Class<?>> former = new HashMap<>();
    of(Change.Retyped.class).forEach(r -> former.put(r.lineage(), r.before().getClass()));
    Map<Lineage, Spot> spots = new LinkedHashMap<>();
    touched.forEach((lineage, spot) -> {
      if (spot.before().isPresent()) {
        spots.put(lineage, spot.inverse(former.getOrDefault(lineage, spot.type())));
      }
    });
    of(Change.Removed.class)
        .forEach(r ->
            spots.put(
                r.lineage(),
                new Spot(r.entity().getClass(), Optional.empty(), Optional.of(r.place()))));
    return new Diff(root, changes.stream().map(Change::inverse).toList(), spots);
  }

  /**
   * The new tree, made from the old one.
   *
   * @throws Refused if the tree is not the one that the difference was taken from
   */
  public <T extends Entity> T applyTo(T before) {
    return new Patch(this).applyTo(before);
  }

  /** One line for each change, in the order in which people read; places are addresses. */
  public String toText() {
    return new DiffText(this).lines();
  }

  /** A Mermaid flow chart of the touched part of the tree, what changed marked by colours. */
  public String toMermaid() {
    return new DiffChart(this).chart();
  }

  /** All of it as JSON, so that {@link #fromJson} gives an equal difference. */
  public ObjectNode toJson() {
    return new DiffWriter(this).write();
  }

  /**
   * Reads what {@link #toJson} wrote, to the last digit.
   *
   * @param root the type of the root; all types that it can own are known by their names
   * @throws Refused if it is malformed, or names a type or a component that there is not
   */
  public static Diff fromJson(String json, Class<? extends Entity> root) {
    return fromJson(DiffReader.parse(json), root);
  }

  /**
   * Reads what {@link #toJson} gave. What was text in between must have been parsed with decimals
   * as {@code BigDecimal}, or these lose digits.
   *
   * @param root the type of the root; all types that it can own are known by their names
   * @throws Refused if it is malformed, or names a type or a component that there is not
   */
  public static Diff fromJson(JsonNode json, Class<? extends Entity> root) {
    return new DiffReader(json, root).read();
  }

  /** Changes in the order in which people read: what came, went, moved, then what differs. */
  Stream<Change> inReadingOrder() {
    return changes.stream().sorted(Comparator.comparingInt(Diff::rank));
  }

  private static int rank(Change change) {
    return switch (change) {
      case Change.Added _ -> 0;
      case Change.Removed _ -> 1;
      case Change.Moved _ -> 2;
      case Change.Reordered _ -> 3;
      case Change.Rearranged _ -> 4;
      case Change.Retyped _ -> 5;
      case Change.Modified _ -> 6;
    };
  }
}

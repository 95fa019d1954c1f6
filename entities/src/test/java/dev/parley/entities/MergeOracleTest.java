package dev.parley.entities;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Random edits on two halves of the entities of one tree: unless they collide, the merged tree is
 * what both scripts make one after the other.
 */
class MergeOracleTest {
  private static final long SEED = 20_261_121;
  private static final int ROUNDS = 4_000;

  private final Random random = new Random(SEED);
  private int fresh;

  /** Edits that name entities, so that they can be done in any tree that has them. */
  private record Script(List<Consumer<Sketch>> edits) {
    /** The edited tree; nothing if one of the edits finds no way to be done. */
    Optional<Sketch> on(String text) {
      Sketch sketch = Sketch.parse(text);
      for (Consumer<Sketch> edit : edits) {
        String before = sketch.toString();
        edit.accept(sketch);
        if (before.equals(sketch.toString())) {
          return Optional.empty();
        }
      }
      return Optional.of(sketch);
    }
  }

  @Test
  void disjoint_scripts_merge_to_what_they_make_one_after_the_other() {
    int merged = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String base = randomTree().toString();
      Script one = script(base, 0);
      Script other = script(base, 1);
      Plant ours = one.on(base).orElseThrow().plant();
      Plant theirs = other.on(base).orElseThrow().plant();
      String told =
          "seed "
              + SEED
              + ", round "
              + round
              + ": "
              + base
              + " | "
              + Sketch.of(ours)
              + " | "
              + Sketch.of(theirs);
      Merge<Plant> merge = Merge.of(Sketch.plant(base), ours, theirs);
      Merge<Plant> swapped = Merge.of(Sketch.plant(base), theirs, ours);
      assertThat(merge.conflicts().stream().map(Conflict::swapped))
          .as(told)
          .containsExactlyInAnyOrderElementsOf(swapped.conflicts());
      if (merge.conflicts().isEmpty()) {
        Sketch actual = Sketch.of(merge.merged());
        Optional<Sketch> expected = other.on(Sketch.of(ours).toString());
        if (expected.isPresent()) {
          merged++;
          assertThat(unordered(actual)).as(told).isEqualTo(unordered(expected.get()));
        }
        requireOrder(told, Sketch.plant(base), ours, theirs, actual);
        requireSameAsCommit(told, base, theirs);
      }
    }
    System.out.println("seed " + SEED + ": " + merged + " of " + ROUNDS + " merged");
    assertThat(merged).isBetween(ROUNDS / 4, ROUNDS - 1);
  }

  /** Merging what one side alone did gives what it made, in either direction. */
  private static void requireSameAsCommit(String told, String base, Plant one) {
    Plant before = Sketch.plant(base);
    assertThat(Sketch.of(Merge.of(before, one, before).orConflicted()))
        .as(told)
        .hasToString(Sketch.of(one).toString());
    assertThat(Sketch.of(Merge.of(before, before, one).orConflicted()))
        .as(told)
        .hasToString(Sketch.of(one).toString());
  }

  /** What a side did not put somewhere keeps, in each list, the order that the other side gave. */
  private static void requireOrder(
      String told, Plant base, Plant ours, Plant theirs, Sketch merged) {
    requireOrder(told, Sketch.of(ours), placed(base, theirs), merged);
    requireOrder(told, Sketch.of(theirs), placed(base, ours), merged);
  }

  private static void requireOrder(
      String told, Sketch side, Set<String> placedByOther, Sketch merged) {
    Map<String, Sketch> all = side.all();
    merged
        .all()
        .forEach((name, node) -> {
          if (all.containsKey(name)) {
            List<String> before = names(all.get(name));
            List<String> after = names(node);
            before.removeAll(placedByOther);
            after.removeAll(placedByOther);
            before.retainAll(after);
            after.retainAll(before);
            assertThat(after).as(told + " @" + name).isEqualTo(before);
          }
        });
  }

  private static List<String> names(Sketch node) {
    List<String> names = new ArrayList<>();
    node.list.forEach(child -> names.add(child.name));
    return names;
  }

  private static Set<String> placed(Plant base, Plant side) {
    Diff diff = Diff.between(base, side);
    Set<String> placed = new HashSet<>();
    List.of(diff.added(), diff.moved(), diff.reordered())
        .forEach(some -> some.forEach(lineage -> placed.add(lineage.value())));
    return placed;
  }

  /** The same tree with every list in the order of names. */
  private static String unordered(Sketch sketch) {
    Sketch copy = Sketch.parse(sketch.toString());
    copy.all().values().forEach(node -> node.list.sort((a, b) -> a.name.compareTo(b.name)));
    return copy.toString();
  }

  private Sketch randomTree() {
    Sketch root = new Sketch("r");
    List<Sketch> all = new ArrayList<>(List.of(root));
    for (int i = 0; i < random.nextInt(3, 14); i++) {
      Sketch node = new Sketch("n" + i);
      Sketch owner = all.get(random.nextInt(all.size()));
      put(owner, node, container(owner), random.nextInt(), "k" + i);
      all.add(node);
    }
    return root;
  }

  /** Edits that each change something, and each another entity. */
  private Script script(String base, int half) {
    List<Consumer<Sketch>> edits = new ArrayList<>();
    List<String> targets = new ArrayList<>(Sketch.parse(base).all().keySet());
    targets.removeIf(name -> name.hashCode() % 2 != half);
    Collections.shuffle(targets, random);
    Sketch now = Sketch.parse(base);
    for (String target : targets.subList(0, Math.min(targets.size(), random.nextInt(1, 6)))) {
      Consumer<Sketch> edit = edit(now, target);
      String before = now.toString();
      edit.accept(now);
      if (!before.equals(now.toString())) {
        edits.add(edit);
      }
    }
    return new Script(edits);
  }

  private Consumer<Sketch> edit(Sketch now, String target) {
    List<Sketch> all = List.copyOf(now.all().values());
    Sketch to = all.get(random.nextInt(all.size()));
    String owner = to.name;
    int container = container(to);
    int value = random.nextInt(1, 1_000);
    int index = random.nextInt(5);
    String name = "f" + fresh++;
    return switch (random.nextInt(7)) {
      case 0, 1 -> root -> at(root, target, node -> node.value = value);
      case 2 ->
          root -> at(root, owner, node -> put(node, new Sketch(name), container, index, name));
      case 3 -> root -> at(root, target, node -> remove(root, node));
      case 4 -> root -> at(root, target, MergeOracleTest::retype);
      default -> root -> at(root, target, node -> move(root, node, owner, container, index));
    };
  }

  private int container(Sketch owner) {
    int container = owner.bud ? 0 : random.nextInt(5);
    return container == 3 && owner.maybe != null ? 1 : container;
  }

  private static void at(Sketch root, String name, Consumer<Sketch> edit) {
    Sketch node = root.all().get(name);
    if (node != null) {
      edit.accept(node);
    }
  }

  private static void remove(Sketch root, Sketch node) {
    if (node != root) {
      root.take(node.name);
    }
  }

  private static void retype(Sketch node) {
    boolean onlyList =
        node.map.isEmpty() && node.set.isEmpty() && node.maybe == null && node.lanes.isEmpty();
    node.bud = onlyList;
  }

  private static void move(Sketch root, Sketch node, String to, int container, int index) {
    Sketch owner = root.all().get(to);
    if (owner != null && node != root && !node.all().containsKey(to)) {
      root.take(node.name);
      put(owner, node, container, index, node.name);
    }
  }

  private static void put(Sketch owner, Sketch node, int container, int index, String key) {
    switch (container) {
      case 1 -> owner.map.put(key, node);
      case 2 -> owner.set.put(node.name, node);
      case 3 -> owner.maybe = node;
      case 4 ->
          owner
              .lanes
              .computeIfAbsent("l" + Math.floorMod(index, 2), _ -> new ArrayList<>())
              .add(node);
      default -> owner.list.add(Math.floorMod(index, owner.list.size() + 1), node);
    }
  }
}

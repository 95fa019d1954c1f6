package dev.parley.entities;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A repository of forests that are edited at random, beside a memory of all they ever were. */
final class RandomForest {
  /** What was done to one entity by one commit. */
  private record Done(long version, Revision.Act act, @Nullable Goods node) {}

  private final long seed;
  private final Random random;
  private final Repository repository = Repository.inMemory(InstantSource.system());
  private final Scribbler scribbler;
  private final Map<Lineage, List<Done>> history = new HashMap<>();
  private final TreeMap<Long, Census> forests = new TreeMap<>(Map.of(0L, Census.of(List.of())));
  private final Map<Goods, Integer> kept = new IdentityHashMap<>();
  private final Map<Lineage, List<Goods>> versions = new LinkedHashMap<>();
  private Map<Lineage, Goods> roots = new LinkedHashMap<>();
  private int edits;
  private int commits;

  RandomForest(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
    this.scribbler = new Scribbler(random);
  }

  int edits() {
    return edits;
  }

  int commits() {
    return commits;
  }

  void edit(int count) {
    try {
      step();
      while (edits < count) {
        for (int batch = random.nextInt(6); batch > 0; batch--, edits++) {
          scribbler.edit();
        }
        step();
      }
      requireThatNothingOldChanged();
      history.keySet().forEach(this::requireHistory);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "forest of seed " + seed + ", commit " + commits + ", edits " + scribbler.log, e);
    }
  }

  private void step() {
    Map<Lineage, Goods> next = new LinkedHashMap<>();
    scribbler.roots.forEach((lineage, outline) -> next.put(lineage, outline.build(random)));
    Proposal proposal = repository.propose();
    next.values().forEach(proposal::put);
    roots.keySet().stream().filter(root -> !next.containsKey(root)).forEach(proposal::end);
    Census wanted = Census.of(next.values());
    Commit commit = proposal.commit();
    commits++;
    next.replaceAll((lineage, root) -> (Goods) repository.head(lineage).orElseThrow().root());
    new Step(commit, wanted, Census.of(next.values())).check();
    roots = next;
    scribbler.log.clear();
    if (commits % 200 == 0) {
      requireThatNothingOldChanged();
    }
  }

  /** One commit. */
  private final class Step {
    private final Commit commit;
    private final Census before = forests.lastEntry().getValue();
    private final Census wanted;
    private final Census after;
    private final Expected expected;

    Step(Commit commit, Census wanted, Census after) {
      this.commit = commit;
      this.wanted = wanted;
      this.after = after;
      this.expected = new Expected(before, after);
    }

    void check() {
      same("kept", after.entries(), wanted.entries());
      requireJustTheSpineIsNew();
      Set<Lineage> reordered = new HashSet<>();
      commit.revisions().stream()
          .filter(revision -> revision.act() == Revision.Act.MOVED)
          .map(Revision::lineage)
          .filter(lineage -> !expected.moved.contains(lineage))
          .forEach(reordered::add);
      assertThat(expected.areFewest(reordered)).as("fewest " + reordered).isTrue();
      commit.heads().forEach(head -> check(head, reordered));
      remember(reordered);
      for (Revision revision : commit.revisions()) {
        Optional<Place> place =
            after.has(revision.lineage())
                ? Optional.of(after.spot(revision.lineage()).place())
                : Optional.empty();
        same("place", revision.place(), place);
      }
      scribbler.roots.values().forEach(root -> root.keep(after.nodes()));
      for (int i = 0; i < 5; i++) {
        requireHistory(any(history.keySet()));
        requireThen(any(history.keySet()));
      }
      if (random.nextInt(10) == 0) {
        compareAny();
      }
    }

    private void requireJustTheSpineIsNew() {
      for (Lineage lineage : after.lineages()) {
        Goods node = after.node(lineage);
        if (expected.changed.contains(lineage)) {
          same("version", node.id().version(), commit.stamp().version());
        } else {
          identical(node, before.node(lineage));
        }
      }
      assertThat(commit.isEmpty())
          .isEqualTo(expected.changed.isEmpty() && expected.removed.isEmpty());
    }

    private void check(Commit.Head head, Set<Lineage> reordered) {
      Optional<Goods> root = head.root().map(Goods.class::cast);
      root.ifPresent(now -> {
        kept.put(now, Census.of(now).fingerprint());
        versions.computeIfAbsent(head.lineage(), l -> new ArrayList<>()).add(now);
      });
      head.diff()
          .ifPresent(diff -> {
            requireDiff(diff, (Goods) head.before().orElseThrow(), root.orElseThrow());
            assertThat(reordered).containsAll(diff.reordered());
          });
    }

    private void remember(Set<Lineage> reordered) {
      if (commit.isEmpty()) {
        return;
      }
      long version = commit.stamp().version();
      forests.put(version, after);
      Map<Lineage, Revision.Act> acts = acts(reordered);
      Map<Lineage, Revision.Act> told = new HashMap<>();
      commit.revisions().forEach(r -> told.put(r.lineage(), r.act()));
      same("acts", told, acts);
      acts.forEach((lineage, act) -> {
        Goods node = (after.has(lineage) ? after : before).node(lineage);
        history
            .computeIfAbsent(lineage, l -> new ArrayList<>())
            .addFirst(new Done(version, act, node));
      });
      expected.removed.forEach(lineage -> scribbler.bury(before.node(lineage)));
    }

    private Map<Lineage, Revision.Act> acts(Set<Lineage> reordered) {
      Map<Lineage, Revision.Act> acts = new HashMap<>();
      expected.changed.forEach(lineage -> acts.put(lineage, Revision.Act.CHANGED));
      expected.moved.forEach(lineage -> acts.put(lineage, Revision.Act.MOVED));
      reordered.forEach(lineage -> acts.put(lineage, Revision.Act.MOVED));
      expected.added.forEach(lineage -> acts.put(lineage, Revision.Act.CREATED));
      expected.removed.forEach(lineage -> acts.put(lineage, Revision.Act.REMOVED));
      return acts;
    }
  }

  /** Compares two versions of a tree that may lie far apart. */
  private void compareAny() {
    List<Goods> all = versions.get(any(versions.keySet()));
    if (all != null) {
      Goods one = all.get(random.nextInt(all.size()));
      Goods other = all.get(random.nextInt(all.size()));
      requireDiff(Diff.between(one, other), one, other);
    }
  }

  private static void requireDiff(Diff diff, Goods before, Goods after) {
    Census then = Census.of(before);
    Census now = Census.of(after);
    Expected expected = new Expected(then, now);
    same("added", diff.added(), expected.added);
    same("removed", diff.removed(), expected.removed);
    same("moved", diff.moved(), expected.moved);
    assertThat(expected.areFewest(diff.reordered())).as("fewest " + diff.reordered()).isTrue();
    Map<Lineage, Set<String>> modified = new HashMap<>();
    diff.of(Change.Modified.class)
        .forEach(
            m -> modified.computeIfAbsent(m.lineage(), l -> new HashSet<>()).add(m.property()));
    same("modified", modified, expected.modified);
    same(
        "retyped",
        sorted(diff.of(Change.Retyped.class).map(c -> "" + c.lineage())),
        sorted(expected.retyped.stream()));
    same(
        "rearranged",
        sorted(diff.of(Change.Rearranged.class).map(r -> r.lineage() + "." + r.property())),
        sorted(expected.rearranged.stream()));
    same("changed", diff.changed(), expected.changed);
    requirePlaces(diff, expected);
    Goods applied = diff.applyTo(before);
    same("applied", Census.of(applied).entries(), now.entries());
    Goods back = diff.inverse().applyTo(after);
    same("taken back", Census.of(back).entries(), then.entries());
  }

  private static void requirePlaces(Diff diff, Expected expected) {
    for (Change change : diff.changes()) {
      switch (change) {
        case Change.Added added -> requirePlace(expected.after, added.lineage(), added.place());
        case Change.Removed gone -> requirePlace(expected.before, gone.lineage(), gone.place());
        case Change.Moved moved -> {
          requirePlace(expected.before, moved.lineage(), moved.from());
          requirePlace(expected.after, moved.lineage(), moved.to());
        }
        case Change.Reordered moved -> {
          requirePlace(expected.before, moved.lineage(), moved.from());
          requirePlace(expected.after, moved.lineage(), moved.to());
        }
        case Change.Retyped retyped ->
            requirePlace(expected.after, retyped.lineage(), retyped.place());
        case Change.Modified modified -> {
          Map<String, Object> then = expected.before.at(modified.lineage()).values();
          Map<String, Object> now = expected.after.at(modified.lineage()).values();
          same("old value", modified.before(), then.get(modified.property()));
          same("new value", modified.after(), now.get(modified.property()));
        }
        case Change.Rearranged _ -> {}
      }
    }
  }

  private static void requirePlace(Census census, Lineage lineage, Place place) {
    same("place", place, census.spot(lineage).place());
  }

  private void requireHistory(Lineage lineage) {
    List<Done> told =
        repository.history(lineage, Long.MAX_VALUE, Repository.MAX_PAGE).stream()
            .map(r -> new Done(r.stamp().version(), r.act(), (Goods) r.node()))
            .toList();
    List<Done> done = history.getOrDefault(lineage, List.of());
    assertThat(told).hasSize(Math.min(Repository.MAX_PAGE, done.size()));
    for (int i = 0; i < told.size(); i++) {
      same("version", told.get(i).version(), done.get(i).version());
      same("act", told.get(i).act(), done.get(i).act());
      identical(told.get(i).node(), done.get(i).node());
    }
  }

  /** An entity now and at a version that is chosen at random, and the way to it. */
  private void requireThen(Lineage lineage) {
    Census now = forests.lastEntry().getValue();
    identical(repository.latest(lineage).orElse(null), now.nodes().get(lineage));
    long version = 1 + random.nextLong(forests.lastKey() + 1);
    Census then = Objects.requireNonNull(forests.floorEntry(version)).getValue();
    identical(repository.asOf(lineage, version).orElse(null), then.nodes().get(lineage));
    if (then.has(lineage)) {
      List<Revision> way = repository.way(lineage, Branch.MAIN, version);
      same("way", way.stream().map(Revision::lineage).toList(), then.way(lineage));
      for (Revision step : way) {
        identical(step.node(), then.node(step.lineage()));
        Place place = step.place().orElseThrow();
        same("owner", place.owner(), then.spot(step.lineage()).owner());
        same("property", place.property(), then.spot(step.lineage()).property());
      }
    }
  }

  private void requireThatNothingOldChanged() {
    kept.forEach((root, fingerprint) ->
        same("old version " + root.id(), Census.of(root).fingerprint(), fingerprint));
    versions.forEach((lineage, all) ->
        all.forEach(root ->
            identical(repository.requireVersion(lineage, root.id().version()).root(), root)));
  }

  private <E> E any(Set<E> set) {
    return List.copyOf(set).get(random.nextInt(set.size()));
  }

  private static List<String> sorted(Stream<?> all) {
    return all.map(Object::toString).sorted().toList();
  }

  /** As AssertJ would say it, but fast when all is well. */
  private static void same(String what, @Nullable Object actual, @Nullable Object expected) {
    if (!Objects.equals(actual, expected)) {
      assertThat(actual).as(what).isEqualTo(expected);
    }
  }

  private static void identical(@Nullable Object actual, @Nullable Object expected) {
    if (actual != expected) {
      assertThat(actual).isSameAs(expected);
    }
  }
}

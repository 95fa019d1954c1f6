package dev.parley.entities;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes a commit from a comparison, once it is sure that no entity is in two trees. */
final class Preparation {
  private final Repository repository;
  private final Branch branch;
  private final Map<Lineage, Entity> roots;
  private final Map<Lineage, Optional<Version<?>>> heads;
  private final OptionalLong merged;
  private final Comparison comparison;
  private final Stamp stamp;

  Preparation(
      Repository repository,
      Branch branch,
      Cause cause,
      Map<Lineage, Entity> roots,
      Map<Lineage, Optional<Version<?>>> heads,
      OptionalLong merged,
      Comparison comparison) {
    this.repository = repository;
    this.branch = branch;
    this.roots = roots;
    this.heads = heads;
    this.merged = merged;
    this.comparison = comparison;
    this.stamp = new Stamp(repository.ledger().nextVersion(), now(), cause);
  }

  /** Never before the versions that it follows, even if the clock went back. */
  private Instant now() {
    Instant now = repository.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    for (Optional<Version<?>> head : heads.values()) {
      if (head.isPresent() && head.get().stamp().at().isAfter(now)) {
        now = head.get().stamp().at();
      }
    }
    return now;
  }

  Commit commit() {
    for (Visit visit : comparison.visits()) {
      if (visit.isFresh()) {
        requireNew(visit);
      }
    }
    requireMovesOnMain();
    requireBasesOfEnded();
    requireBasesOfPromoted();
    comparison.settle(stamp.version());
    List<Commit.Head> changed = new ArrayList<>();
    for (Lineage root : heads.keySet()) {
      head(root).ifPresent(changed::add);
    }
    return new Commit(stamp, changed, changed.isEmpty() ? List.of() : revisions());
  }

  /** An entity that no tree of this commit had before must be in no other tree. */
  private void requireNew(Visit visit) {
    Optional<Revision> known =
        repository.ledger().revision(visit.lineage(), branch, Long.MAX_VALUE);
    known
        .flatMap(Revision::place)
        .filter(place -> !comparison.removed().containsKey(visit.lineage()))
        .ifPresent(place -> {
          throw new Refused(
              "@" + visit.lineage() + " is at two places: " + place + " and " + visit.place);
        });
    long base = visit.now.id().version();
    if (known.isEmpty() && base > 0) {
      throw new Refused(visit.now.id() + " is no version of this repository");
    }
    if (base > 0 && visit.place == Place.ROOT) {
      throw new HeadMoved(visit.lineage(), base, 0);
    }
  }

  /** A root that has an owner now states its base, as if it were put. */
  private void requireBasesOfEnded() {
    for (Comparison.Move move : comparison.moves()) {
      Lineage lineage = move.node().lineage();
      long base = move.node().id().version();
      heads
          .getOrDefault(lineage, Optional.empty())
          .filter(head -> move.from() == Place.ROOT && head.root().id().version() != base)
          .ifPresent(head -> {
            throw new HeadMoved(lineage, base, head.number());
          });
    }
  }

  /** A root that had an owner states its own base, too: no tree of its own has one yet. */
  private void requireBasesOfPromoted() {
    for (Visit visit : comparison.visits()) {
      Entity owned = visit.old;
      if (owned != null && visit.place == Place.ROOT && isNoRootYet(visit.lineage())) {
        long base = visit.now.id().version();
        if (base != owned.id().version()) {
          throw new HeadMoved(visit.lineage(), base, owned.id().version());
        }
      }
    }
  }

  private boolean isNoRootYet(Lineage lineage) {
    return heads.getOrDefault(lineage, Optional.empty()).isEmpty();
  }

  /** On other branches a tree is alone: whatever moves stays in it. */
  private void requireMovesOnMain() {
    for (Comparison.Move move : comparison.moves()) {
      Lineage lineage = move.node().lineage();
      if (!branch.isMain() && !sameRoot(move)) {
        throw new Refused("@" + lineage + " can move to another tree on the main branch only");
      }
    }
  }

  private boolean sameRoot(Comparison.Move move) {
    return heads.size() == 1 && move.from() != Place.ROOT && move.to() != Place.ROOT;
  }

  private Optional<Commit.Head> head(Lineage root) {
    Optional<Version<?>> head = heads.getOrDefault(root, Optional.empty());
    OptionalLong base = head.map(h -> OptionalLong.of(h.number())).orElse(OptionalLong.empty());
    Entity given = roots.get(root);
    Optional<Entity> now = Optional.ofNullable(given).map(this::resultOf);
    if (head.isPresent() && now.isPresent() && now.get() == head.get().root()) {
      return Optional.empty();
    }
    Optional<Entity> before = head.map(Version::root);
    return Optional.of(new Commit.Head(root, branch, base, before, now, merged));
  }

  private Entity resultOf(Entity root) {
    for (Visit visit : comparison.visits()) {
      if (visit.now == root) {
        return visit.result();
      }
    }
    return root;
  }

  private List<Revision> revisions() {
    List<Revision> revisions = new ArrayList<>();
    Map<Lineage, Comparison.Move> moved = new LinkedHashMap<>();
    comparison.moves().forEach(move -> moved.put(move.node().lineage(), move));
    for (Visit visit : comparison.visits()) {
      boolean hasMoved = moved.remove(visit.lineage()) != null;
      if (visit.isChanged() || hasMoved) {
        revisions.add(revision(visit, hasMoved));
      }
    }
    for (Comparison.Move move : moved.values()) {
      revisions.add(revision(move.node(), Revision.Act.MOVED, Optional.of(move.to())));
    }
    for (Comparison.Found gone : comparison.removed().values()) {
      revisions.add(revision(gone.node(), Revision.Act.REMOVED, Optional.empty()));
    }
    return List.copyOf(revisions);
  }

  private Revision revision(Visit visit, boolean hasMoved) {
    Revision.Act act =
        visit.isFresh()
            ? Revision.Act.CREATED
            : hasMoved ? Revision.Act.MOVED : Revision.Act.CHANGED;
    return revision(visit.result(), act, Optional.of(visit.place));
  }

  private Revision revision(Entity node, Revision.Act act, Optional<Place> place) {
    return new Revision(node.lineage(), branch, stamp, act, place, node);
  }
}

package dev.parley.functions;

import dev.parley.entities.Branch;
import dev.parley.entities.Cause;
import dev.parley.entities.Commit;
import dev.parley.entities.Diff;
import dev.parley.entities.Entity;
import dev.parley.entities.HeadMoved;
import dev.parley.entities.Lineage;
import dev.parley.entities.Place;
import dev.parley.entities.Policy;
import dev.parley.entities.Proposal;
import dev.parley.entities.Refused;
import dev.parley.entities.Repository;
import dev.parley.entities.Revision;
import dev.parley.entities.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the entities that a function answered with mean for the trees.
 *
 * <p>A result that is not, by reference, the version that it is based on was changed. If it is a
 * root it is proposed as it is. If it is owned by another entity, then either that one was answered
 * too, and both must agree, or its tree gets the changed entity in its place. What one changed
 * result lost and another one has was moved; what nobody has and was answered by itself became a
 * root; a root that a changed result has ended as a tree of its own.
 */
final class Effects {
  private final Repository repository;
  private final OnConflict onConflict;
  private final Inputs inputs;
  private final Map<Lineage, Entity> results = new LinkedHashMap<>();
  private final Set<Lineage> changed = new HashSet<>();
  private final Set<Lineage> came = new HashSet<>();
  private final Set<Lineage> left = new HashSet<>();
  private final Map<Lineage, Entity> edited = new LinkedHashMap<>();
  private final List<Entity> within = new ArrayList<>(0);
  private final Proposal proposal;

  Effects(Repository repository, OnConflict onConflict, Inputs inputs) {
    this.repository = repository;
    this.onConflict = onConflict;
    this.inputs = inputs;
    this.proposal = repository.propose();
  }

  /** Takes an entity that the function answered with. */
  Entity answer(Entity result) {
    Entity other = results.putIfAbsent(result.lineage(), result);
    if (other == null && !isAsKept(result)) {
      changed.add(result.lineage());
    } else if (other != null && other != result && !other.equals(result)) {
      throw new Refused("@" + result.lineage() + " is answered twice, with different contents");
    }
    return result;
  }

  private boolean isAsKept(Entity entity) {
    return inputs.isAsRead(entity) || based(entity).filter(base -> base == entity).isPresent();
  }

  private Optional<Entity> based(Entity entity) {
    long version = entity.id().version();
    return version == 0 ? Optional.empty() : repository.asOf(entity.lineage(), version);
  }

  /**
   * Keeps all changes together.
   *
   * @throws HeadMoved if others changed the same meanwhile
   * @throws Refused if the results contradict each other
   */
  Kept commit(Cause cause, boolean mayChange) {
    if (changed.isEmpty()) {
      return new Kept(Optional.empty());
    }
    compareTrees();
    results.values().forEach(this::propose);
    inputs.given().stream()
        .filter(input -> !results.containsKey(input.lineage()) && came.contains(input.lineage()))
        .forEach(this::release);
    edited.values().forEach(proposal::put);
    proposal.by(cause).with(onConflict == OnConflict.MERGE ? Policy.MERGE : Policy.REJECT);
    if (!mayChange || !within.isEmpty()) {
      check(proposal.prepare(), mayChange);
    }
    return new Kept(Optional.of(proposal.commit()));
  }

  /**
   * Finds what came into changed results and what left them, if there is anything to tell apart.
   */
  private void compareTrees() {
    Set<Lineage> involved = new HashSet<>(results.keySet());
    inputs.given().forEach(input -> involved.add(input.lineage()));
    if (involved.size() > 1) {
      changed.forEach(lineage -> compare(requireResult(lineage)));
      left.removeAll(came);
    }
  }

  private void compare(Entity result) {
    Optional<Entity> base = based(result);
    if (base.isPresent()) {
      Diff diff = Diff.between(base.get(), result);
      came.addAll(diff.added());
      left.addAll(diff.removed());
    } else {
      Tree.each(result, below -> came.add(below.lineage()));
      came.remove(result.lineage());
    }
  }

  private Entity requireResult(Lineage lineage) {
    return Optional.ofNullable(results.get(lineage)).orElseThrow();
  }

  private void propose(Entity result) {
    Lineage lineage = result.lineage();
    if (came.contains(lineage)) {
      if (changed.contains(lineage)) {
        within.add(result);
      }
      release(result);
    } else if (left.contains(lineage)) {
      proposal.put(result);
    } else if (changed.contains(lineage)) {
      change(result);
    }
  }

  /** Takes an entity out of where it is, because a changed result has it now. */
  private void release(Entity entity) {
    Optional<Place> place = latest(entity).flatMap(Revision::place);
    if (place.isEmpty() || left.contains(entity.lineage())) {
      return;
    }
    requireCurrent(entity);
    if (place.get().equals(Place.ROOT)) {
      proposal.end(entity.lineage());
    } else {
      edit(entity, Tree::without);
    }
  }

  private void change(Entity result) {
    Optional<Revision> latest = latest(result);
    if (latest.isEmpty()) {
      proposal.put(result);
      return;
    }
    Place place =
        latest
            .get()
            .place()
            .orElseThrow(() -> new HeadMoved(result.lineage(), result.id().version(), 0));
    if (place.equals(Place.ROOT)) {
      proposal.put(result);
    } else if (hasChangedOwner(result)) {
      within.add(result);
    } else {
      edit(result, Tree::with);
    }
  }

  private boolean hasChangedOwner(Entity result) {
    List<Revision> way = repository.way(result.lineage(), Branch.MAIN, Long.MAX_VALUE);
    return way.stream().limit(way.size() - 1L).anyMatch(owner -> changed.contains(owner.lineage()));
  }

  /** A change of a tree at one entity. */
  private interface Edit {
    Entity of(Entity root, List<Revision> way, Entity entity);
  }

  private void edit(Entity entity, Edit edit) {
    List<Revision> way = repository.way(entity.lineage(), Branch.MAIN, base());
    Revision root = way.getFirst();
    Entity tree = edited.getOrDefault(root.lineage(), root.node());
    edited.put(root.lineage(), edit.of(tree, way, entity));
  }

  /** Which versions of trees are edited: for a merge those that the results are based on. */
  private long base() {
    return onConflict == OnConflict.MERGE
        ? changed.stream().mapToLong(l -> requireResult(l).id().version()).max().orElseThrow()
        : Long.MAX_VALUE;
  }

  private Optional<Revision> latest(Entity entity) {
    return repository.history(entity.lineage(), Long.MAX_VALUE, 1).stream().findFirst();
  }

  private void requireCurrent(Entity entity) {
    long base = entity.id().version();
    long now = latest(entity).map(revision -> revision.node().id().version()).orElse(base);
    if (now != base) {
      throw new HeadMoved(entity.lineage(), base, now);
    }
  }

  private void check(Commit prepared, boolean mayChange) {
    if (!mayChange && !prepared.isEmpty()) {
      throw new Refused(
          "a function that only reads answered with a changed "
              + prepared.revisions().getLast().node().id());
    }
    Kept kept = new Kept(Optional.of(prepared));
    for (Entity result : within) {
      if (!kept.version(result).equals(result)) {
        throw new Refused(
            "@" + result.lineage() + " is answered by itself and, different, in its tree");
      }
    }
  }

  /** What was kept. */
  final class Kept {
    private final Optional<Commit> commit;
    private final Map<Lineage, Revision> revisions = new HashMap<>();

    Kept(Optional<Commit> commit) {
      this.commit = commit.filter(c -> !c.isEmpty());
      this.commit.ifPresent(c -> c.revisions().forEach(r -> revisions.put(r.lineage(), r)));
    }

    Optional<Commit> commit() {
      return commit;
    }

    /** The version of an entity that a result has become. */
    Entity version(Entity result) {
      Revision revision = revisions.get(result.lineage());
      if (revision != null) {
        return revision.node();
      }
      return changed.contains(result.lineage()) ? based(result).orElse(result) : result;
    }

    /** The results, and the other trees that were changed. */
    List<Execution.Output> outputs() {
      List<Execution.Output> outputs = new ArrayList<>(results.size());
      results.values().forEach(result -> outputs.add(output(version(result))));
      commit.stream()
          .flatMap(c -> c.heads().stream())
          .flatMap(head -> head.root().stream())
          .filter(root -> !results.containsKey(root.lineage()))
          .forEach(root -> outputs.add(output(root)));
      return List.copyOf(outputs);
    }

    private Execution.Output output(Entity entity) {
      return new Execution.Output(Inputs.address(entity), meaning(entity.lineage()));
    }

    private Meaning meaning(Lineage lineage) {
      Revision revision = revisions.get(lineage);
      if (revision == null) {
        return Meaning.UNCHANGED;
      }
      return switch (revision.act()) {
        case CREATED -> Meaning.CREATED;
        case MOVED ->
            revision.place().equals(Optional.of(Place.ROOT)) ? Meaning.DETACHED : Meaning.MOVED;
        case CHANGED, REMOVED -> Meaning.MUTATED;
      };
    }
  }
}

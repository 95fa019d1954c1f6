package dev.parley.entities;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * New versions of one or several trees that are to be kept together: a change of one, or a move
 * between two. Each states its base by the identity of its root.
 */
public final class Proposal {
  private final Repository repository;
  private final Map<Lineage, Entity> roots = new LinkedHashMap<>();
  private final Set<Lineage> ended = new LinkedHashSet<>();
  private Branch branch = Branch.MAIN;
  private Policy policy = Policy.REJECT;
  private Cause cause = Cause.UNSTATED;
  private OptionalLong merged = OptionalLong.empty();

  Proposal(Repository repository) {
    this.repository = repository;
  }

  /** Adds a new tree, or the next version of one. */
  public Proposal put(Entity root) {
    if (roots.put(root.lineage(), root) != null) {
      throw new Refused(root.id() + " is put twice");
    }
    requireEither(root.lineage());
    return this;
  }

  /** Ends a tree: its root has become a child of another one, or is gone. */
  public Proposal end(Lineage root) {
    ended.add(root);
    requireEither(root);
    return this;
  }

  private void requireEither(Lineage root) {
    if (roots.containsKey(root) && ended.contains(root)) {
      throw new Refused("@" + root + " cannot be both put and ended");
    }
  }

  /** Proposes for another branch than the main one. */
  public Proposal on(Branch other) {
    branch = other;
    return this;
  }

  public Proposal by(Cause call) {
    cause = call;
    return this;
  }

  public Proposal with(Policy other) {
    policy = other;
    return this;
  }

  /** Notes which version of another branch was merged into what is put. */
  Proposal merging(long version) {
    merged = OptionalLong.of(version);
    return this;
  }

  /**
   * Works out what is to be kept, without keeping it.
   *
   * @throws Refused if a tree is not sound
   * @throws HeadMoved if a base is not the head, under {@link Policy#REJECT}
   * @throws Conflicted if it cannot be merged, under {@link Policy#MERGE}
   */
  public Commit prepare() {
    Comparison comparison = new Comparison();
    Map<Lineage, Optional<Version<?>>> heads = new LinkedHashMap<>();
    Map<Lineage, Entity> next = new LinkedHashMap<>();
    for (Entity root : roots.values()) {
      next.put(root.lineage(), add(root, comparison, heads));
    }
    for (Lineage root : ended) {
      Version<?> head = repository.requireHead(root, branch);
      heads.put(root, Optional.of(head));
      comparison.withoutRoot(head.root());
    }
    comparison.walk();
    return new Preparation(repository, branch, cause, next, heads, merged, comparison).commit();
  }

  private Entity add(Entity root, Comparison comparison, Map<Lineage, Optional<Version<?>>> heads) {
    Optional<Version<?>> head = repository.ledger().head(root.lineage(), branch);
    heads.put(root.lineage(), head);
    if (head.isEmpty() && !branch.isMain()) {
      throw new Refused("@" + root.lineage() + " has no branch " + branch);
    }
    if (head.isEmpty()) {
      comparison.withNewRoot(root);
      return root;
    }
    Entity next = onHead(root, head.get());
    comparison.between(head.get().root(), next);
    return next;
  }

  private Entity onHead(Entity root, Version<?> head) {
    long base = root.id().version();
    if (base == head.root().id().version()) {
      return root;
    }
    if (base == 0) {
      throw new HeadMoved(root.lineage(), base, head.number());
    }
    Version<?> common = repository.requireVersion(root.lineage(), base);
    if (policy == Policy.REJECT) {
      throw new HeadMoved(root.lineage(), base, head.number());
    }
    return Merge.of(common.root(), head.root(), root).orConflicted();
  }

  /**
   * Keeps it.
   *
   * @return what was kept; empty if nothing changed
   * @throws HeadMoved if somebody else came first, under {@link Policy#REJECT}
   */
  public Commit commit() {
    while (true) {
      Commit commit = prepare();
      try {
        return repository.keep(commit);
      } catch (HeadMoved moved) {
        if (policy == Policy.REJECT) {
          throw moved;
        }
      }
    }
  }
}

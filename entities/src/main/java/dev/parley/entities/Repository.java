package dev.parley.entities;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * Trees and their history. A commit states its base; if that is not the head any more, it is
 * refused, merged or done again, never put over what somebody else wrote.
 */
public final class Repository {
  /** The most that one call lists. */
  public static final int MAX_PAGE = 1_000;

  private final Ledger ledger;
  private final InstantSource clock;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final List<Follower> followers = new CopyOnWriteArrayList<>();

  /** Hears of commits once they are kept. */
  @FunctionalInterface
  public interface Listener {
    void kept(Commit commit);
  }

  /** Hears of commits in the order in which they are kept. */
  @FunctionalInterface
  public interface Follower {
    /**
     * Called before a commit is kept, on the thread that makes it. May wait, and may throw to
     * refuse the commit.
     *
     * @return run once the commit is kept, before any other commit is, perhaps on another thread;
     *     not run if it is not kept. Takes next to no time, does not throw
     */
    Runnable expect(Commit commit);
  }

  public Repository(Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** A repository whose versions live as long as the process. */
  public static Repository inMemory(InstantSource clock) {
    return new Repository(new MemoryLedger(), clock);
  }

  /** Names somebody who hears of every commit, on the thread that made it. */
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /** Names somebody who hears of every commit, in the order of commits. */
  public void follow(Follower follower) {
    followers.add(follower);
  }

  /** Starts a proposal of new versions that are to be kept together. */
  public Proposal propose() {
    return new Proposal(this);
  }

  /**
   * Keeps a new tree, or the next version of one.
   *
   * @return the version as it was kept; the head itself if nothing changed
   * @throws HeadMoved if the tree is not based on the head
   * @throws Refused if the tree is not sound
   */
  public <T extends Entity> T commit(T root) {
    return kept(root, propose().put(root).commit());
  }

  /** Keeps the next version of a tree on a branch. */
  public <T extends Entity> T commit(T root, Branch branch) {
    return kept(root, propose().on(branch).put(root).commit(), branch);
  }

  private <T extends Entity> T kept(T root, Commit commit) {
    return kept(root, commit, Branch.MAIN);
  }

  @SuppressWarnings("unchecked")
  private <T extends Entity> T kept(T root, Commit commit, Branch branch) {
    return (T)
        commit.root(root.lineage()).orElseGet(() -> requireHead(root.lineage(), branch).root());
  }

  /**
   * Changes the newest version of a tree, again and again until nobody else came in between.
   *
   * @param next the same tree, changed; may be called several times
   */
  public <T extends Entity> T update(Lineage root, Class<T> type, UnaryOperator<T> next) {
    while (true) {
      try {
        return commit(same(root, next.apply(type.cast(requireHead(root, Branch.MAIN).root()))));
      } catch (HeadMoved moved) {
        Thread.onSpinWait();
      }
    }
  }

  private static <T extends Entity> T same(Lineage root, T next) {
    if (!next.lineage().equals(root)) {
      throw new Refused("@" + root + " cannot become " + next.id() + ", which is another tree");
    }
    return next;
  }

  /**
   * Keeps a prepared commit.
   *
   * @throws HeadMoved if it is not based on the heads any more
   */
  public Commit keep(Commit commit) {
    if (!commit.isEmpty()) {
      ledger.append(commit, expectation(commit));
      listeners.forEach(listener -> listener.kept(commit));
    }
    return commit;
  }

  private Runnable expectation(Commit commit) {
    List<Runnable> expecting = followers.stream().map(f -> f.expect(commit)).toList();
    return () -> expecting.forEach(Runnable::run);
  }

  /** The newest version of a tree. */
  public Optional<Version<?>> head(Lineage root) {
    return ledger.head(root, Branch.MAIN);
  }

  /** The newest version of a tree on a branch. */
  public Optional<Version<?>> head(Lineage root, Branch branch) {
    return ledger.head(root, branch);
  }

  Version<?> requireHead(Lineage root, Branch branch) {
    return ledger
        .head(root, branch)
        .orElseThrow(() -> new Refused("@" + root + " is no tree of this repository"));
  }

  /**
   * A version of a tree, on whatever branch.
   *
   * @throws Refused if there is none of that number
   */
  public Version<?> requireVersion(Lineage root, long number) {
    return ledger
        .version(root, number)
        .orElseThrow(
            () -> new Refused("@" + root + ":" + number + " is no version of this repository"));
  }

  /**
   * The versions of a tree on the main branch, newest first.
   *
   * @param before only those with a lower number; {@link Long#MAX_VALUE} for the newest
   * @param limit at most {@value #MAX_PAGE}
   */
  public List<Version<?>> versions(Lineage root, long before, int limit) {
    return ledger.versions(root, Branch.MAIN, before, Math.min(limit, MAX_PAGE));
  }

  /**
   * All that happened to an entity, root or not, newest first: also in trees that it left.
   *
   * @param before only what has a lower version; {@link Long#MAX_VALUE} for the newest
   * @param limit at most {@value #MAX_PAGE}
   */
  public List<Revision> history(Lineage lineage, long before, int limit) {
    return ledger.revisions(lineage, Branch.MAIN, before, Math.min(limit, MAX_PAGE));
  }

  /** An entity, root or not, as it is now; empty if it is in no tree. */
  public Optional<Entity> latest(Lineage lineage) {
    return asOf(lineage, Long.MAX_VALUE);
  }

  /** An entity, root or not, as it was at a version; empty if it was in no tree then. */
  public Optional<Entity> asOf(Lineage lineage, long version) {
    return ledger.revision(lineage, Branch.MAIN, version).flatMap(Repository::present);
  }

  /** An entity, root or not, as it was at a moment; empty if it was in no tree then. */
  public Optional<Entity> asOf(Lineage lineage, Instant moment) {
    return ledger.revision(lineage, Branch.MAIN, moment).flatMap(Repository::present);
  }

  private static Optional<Entity> present(Revision revision) {
    return revision.place().map(place -> revision.node());
  }

  /**
   * The way from the root of a tree to an entity, as it was at a version; the root's place first.
   */
  public List<Revision> way(Lineage lineage, Branch branch, long version) {
    List<Revision> way = new ArrayList<>();
    Optional<Lineage> next = Optional.of(lineage);
    while (next.isPresent()) {
      Revision revision =
          ledger
              .revision(next.get(), branch, version)
              .filter(r -> r.place().isPresent())
              .orElseThrow(() -> new Refused("@" + lineage + " is in no tree"));
      way.addFirst(revision);
      next = revision.place().flatMap(Place::owner);
    }
    return way;
  }

  /**
   * The entity or the value that an address means: as it was at the version in the address, as it
   * is now if there is none. What an optional holds counts as the optional.
   *
   * @throws Refused if there is nothing, saying what there is that looks like it
   */
  public Object resolve(Address address) {
    return new Resolver(this).resolve(address);
  }

  /**
   * @throws Refused if the address is malformed, or there is nothing
   */
  public Object resolve(String address) {
    return resolve(Address.parse(address));
  }

  /**
   * @throws Refused if there is nothing, or something of another type
   */
  public <V> V resolve(Address address, Class<V> type) {
    return Fit.cast(resolve(address), type, address.toString());
  }

  /** What several addresses mean, in their order; each entity is looked up once. */
  public List<Object> resolveAll(List<Address> addresses) {
    return new Resolver(this).resolveAll(addresses);
  }

  /**
   * Makes a new version of the tree that an address points into, with another entity or value
   * there: a component, an element of a list, a key of a map that need not be there yet.
   *
   * @param address without a version, or with one that is not older than the entity's newest
   * @return the root as it was kept
   * @throws HeadMoved if the entity has a newer version than the address says
   * @throws Refused if the value does not fit, or nothing leads there
   */
  public Entity put(Address address, Object value) {
    return new Resolver(this).put(address, value);
  }

  /**
   * Where an entity is now: the lineage of its root, and the path from there.
   *
   * @throws Refused if it is in no tree
   */
  public Address addressOf(Lineage lineage) {
    return new Resolver(this).addressOf(lineage);
  }

  /**
   * Starts a branch at a version.
   *
   * @throws Refused if the tree has a branch of that name, or not that version
   */
  public Branch fork(Version<?> from, String name) {
    requireVersion(from.root().lineage(), from.number());
    Branch branch = Branch.named(name, from.root().lineage());
    ledger.fork(from, branch);
    return branch;
  }

  /** The branches of a tree, but for the main one. */
  public List<Branch> branches(Lineage root) {
    return ledger.branches(root);
  }

  /**
   * Merges the newest version of one branch into another, from where both parted.
   *
   * @throws Conflicted if both changed the same thing differently
   */
  public Commit merge(Lineage root, Branch from, Branch into, Cause cause) {
    Version<?> theirs = requireHead(root, from);
    Version<?> ours = requireHead(root, into);
    Entity merged =
        Merge.of(common(theirs, ours).root(), ours.root(), theirs.root()).orConflicted();
    return propose().on(into).by(cause).merging(theirs.number()).put(merged).commit();
  }

  /** The newest version that both come from, by parents and by earlier merges. */
  private Version<?> common(Version<?> one, Version<?> other) {
    return Ancestry.common(ledger, one, other);
  }

  /** Gives up versions from before a number, and all that only they reach; says how many. */
  public int forget(long keepFrom) {
    return ledger.forget(keepFrom);
  }

  Ledger ledger() {
    return ledger;
  }

  InstantSource clock() {
    return clock;
  }
}

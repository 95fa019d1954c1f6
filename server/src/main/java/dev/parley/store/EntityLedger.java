package dev.parley.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.entities.Branch;
import dev.parley.entities.Catalog;
import dev.parley.entities.Commit;
import dev.parley.entities.Decoder;
import dev.parley.entities.Encoder;
import dev.parley.entities.Entity;
import dev.parley.entities.HeadMoved;
import dev.parley.entities.Ledger;
import dev.parley.entities.Lineage;
import dev.parley.entities.Place;
import dev.parley.entities.Refused;
import dev.parley.entities.Revision;
import dev.parley.entities.Stored;
import dev.parley.entities.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * Entity trees in the database: only new nodes are written, and a commit may be part of a change
 * that also writes rows and log entries. The head's row is the only arbiter between commits.
 */
public final class EntityLedger implements Ledger {
  /** How many entities that were read stay in memory. */
  private static final int KNOWN = 50_000;

  private static final long UNASKED = -1;

  private final Store store;
  private final EntityRows rows;
  private final Decoder decoder;
  private final InMemory known = new InMemory();
  private final InOrder order = new InOrder();
  private final AtomicLong numbers = new AtomicLong(UNASKED);

  /** Held by forgetting alone: no commit refers to a page that is just being given up. */
  private final ReadWriteLock forgetting = new ReentrantReadWriteLock();

  public EntityLedger(Store store, Catalog catalog) {
    this.store = store;
    this.rows = new EntityRows(store);
    this.decoder = new Decoder(catalog, rows, known);
  }

  /** Entities by the version that they are, so that trees share what they have in common. */
  private static final class InMemory implements Decoder.Known {
    private final Cache<Stored.Key, Entity> entities =
        Caffeine.newBuilder().maximumSize(KNOWN).build();

    private final Cache<String, Boolean> pages = Caffeine.newBuilder().maximumSize(KNOWN).build();

    boolean hasPage(String hash) {
      return pages.getIfPresent(hash) != null;
    }

    @Override
    public void page(String hash) {
      pages.put(hash, true);
    }

    @Override
    public @Nullable Entity find(Stored.Key key) {
      return entities.getIfPresent(key);
    }

    @Override
    public void add(Stored.Key key, Entity entity) {
      entities.put(key, entity);
    }
  }

  @Override
  public long nextVersion() {
    if (numbers.get() == UNASKED) {
      numbers.compareAndSet(UNASKED, rows.newestCommit());
    }
    return numbers.incrementAndGet();
  }

  @Override
  public void append(Commit commit, Runnable kept) {
    long number = commit.stamp().version();
    order.begin(number);
    try {
      commit(new Change(new Change.Origin(commit.stamp().cause().call(), actor(commit))), commit);
    } catch (RuntimeException | Error notKept) {
      order.failed(number);
      throw notKept;
    }
    order.done(number, kept);
  }

  private static String actor(Commit commit) {
    return commit.stamp().cause().actor();
  }

  /**
   * Does a change and keeps a commit in one transaction.
   *
   * @throws HeadMoved if the commit is not based on the heads; then nothing was written
   * @throws Conflict if another guard of the change does not hold; then nothing was written
   */
  public Committed commit(Change change, Commit commit) {
    forgetting.readLock().lock();
    try {
      Encoder encoder = Encoder.of(commit, known::hasPage);
      EntityWrites.add(change, commit, encoder);
      Committed committed = store.commit(change);
      encoder.stored();
      encoder.pages().forEach(page -> known.page(page.hash()));
      commit.revisions().forEach(r -> known.add(Stored.Key.of(r.node()), r.node()));
      return committed;
    } catch (Conflict conflict) {
      throw conflict.guard().equals(EntityWrites.HEAD) ? moved(commit) : conflict;
    } finally {
      forgetting.readLock().unlock();
    }
  }

  /** Another process may have moved a head, or taken the commit's number. */
  private HeadMoved moved(Commit commit) {
    numbers.accumulateAndGet(rows.newestCommit(), Math::max);
    for (Commit.Head head : commit.heads()) {
      long now = rows.head(head.lineage(), head.branch()).map(v -> v.stamp().version()).orElse(0L);
      if (now != head.base().orElse(0)) {
        return new HeadMoved(head.lineage(), head.base().orElse(0), now);
      }
    }
    Commit.Head first = commit.heads().getFirst();
    return new HeadMoved(first.lineage(), first.base().orElse(0), 0);
  }

  @Override
  public Optional<Version<?>> head(Lineage root, Branch branch) {
    return rows.head(root, branch).map(row -> version(root, row));
  }

  @Override
  public Optional<Version<?>> version(Lineage root, long number) {
    return rows.version(root, number).map(row -> version(root, row));
  }

  private Version<?> version(Lineage root, EntityRows.VersionRow row) {
    Entity entity = decoder.entity(new Stored.Key(root, row.stamp().version(), row.hash()));
    return new Version<>(entity, row.branch(), row.stamp(), row.parent(), row.merged());
  }

  @Override
  public List<Version<?>> versions(Lineage root, Branch branch, long before, int limit) {
    List<Version<?>> found = new ArrayList<>();
    Optional<EntityRows.Fork> line = Optional.of(new EntityRows.Fork(branch, before - 1));
    while (line.isPresent() && found.size() < limit) {
      Branch on = line.get().from();
      long bound = line.get().at() + 1;
      rows.versions(root, on, bound, limit - found.size())
          .forEach(row -> found.add(version(root, row)));
      line = below(root, on, bound);
    }
    return found;
  }

  @Override
  public Optional<Revision> revision(Lineage lineage, Branch branch, long upTo) {
    long before = upTo == Long.MAX_VALUE ? upTo : upTo + 1;
    return revisions(lineage, branch, before, 1).stream().findFirst();
  }

  @Override
  public Optional<Revision> revision(Lineage lineage, Branch branch, Instant upTo) {
    Optional<EntityRows.Fork> line = Optional.of(new EntityRows.Fork(branch, Long.MAX_VALUE - 1));
    while (line.isPresent()) {
      Branch on = line.get().from();
      long bound = line.get().at() + 1;
      Optional<EntityRows.RevisionRow> row = rows.revision(lineage, on, upTo, bound);
      if (row.isPresent()) {
        return Optional.of(revision(lineage, row.get()));
      }
      line = below(on, bound);
    }
    return Optional.empty();
  }

  @Override
  public List<Revision> revisions(Lineage lineage, Branch branch, long before, int limit) {
    List<Revision> found = new ArrayList<>();
    Optional<EntityRows.Fork> line = Optional.of(new EntityRows.Fork(branch, before - 1));
    while (line.isPresent() && found.size() < limit) {
      Branch on = line.get().from();
      long bound = line.get().at() + 1;
      rows.revisions(lineage, on, bound, limit - found.size())
          .forEach(row -> found.add(revision(lineage, row)));
      line = below(on, bound);
    }
    return found;
  }

  /** Where a branch comes from, and up to which version what happened there counts. */
  private Optional<EntityRows.Fork> below(Branch branch, long bound) {
    return branch.isMain() ? Optional.empty() : below(branch.root(), branch, bound);
  }

  private Optional<EntityRows.Fork> below(Lineage root, Branch branch, long bound) {
    return branch.isMain()
        ? Optional.empty()
        : rows.fork(root, branch)
            .map(fork -> new EntityRows.Fork(fork.from(), Math.min(fork.at(), bound - 1)));
  }

  private Revision revision(Lineage lineage, EntityRows.RevisionRow row) {
    Revision.Act act = Revision.Act.valueOf(row.act().toUpperCase(Locale.ROOT));
    Place place =
        row.owner().isEmpty()
            ? Place.ROOT
            : new Place(row.owner(), row.property(), Steps.read(row.steps()));
    return new Revision(
        lineage,
        row.branch(),
        row.stamp(),
        act,
        act == Revision.Act.REMOVED ? Optional.empty() : Optional.of(place),
        decoder.entity(new Stored.Key(lineage, row.content(), row.hash())));
  }

  @Override
  public void fork(Version<?> from, Branch branch) {
    Change change = new Change(new Change.Origin("", ""));
    EntityWrites.fork(change, from, branch);
    try {
      store.commit(change);
    } catch (Conflict taken) {
      throw new Refused("there is a branch " + branch + " already");
    }
  }

  @Override
  public List<Branch> branches(Lineage root) {
    return rows.branches(root);
  }

  /**
   * Gives up what was replaced before an instant. As of then, and since, everything stays readable.
   *
   * @return how many versions of trees are gone
   */
  public int forget(Instant before) {
    return forget(rows.newestCommit(before));
  }

  @Override
  public int forget(long keepFrom) {
    forgetting.writeLock().lock();
    try {
      known.pages.invalidateAll();
      return new Forgetting(store).before(keepFrom);
    } finally {
      forgetting.writeLock().unlock();
    }
  }
}

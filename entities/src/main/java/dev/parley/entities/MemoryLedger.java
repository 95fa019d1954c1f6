package dev.parley.entities;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * A ledger in memory. Writing holds a lock for the time of a few map writes; reading takes none,
 * but is done again under the lock if something was written meanwhile. So nobody sees a commit in
 * part.
 */
final class MemoryLedger implements Ledger {
  private record Line(Lineage lineage, Branch branch) {}

  private record Fork(Branch from, long at) {}

  private final AtomicLong numbers = new AtomicLong();
  private final Map<Line, Timeline<Version<?>>> versions = new ConcurrentHashMap<>();
  private final Map<Line, Timeline<Revision>> revisions = new ConcurrentHashMap<>();
  private final Map<Line, Version<?>> heads = new ConcurrentHashMap<>();
  private final Map<Branch, Fork> forks = new ConcurrentHashMap<>();
  private final ReentrantLock writing = new ReentrantLock();

  /** Odd while something is written. */
  private final AtomicLong writes = new AtomicLong();

  @Override
  public long nextVersion() {
    return numbers.incrementAndGet();
  }

  @Override
  public Optional<Version<?>> head(Lineage root, Branch branch) {
    return read(() -> Optional.ofNullable(heads.get(new Line(root, branch))));
  }

  @Override
  public Optional<Version<?>> version(Lineage root, long number) {
    return read(() ->
        onBranch(root, Branch.MAIN, number)
            .or(() ->
                branchesOf(root)
                    .flatMap(branch -> onBranch(root, branch, number).stream())
                    .findFirst()));
  }

  private Optional<Version<?>> onBranch(Lineage root, Branch branch, long number) {
    Timeline<Version<?>> line = versions.get(new Line(root, branch));
    return line == null
        ? Optional.empty()
        : line.last(v -> v.number() <= number).filter(v -> v.number() == number);
  }

  @Override
  public List<Version<?>> versions(Lineage root, Branch branch, long before, int limit) {
    Line line = new Line(root, branch);
    return read(() -> collect(versions, line, Version::number, before, limit));
  }

  @Override
  public List<Revision> revisions(Lineage lineage, Branch branch, long before, int limit) {
    Line line = new Line(lineage, branch);
    return read(() -> collect(revisions, line, r -> r.stamp().version(), before, limit));
  }

  /** Walks down the branches: what happened on one, then on the one that it forked from. */
  private <E> List<E> collect(
      Map<Line, Timeline<E>> lines, Line from, ToLongFunction<E> number, long before, int limit) {
    List<E> found = new ArrayList<>();
    Line line = from;
    long bound = before;
    while (true) {
      Timeline<E> timeline = lines.get(line);
      if (timeline != null) {
        long end = bound;
        found.addAll(timeline.newestFirst(e -> number.applyAsLong(e) < end, limit - found.size()));
      }
      Fork fork = forks.get(line.branch());
      if (fork == null || found.size() == limit) {
        return found;
      }
      bound = Math.min(bound, fork.at() + 1);
      line = new Line(line.lineage(), fork.from());
    }
  }

  @Override
  public Optional<Revision> revision(Lineage lineage, Branch branch, long upTo) {
    return read(() -> latest(new Line(lineage, branch), r -> r.stamp().version() <= upTo));
  }

  @Override
  public Optional<Revision> revision(Lineage lineage, Branch branch, Instant upTo) {
    return read(() -> latest(new Line(lineage, branch), r -> !r.stamp().at().isAfter(upTo)));
  }

  private Optional<Revision> latest(Line line, Predicate<Revision> early) {
    Timeline<Revision> timeline = revisions.get(line);
    Optional<Revision> found = timeline == null ? Optional.empty() : timeline.last(early);
    Fork fork = forks.get(line.branch());
    return found.isPresent() || fork == null
        ? found
        : latest(
            new Line(line.lineage(), fork.from()),
            r -> r.stamp().version() <= fork.at() && early.test(r));
  }

  @Override
  public void fork(Version<?> from, Branch branch) {
    write(() -> {
      if (forks.putIfAbsent(branch, new Fork(from.branch(), from.number())) != null) {
        throw new Refused("there is a branch " + branch + " already");
      }
      heads.put(new Line(from.root().lineage(), branch), from);
    });
  }

  @Override
  public List<Branch> branches(Lineage root) {
    return read(() -> branchesOf(root).toList());
  }

  private Stream<Branch> branchesOf(Lineage root) {
    return forks.keySet().stream().filter(branch -> branch.isOf(root));
  }

  @Override
  public void append(Commit commit, Runnable kept) {
    writing.lock();
    try {
      commit.heads().forEach(this::requireBase);
      commit.revisions().forEach(this::requireNowhere);
      write(() -> append(commit));
      kept.run();
    } finally {
      writing.unlock();
    }
  }

  private void append(Commit commit) {
    for (Revision revision : commit.revisions()) {
      append(revisions, new Line(revision.lineage(), revision.branch()), revision);
    }
    commit.heads().forEach(head -> move(head, commit.stamp()));
  }

  private void requireBase(Commit.Head head) {
    Version<?> now = heads.get(new Line(head.lineage(), head.branch()));
    long base = head.base().orElse(0);
    long number = now == null ? 0 : now.number();
    if (base != number) {
      throw new HeadMoved(head.lineage(), base, number);
    }
  }

  /** What is new must have come to no other tree since that was looked at. */
  private void requireNowhere(Revision revision) {
    if (revision.act() != Revision.Act.CREATED) {
      return;
    }
    long version = revision.stamp().version();
    latest(new Line(revision.lineage(), revision.branch()), any -> true)
        .filter(last -> last.place().isPresent() || last.stamp().version() > version)
        .ifPresent(last -> {
          throw new HeadMoved(revision.lineage(), 0, last.stamp().version());
        });
  }

  /** A line is published with its first entry in it. */
  private static <E> void append(Map<Line, Timeline<E>> lines, Line line, E entry) {
    Timeline<E> timeline = lines.get(line);
    if (timeline != null) {
      timeline.append(entry);
      return;
    }
    Timeline<E> first = new Timeline<>();
    first.append(entry);
    lines.put(line, first);
  }

  private void move(Commit.Head head, Stamp stamp) {
    Line line = new Line(head.lineage(), head.branch());
    if (head.root().isEmpty()) {
      heads.remove(line);
      return;
    }
    Version<?> version =
        new Version<>(head.root().get(), head.branch(), stamp, head.base(), head.merged());
    append(versions, line, version);
    heads.put(line, version);
  }

  @Override
  public int forget(long keepFrom) {
    writing.lock();
    try {
      int before = size();
      write(() -> drop(forks.values().stream().mapToLong(Fork::at).reduce(keepFrom, Math::min)));
      return before - size();
    } finally {
      writing.unlock();
    }
  }

  private int size() {
    return versions.values().stream().mapToInt(Timeline::size).sum();
  }

  private void drop(long from) {
    versions.replaceAll((line, all) -> all.since(v -> v.number() <= from));
    versions.entrySet().removeIf(line -> isOver(line.getKey(), line.getValue(), from));
    revisions.replaceAll((line, all) -> all.since(r -> r.stamp().version() <= from));
    revisions.values().removeIf(all -> isGone(all, from));
  }

  private boolean isOver(Line line, Timeline<Version<?>> all, long from) {
    return !heads.containsKey(line)
        && all.last(v -> true).filter(v -> v.number() >= from).isEmpty();
  }

  private static boolean isGone(Timeline<Revision> all, long from) {
    return all.last(r -> true)
        .filter(r -> r.act() == Revision.Act.REMOVED && r.stamp().version() < from)
        .isPresent();
  }

  /** What is read while nothing is written. */
  private <R> R read(Supplier<R> reading) {
    long before = writes.get();
    if (before % 2 == 0) {
      R result = reading.get();
      if (writes.get() == before) {
        return result;
      }
    }
    writing.lock();
    try {
      return reading.get();
    } finally {
      writing.unlock();
    }
  }

  /** Writes what nobody sees before it is all there. */
  private void write(Runnable change) {
    writing.lock();
    try {
      writes.incrementAndGet();
      change.run();
    } finally {
      writes.incrementAndGet();
      writing.unlock();
    }
  }
}

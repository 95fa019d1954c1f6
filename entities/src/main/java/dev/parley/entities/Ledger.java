package dev.parley.entities;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps versions: in memory, or in a database. Only appends; the head is its only arbiter. */
public interface Ledger {

  /** A number for the next commit: higher than every number that was kept or given before. */
  long nextVersion();

  /** The newest version of a tree. */
  Optional<Version<?>> head(Lineage root, Branch branch);

  /** A version of a tree, on whatever branch. */
  Optional<Version<?>> version(Lineage root, long number);

  /**
   * The versions of a tree, newest first, also those from before it forked.
   *
   * @param before only those with a lower number
   */
  List<Version<?>> versions(Lineage root, Branch branch, long before, int limit);

  /** The last thing that happened to an entity on a branch, up to a version. */
  Optional<Revision> revision(Lineage lineage, Branch branch, long upTo);

  /** The last thing that happened to an entity on a branch, up to a moment. */
  Optional<Revision> revision(Lineage lineage, Branch branch, Instant upTo);

  /**
   * All that happened to an entity, newest first.
   *
   * @param before only what has a lower version
   */
  List<Revision> revisions(Lineage lineage, Branch branch, long before, int limit);

  /**
   * Starts a branch.
   *
   * @throws Refused if there is one of that name
   */
  void fork(Version<?> from, Branch branch);

  /** The branches of a tree, but for the main one. */
  List<Branch> branches(Lineage root);

  /**
   * Keeps a commit, whole or not at all.
   *
   * @param kept run once it is kept, before any other commit is: so in the order of commits. Takes
   *     next to no time and does not throw
   * @throws HeadMoved if the head of one of its trees is not the base that it states
   */
  void append(Commit commit, Runnable kept);

  /**
   * Gives up old versions, and all that only they reach.
   *
   * @param keepFrom what was the newest at this version number is kept, and all since; heads and
   *     what branches fork from stay in any case
   * @return how many versions were given up
   */
  int forget(long keepFrom);
}

package dev.parley.entities;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/**
 * Whatever threads do to the heads, it is as if they had done it one after the other: Lincheck
 * tries how their steps can fall between each other.
 */
@Param(name = "tree", gen = IntGen.class, conf = "0:1")
@Param(name = "number", gen = IntGen.class, conf = "0:2")
public class LinearizabilityTest {
  record Node(Identity id) implements Entity {}

  private static final List<Lineage> TREES = List.of(new Lineage("a"), new Lineage("b"));

  private final MemoryLedger ledger = new MemoryLedger();

  private static Commit.Head head(int tree, int base, long number) {
    Entity root = new Node(Identity.of(TREES.get(tree), number));
    return new Commit.Head(
        TREES.get(tree),
        Branch.MAIN,
        base == 0 ? OptionalLong.empty() : OptionalLong.of(base),
        Optional.empty(),
        Optional.of(root),
        OptionalLong.empty());
  }

  private static Revision revision(Commit.Head head, Stamp stamp) {
    Revision.Act act = head.base().isEmpty() ? Revision.Act.CREATED : Revision.Act.CHANGED;
    return new Revision(
        head.lineage(),
        Branch.MAIN,
        stamp,
        act,
        Optional.of(Place.ROOT),
        head.root().orElseThrow());
  }

  private boolean append(long number, Commit.Head... heads) {
    Stamp stamp = new Stamp(number, Instant.EPOCH, Cause.UNSTATED);
    List<Commit.Head> all = List.of(heads);
    try {
      ledger.append(
          new Commit(stamp, all, all.stream().map(head -> revision(head, stamp)).toList()),
          () -> {});
      return true;
    } catch (HeadMoved moved) {
      return false;
    }
  }

  /** The next version of one tree. */
  @Operation
  public boolean append(@Param(name = "tree") int tree, @Param(name = "number") int base) {
    return append(base + 1L, head(tree, base, base + 1L));
  }

  /** The next versions of both. */
  @Operation
  public boolean appendBoth(
      @Param(name = "number") int baseOfA, @Param(name = "number") int baseOfB) {
    long number = Math.max(baseOfA, baseOfB) + 1L;
    return append(number, head(0, baseOfA, number), head(1, baseOfB, number));
  }

  @Operation
  public long head(@Param(name = "tree") int tree) {
    return ledger.head(TREES.get(tree), Branch.MAIN).map(Version::number).orElse(0L);
  }

  @Operation
  public boolean version(@Param(name = "tree") int tree, @Param(name = "number") int number) {
    return ledger.version(TREES.get(tree), number).isPresent();
  }

  @Operation
  public long revision(@Param(name = "tree") int tree) {
    return ledger
        .revision(TREES.get(tree), Branch.MAIN, Long.MAX_VALUE)
        .map(revision -> revision.stamp().version())
        .orElse(0L);
  }

  @Operation
  public int versions(@Param(name = "tree") int tree) {
    return ledger.versions(TREES.get(tree), Branch.MAIN, Long.MAX_VALUE, 10).size();
  }

  /** Starts a branch at the head. */
  @Operation
  public String fork(@Param(name = "tree") int tree) {
    Optional<Version<?>> head = ledger.head(TREES.get(tree), Branch.MAIN);
    if (head.isEmpty()) {
      return "no head";
    }
    try {
      ledger.fork(head.get(), branch(tree));
      return "forked";
    } catch (Refused refused) {
      return "refused";
    }
  }

  /** Whether there is the branch, and whether it has a head: both or none. */
  @Operation
  public boolean branches(@Param(name = "tree") int tree) {
    return !ledger.branches(TREES.get(tree)).isEmpty();
  }

  @Operation
  public boolean headOfBranch(@Param(name = "tree") int tree) {
    return ledger.head(TREES.get(tree), branch(tree)).isPresent();
  }

  private static Branch branch(int tree) {
    return Branch.named("draft", TREES.get(tree));
  }

  @Test
  void threads_at_the_ledger_are_in_some_order() {
    new ModelCheckingOptions()
        .iterations(12)
        .invocationsPerIteration(200)
        .threads(2)
        .actorsPerThread(3)
        .actorsBefore(2)
        .actorsAfter(1)
        .check(LinearizabilityTest.class);
  }
}

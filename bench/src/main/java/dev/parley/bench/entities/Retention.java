package dev.parley.bench.entities;

import java.lang.management.ManagementFactory;

/** The memory that a version keeps, with its index entries and the record of its call. */
final class Retention {
  private static final int VERSIONS = 1_000;

  private Retention() {}

  /** Bytes for each version, from the heap in use before and after many of them. */
  static double bytesPerVersion(GridSize size) {
    Tree tree = new Tree(size);
    move(tree);
    tree.forgetHistory();
    long before = inUse();
    move(tree);
    long after = inUse();
    int kept = tree.repository().versions(tree.head().lineage(), Long.MAX_VALUE, VERSIONS).size();
    return (double) (after - before) / kept;
  }

  private static void move(Tree tree) {
    for (int i = 0; i < VERSIONS; i++) {
      tree.callMove();
    }
  }

  private static long inUse() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}

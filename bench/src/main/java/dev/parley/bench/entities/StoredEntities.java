package dev.parley.bench.entities;

import dev.parley.bench.Machine;
import dev.parley.entities.Lineage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./parley bench stored-entities}: what one durable change of a stored tree costs. */
@Command(
    name = "stored-entities",
    description = "Measures one durable change of trees of 111 to 101,001 entities on SQLite.",
    sortOptions = false)
public final class StoredEntities implements Callable<Integer> {
  private static final int WARM_UP = 200;
  private static final int MOVES = 1_000;

  @Option(names = "--help", usageHelp = true, description = "show this text")
  @SuppressWarnings("unused")
  private boolean help;

  @Override
  public Integer call() {
    System.out.println(Machine.here().describe());
    System.out.println("one move of an agent, committed and fsynced (SQLite, synchronous=FULL),");
    System.out.printf("%,d moves after %,d to warm up; one writer%n%n", MOVES, WARM_UP);
    System.out.println(
        "| entities | p50 ms | p99 ms | rows/commit | characters/commit | open ms | as-of ms |");
    System.out.println("|---|---|---|---|---|---|---|");
    GridSize.ALL.forEach(StoredEntities::measure);
    return CommandLine.ExitCode.OK;
  }

  private static void measure(GridSize size) {
    Path folder = temporaryFolder();
    try (StoredTree tree = new StoredTree(size, folder)) {
      repeat(tree, WARM_UP);
      long rows = tree.rows();
      long characters = tree.characters();
      long[] nanos = repeat(tree, MOVES);
      Arrays.sort(nanos);
      double open = millis(tree::open);
      Lineage last = tree.open().nodes().getLast().lineage();
      System.out.printf(
          "| %,d | %.2f | %.2f | %.1f | %,.0f | %.2f | %.2f |%n",
          size.entities(),
          nanos[MOVES / 2] / 1e6,
          nanos[MOVES * 99 / 100] / 1e6,
          (tree.rows() - rows) / (double) MOVES,
          (tree.characters() - characters) / (double) MOVES,
          open,
          millis(() -> tree.asOfTheFirst(last)));
    } finally {
      delete(folder);
    }
  }

  private static long[] repeat(StoredTree tree, int moves) {
    long[] nanos = new long[moves];
    for (int i = 0; i < moves; i++) {
      long start = System.nanoTime();
      tree.move();
      nanos[i] = System.nanoTime() - start;
    }
    return nanos;
  }

  private static double millis(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e6;
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("parley-bench");
    } catch (IOException noFolder) {
      throw new UncheckedIOException(noFolder);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> inside = Files.walk(folder)) {
      inside.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
    } catch (IOException stays) {
      throw new UncheckedIOException(stays);
    }
  }
}

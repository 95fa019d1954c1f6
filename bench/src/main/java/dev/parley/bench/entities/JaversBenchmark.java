package dev.parley.bench.entities;

import java.util.Random;
import org.javers.core.Javers;
import org.javers.core.JaversBuilder;
import org.javers.core.commit.Commit;
import org.javers.core.diff.Diff;
import org.javers.core.diff.ListCompareAlgorithm;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The same move with JaVers: its comparison of two grids, and its commit of the next one. */
public class JaversBenchmark {

  /** A grid and the moves over it. */
  @State(Scope.Benchmark)
  public static class Plain {
    @Param({"10x10", "20x20", "50x20", "50x50", "100x50", "1000x100"})
    public String size = "";

    private Javers javers;
    private Moves moves;
    private JaversGrid before;
    private JaversGrid head;

    @Setup
    public void plant() {
      GridSize grid = GridSize.of(size);
      Random random = new Random(Tree.SEED);
      javers =
          JaversBuilder.javers()
              .withListCompareAlgorithm(ListCompareAlgorithm.SIMPLE)
              .registerValue(GridMap.Position.class)
              .build();
      head = JaversGrid.of(grid, random);
      before = head;
      moves = Moves.of(grid, random);
    }

    void move() {
      before = head;
      head = head.moveAgent(moves.next());
    }

    Diff compare() {
      return javers.compare(before, head);
    }

    Commit commit() {
      return javers.commit("bench", head);
    }
  }

  /** Sees to it that the grid is in the repository of JaVers before its next version. */
  @State(Scope.Benchmark)
  public static class Kept {
    @Setup
    public void keep(Plain plain) {
      plain.commit();
    }
  }

  @Benchmark
  public Diff compare(Plain plain) {
    plain.move();
    return plain.compare();
  }

  @Benchmark
  public Commit commit(Plain plain, Kept kept) {
    plain.move();
    return plain.commit();
  }
}

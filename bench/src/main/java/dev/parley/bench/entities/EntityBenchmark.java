package dev.parley.bench.entities;

import dev.parley.entities.Diff;
import dev.parley.functions.Event;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One move of one agent, and parts of it. History grows within an iteration and is given up between
 * two.
 */
@State(Scope.Benchmark)
public class EntityBenchmark {
  @Param({"10x10", "20x20", "50x20", "50x50", "100x50", "1000x100"})
  public String size = "";

  /** Takes what the listener hears, on its own thread. */
  public volatile @Nullable Event told;

  private Tree tree;
  private Tree heard;
  private GridMap[] versions;
  private int next;

  @Setup
  public void plant() {
    GridSize grid = GridSize.of(size);
    tree = new Tree(grid);
    heard = new Tree(grid);
    heard.listen(event -> told = event);
    Tree other = new Tree(grid);
    versions = new GridMap[257];
    for (int i = 0; i < versions.length; i++) {
      versions[i] = other.commitMove();
    }
  }

  @Setup(Level.Iteration)
  public void forgetHistory() {
    tree.forgetHistory();
    heard.forgetHistory();
  }

  /** The whole operation, with one listener. */
  @Benchmark
  public Diff whole() {
    return heard.move();
  }

  /** The whole operation when nobody listens. */
  @Benchmark
  public Diff unheard() {
    return tree.move();
  }

  @Benchmark
  public GridMap commit() {
    return tree.commitMove();
  }

  @Benchmark
  public GridMap noChange() {
    return tree.commitNothing();
  }

  @Benchmark
  public Diff diff() {
    int at = next++ & 0xff;
    return Diff.between(versions[at], versions[at + 1]);
  }
}

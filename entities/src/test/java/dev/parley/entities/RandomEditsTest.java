package dev.parley.entities;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random edits of random forests, with everything that the library says of them compared to brute
 * force. {@code -Dseed} repeats a run, {@code -Dedits} sets how many there are.
 */
class RandomEditsTest {
  private static final int EDITS = Integer.getInteger("edits", 100_000);
  private static final int EDITS_OF_A_FOREST = 2_500;

  @Test
  void a_hundred_thousand_random_edits_are_what_brute_force_says() {
    long first = Long.getLong("seed", new Random().nextLong());
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    long start = clock.getCurrentThreadCpuTime();
    int edits = 0;
    int commits = 0;
    for (long seed = first; edits < EDITS; seed++) {
      RandomForest forest = new RandomForest(seed);
      forest.edit(Math.min(EDITS_OF_A_FOREST, EDITS - edits));
      edits += forest.edits();
      commits += forest.commits();
    }
    double seconds = (clock.getCurrentThreadCpuTime() - start) / 1e9;
    System.out.printf(
        "seed %d: %d random edits in %d commits, %.1f s of CPU, %.0f edits/s%n",
        first, edits, commits, seconds, edits / seconds);
    assertThat(edits).isGreaterThanOrEqualTo(EDITS);
  }
}

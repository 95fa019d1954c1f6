package dev.parley.bench.nine;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** Something short, done again and again in this process. */
final class Timed {
  private static final int ROUNDS = 9;
  private static final long ROUND_NANOS = 300_000_000;
  private static final int PORTION = 64;

  private Timed() {}

  /**
   * How many microseconds it takes: the median of several rounds, of which the first is not
   * counted.
   *
   * @param work makes something of a number that depends on all that it did
   */
  static double micros(IntUnaryOperator work) {
    double[] rounds = new double[ROUNDS];
    int sum = 0;
    for (int round = -1; round < ROUNDS; round++) {
      long start = System.nanoTime();
      long done = 0;
      while (System.nanoTime() - start < ROUND_NANOS) {
        for (int i = 0; i < PORTION; i++) {
          sum += work.applyAsInt(i);
        }
        done += PORTION;
      }
      if (round >= 0) {
        rounds[round] = (System.nanoTime() - start) / 1e3 / done;
      }
    }
    Arrays.sort(rounds);
    return sum == Integer.MIN_VALUE ? Double.NaN : rounds[ROUNDS / 2];
  }
}

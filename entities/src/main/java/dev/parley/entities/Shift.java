package dev.parley.entities;

import java.util.List;
import java.util.function.IntPredicate;

/**
 * Where the elements that two versions of a list share by reference are in the other one. Costs
 * what differs.
 */
final class Shift {
  private final int[] onlyA;
  private final int[] onlyB;

  private Shift(int[] onlyA, int[] onlyB) {
    this.onlyA = onlyA;
    this.onlyB = onlyB;
  }

  static Shift between(Sequence<Object> a, Sequence<Object> b) {
    Difference<Object> difference = Sequence.difference(a, b);
    return new Shift(indexes(difference.onlyA()), indexes(difference.onlyB()));
  }

  private static int[] indexes(List<Difference.At<Object>> elements) {
    return elements.stream().mapToInt(Difference.At::index).toArray();
  }

  /** Where an element of the first list is in the second, which has it, too. */
  int forth(int index) {
    return move(index, onlyA, onlyB);
  }

  /** Where an element of the second list is in the first, which has it, too. */
  int back(int index) {
    return move(index, onlyB, onlyA);
  }

  private static int move(int index, int[] here, int[] there) {
    int rank = index - below(here, index);
    return rank + upTo(there, rank);
  }

  /** How many of some ascending indexes are below one. */
  static int below(int[] ascending, int index) {
    return leading(ascending.length, i -> ascending[i] < index);
  }

  /** How many elements of a list's own come before the shared one of a rank. */
  private static int upTo(int[] own, int rank) {
    return leading(own.length, i -> own[i] - i <= rank);
  }

  /** How many of the first numbers pass a test that none behind them passes. */
  private static int leading(int size, IntPredicate test) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (test.test(middle)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

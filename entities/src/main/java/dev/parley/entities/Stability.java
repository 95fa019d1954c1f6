package dev.parley.entities;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which children of a container kept their place. In a list that is a longest run of children whose
 * order is the same as before, so that an insertion before them moves none (patience sorting, one
 * comparison by bisection each: Fredman 1975); elsewhere it is those whose key is the same.
 */
final class Stability {
  private Stability() {}

  /**
   * @param left children that are not at their old place by reference, in order
   * @param arrived children that were not at their new place before, in order
   */
  static Set<Lineage> of(List<Comparison.Found> left, List<Comparison.Found> arrived) {
    return isList(left) && isList(arrived) ? inOrder(left, arrived) : sameSteps(left, arrived);
  }

  private static boolean isList(List<Comparison.Found> children) {
    return children.stream().allMatch(c -> c.place().steps().size() == 1 && isIndex(c));
  }

  private static boolean isIndex(Comparison.Found child) {
    return child.property() != null
        && child.property().form() instanceof Owned form
        && listOf(form)
        && child.place().steps().getFirst() instanceof Integer;
  }

  /** Whether the children are found by an index alone. */
  static boolean listOf(Owned form) {
    return switch (form) {
      case Owned.Many many -> many.isFlat();
      case Owned.Maybe maybe -> listOf(maybe.inside());
      default -> false;
    };
  }

  private static Set<Lineage> sameSteps(
      List<Comparison.Found> left, List<Comparison.Found> arrived) {
    Map<Lineage, List<Object>> before = new HashMap<>();
    left.forEach(child -> before.put(child.lineage(), child.place().steps()));
    Set<Lineage> same = new HashSet<>();
    for (Comparison.Found child : arrived) {
      if (child.place().steps().equals(before.get(child.lineage()))) {
        same.add(child.lineage());
      }
    }
    return same;
  }

  /** A child's rank: how many children that are at both places by reference come before it. */
  private record Ranked(int order, int rank) {}

  private static Set<Lineage> inOrder(List<Comparison.Found> left, List<Comparison.Found> arrived) {
    Map<Lineage, Ranked> before = new HashMap<>();
    for (int i = 0; i < left.size(); i++) {
      before.put(left.get(i).lineage(), new Ranked(i, index(left.get(i)) - i));
    }
    List<Comparison.Found> candidates = new ArrayList<>();
    for (int i = 0; i < arrived.size(); i++) {
      Ranked then = before.get(arrived.get(i).lineage());
      if (then != null && then.rank() == index(arrived.get(i)) - i) {
        candidates.add(arrived.get(i));
      }
    }
    return longestRising(candidates, before);
  }

  private static int index(Comparison.Found child) {
    return (int) child.place().steps().getFirst();
  }

  private static Set<Lineage> longestRising(
      List<Comparison.Found> candidates, Map<Lineage, Ranked> before) {
    int[] ends = new int[candidates.size()];
    int[] previous = new int[candidates.size()];
    int length = 0;
    for (int i = 0; i < candidates.size(); i++) {
      int at = firstNotBelow(ends, length, i, candidates, before);
      previous[i] = at == 0 ? -1 : ends[at - 1];
      ends[at] = i;
      length = Math.max(length, at + 1);
    }
    Set<Lineage> rising = new HashSet<>();
    for (int i = length == 0 ? -1 : ends[length - 1]; i >= 0; i = previous[i]) {
      rising.add(candidates.get(i).lineage());
    }
    return rising;
  }

  private static int firstNotBelow(
      int[] ends,
      int length,
      int candidate,
      List<Comparison.Found> candidates,
      Map<Lineage, Ranked> before) {
    int order = order(candidates.get(candidate), before);
    int low = 0;
    int high = length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (order(candidates.get(ends[middle]), before) < order) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static int order(Comparison.Found child, Map<Lineage, Ranked> before) {
    Ranked ranked = before.get(child.lineage());
    return ranked == null ? -1 : ranked.order();
  }
}

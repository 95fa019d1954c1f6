package dev.parley.entities;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A place where two lists differ: the elements of one from {@code fromA} to before {@code toA}
 * stand where the other has those from {@code fromB} to before {@code toB}.
 *
 * <p>What lies between the stretches is the same in both, by reference and in the same order: the
 * ends that are alike, and in the middle the longest ascending series of common elements, found as
 * in patience sorting (Fredman, 1975). So an element that moved is one on each side, and n elements
 * take at most n log n steps.
 */
record Stretch(int fromA, int toA, int fromB, int toB) {
  /** Up to so many replaced elements are compared with each other. */
  private static final int MOST_REPLACED = 8;

  /** Whether one list has at an index what the other has at another. */
  interface Same {
    boolean at(int a, int b);
  }

  /** The stretches in which two lists differ, in order. Elements are compared by reference. */
  static List<Stretch> between(Object[] a, Object[] b) {
    Same same = (i, j) -> a[i] == b[j];
    Stretch middle = trimmed(a.length, b.length, same);
    if (middle.hasNothingCommon()) {
      return middle.alone();
    }
    List<Stretch> replaced = middle.replacements(same);
    return replaced.isEmpty() ? middle.aligned(a, b) : replaced;
  }

  /** What is left of two lists between the ends that are the same. */
  static Stretch trimmed(int sizeA, int sizeB, Same same) {
    int most = Math.min(sizeA, sizeB);
    int head = 0;
    while (head < most && same.at(head, head)) {
      head++;
    }
    int tail = 0;
    while (tail < most - head && same.at(sizeA - 1 - tail, sizeB - 1 - tail)) {
      tail++;
    }
    return new Stretch(head, sizeA - tail, head, sizeB - tail);
  }

  /**
   * Whether that is clear without a look, after the ends were trimmed: none or one on each side.
   */
  boolean hasNothingCommon() {
    return isOneSided() || (toA - fromA == 1 && toB - fromB == 1);
  }

  /** Whether one of both lists has nothing in it. */
  boolean isOneSided() {
    return fromA == toA || fromB == toB;
  }

  /** This as the only stretch, or none if there is nothing in it. */
  List<Stretch> alone() {
    return isEmpty() ? List.of() : List.of(this);
  }

  /**
   * The common case told without a look at all that is between: a few elements were replaced by
   * others, each at its place.
   *
   * @return none if that is not what happened
   */
  List<Stretch> replacements(Same same) {
    List<Stretch> replaced = new ArrayList<>(2);
    if (toA - fromA != toB - fromB) {
      return replaced;
    }
    for (int a = fromA, b = fromB; a < toA; a++, b++) {
      if (!same.at(a, b)) {
        Stretch one = new Stretch(a, a + 1, b, b + 1);
        if (replaced.size() == MOST_REPLACED || one.hasMoved(replaced, same)) {
          return List.of();
        }
        replaced.add(one);
      }
    }
    return replaced;
  }

  /** Whether what is here in one list is elsewhere in the other. */
  private boolean hasMoved(List<Stretch> others, Same same) {
    for (Stretch other : others) {
      if (same.at(fromA, other.fromB) || same.at(other.fromA, fromB)) {
        return true;
      }
    }
    return false;
  }

  private List<Stretch> aligned(Object[] a, Object[] b) {
    int[] places = places(Arrays.copyOfRange(a, fromA, toA), Arrays.copyOfRange(b, fromB, toB));
    return gaps(places, ascending(places));
  }

  /** The same stretches, with those in one that lie less than some elements apart. */
  static List<Stretch> joined(List<Stretch> stretches, int apart) {
    List<Stretch> joined = new ArrayList<>();
    for (Stretch next : stretches) {
      boolean near = !joined.isEmpty() && next.fromA - joined.getLast().toA < apart;
      joined.add(near ? joined.removeLast().to(next) : next);
    }
    return joined;
  }

  private Stretch to(Stretch later) {
    return new Stretch(fromA, later.toA, fromB, later.toB);
  }

  /** The same stretch of lists that have so many more elements before it. */
  Stretch moved(int moreA, int moreB) {
    return moreA == 0 && moreB == 0
        ? this
        : new Stretch(fromA + moreA, toA + moreA, fromB + moreB, toB + moreB);
  }

  private boolean isEmpty() {
    return fromA == toA && fromB == toB;
  }

  /**
   * For each element of b its place in a, or -1. What is there several times is paired first with
   * first, second with second.
   */
  private static int[] places(Object[] a, Object[] b) {
    Places open = new Places(a);
    return Arrays.stream(b).mapToInt(open::take).toArray();
  }

  /** The places of a list's elements that are not taken yet. */
  private static final class Places {
    private final Map<Object, Integer> first = new IdentityHashMap<>();
    private final int[] following;

    Places(Object[] elements) {
      following = new int[elements.length];
      for (int i = following.length - 1; i >= 0; i--) {
        Integer later = first.put(elements[i], i);
        following[i] = later == null ? -1 : later;
      }
    }

    int take(Object element) {
      @Nullable Integer place = first.remove(element);
      if (place == null) {
        return -1;
      }
      if (following[place] >= 0) {
        first.put(element, following[place]);
      }
      return place;
    }
  }

  /** The indexes of a longest strictly ascending series of places. */
  private static int[] ascending(int[] places) {
    int[] ends = new int[places.length]; // of the series of each length, the one that ends lowest
    int[] before = new int[places.length];
    int length = 0;
    for (int j = 0; j < places.length; j++) {
      if (places[j] >= 0) {
        int shorter = shorter(places, ends, length, places[j]);
        before[j] = shorter == 0 ? -1 : ends[shorter - 1];
        ends[shorter] = j;
        length = Math.max(length, shorter + 1);
      }
    }
    return backwards(ends, before, length);
  }

  /** How long the longest series is that a place can follow. */
  private static int shorter(int[] places, int[] ends, int length, int place) {
    int low = 0;
    int high = length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (places[ends[middle]] < place) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static int[] backwards(int[] ends, int[] before, int length) {
    int[] series = new int[length];
    int j = length == 0 ? -1 : ends[length - 1];
    for (int i = length - 1; i >= 0; i--) {
      series[i] = j;
      j = before[j];
    }
    return series;
  }

  /** What lies in this stretch between the pairs that are kept. */
  private List<Stretch> gaps(int[] places, int[] kept) {
    List<Stretch> gaps = new ArrayList<>();
    Stretch rest = this;
    for (int j : kept) {
      int a = fromA + places[j];
      int b = fromB + j;
      gaps.addAll(new Stretch(rest.fromA, a, rest.fromB, b).alone());
      rest = new Stretch(a + 1, toA, b + 1, toB);
    }
    gaps.addAll(rest.alone());
    return gaps;
  }
}

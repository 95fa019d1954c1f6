package dev.parley.entities;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What happened to one thing, oldest first. One thread at a time appends; any number read without a
 * lock: an entry is written before the size that counts it.
 */
final class Timeline<E> {
  private Object[] entries = new Object[1];
  private volatile int size;

  void append(E entry) {
    int last = size;
    if (last == entries.length) {
      entries = Arrays.copyOf(entries, last * 2);
    }
    entries[last] = entry;
    size = last + 1;
  }

  /**
   * The last entry that is early enough.
   *
   * @param early holds for a stretch from the beginning, and for none after
   */
  Optional<E> last(Predicate<E> early) {
    int end = end(early);
    return end == 0 ? Optional.empty() : Optional.of(get(end - 1));
  }

  /** Entries that are early enough, newest first. */
  List<E> newestFirst(Predicate<E> early, int limit) {
    int end = end(early);
    return IntStream.range(0, Math.min(limit, end)).mapToObj(i -> get(end - 1 - i)).toList();
  }

  /** A timeline without all entries before the last one that is early enough. */
  Timeline<E> since(Predicate<E> early) {
    int start = Math.max(0, end(early) - 1);
    if (start == 0) {
      return this;
    }
    Timeline<E> rest = new Timeline<>();
    for (int i = start; i < size; i++) {
      rest.append(get(i));
    }
    return rest;
  }

  int size() {
    return size;
  }

  private int end(Predicate<E> early) {
    int low = 0;
    int high = size;
    if (high > 0 && early.test(get(high - 1))) {
      return high;
    }
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (early.test(get(middle))) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @SuppressWarnings("unchecked")
  private E get(int index) {
    return (E) entries[index];
  }
}

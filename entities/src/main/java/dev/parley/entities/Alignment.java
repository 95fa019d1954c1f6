package dev.parley.entities;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Tells two lists of named things apart: which stayed in order, as many as can, and which left and
 * came. What stayed is told of if it is not the same object; chunks that both lists share are not
 * looked at. Which ones stayed depends on the names alone.
 */
final class Alignment {
  /** What is told of elements, by ascending index. */
  interface Told {
    void gone(int index, Object element);

    void come(int index, Object element);

    void stayed(int from, Object before, int to, Object after);
  }

  private final Object[] a;
  private final Object[] b;
  private final int startA;
  private final int startB;
  private final Function<Object, Object> name;
  private final Told told;

  private Alignment(
      Sequence<?> a, Sequence<?> b, Stretch chunks, Function<Object, Object> name, Told told) {
    this.startA = a.start(chunks.fromA());
    this.startB = b.start(chunks.fromB());
    this.a = a.inChunks(chunks.fromA(), chunks.toA());
    this.b = b.inChunks(chunks.fromB(), chunks.toB());
    this.name = name;
    this.told = told;
  }

  static <E> void tell(Sequence<E> a, Sequence<E> b, Function<Object, Object> name, Told told) {
    for (Stretch chunks : Difference.chunks(a.chunks(), b.chunks())) {
      new Alignment(a, b, chunks, name, told).tell();
    }
  }

  private void tell() {
    Stretch middle = Stretch.trimmed(a.length, b.length, (i, j) -> a[i] == b[j]);
    int i = middle.fromA();
    int j = middle.fromB();
    for (Stretch gap : gaps(middle)) {
      stayed(i, gap.fromA(), j);
      differing(gap);
      i = gap.toA();
      j = gap.toB();
    }
    stayed(i, middle.toA(), j);
  }

  private List<Stretch> gaps(Stretch middle) {
    if (middle.isOneSided()) {
      return middle.alone();
    }
    if (allStayed(middle)) {
      return List.of();
    }
    Map<Object, Object> known = new HashMap<>();
    Object[] namesA = names(a, middle.fromA(), middle.toA(), known);
    Object[] namesB = names(b, middle.fromB(), middle.toB(), known);
    return Stretch.between(namesA, namesB).stream()
        .map(gap -> gap.moved(middle.fromA(), middle.fromB()))
        .toList();
  }

  /** The common case, seen without hashing any name: each element has the name of its opposite. */
  private boolean allStayed(Stretch middle) {
    int i = middle.fromA();
    int j = middle.fromB();
    while (i < middle.toA() && j < middle.toB() && isOpposite(a[i], b[j])) {
      i++;
      j++;
    }
    return i == middle.toA() && j == middle.toB();
  }

  private boolean isOpposite(Object one, Object other) {
    return one == other || name.apply(one).equals(name.apply(other));
  }

  /** For each element what stands for it by reference: one and the same object for equal names. */
  private Object[] names(Object[] elements, int from, int to, Map<Object, Object> known) {
    return Arrays.stream(elements, from, to)
        .map(name)
        .map(one -> known.computeIfAbsent(one, first -> first))
        .toArray();
  }

  private void stayed(int fromA, int toA, int fromB) {
    for (int i = fromA, j = fromB; i < toA; i++, j++) {
      if (a[i] != b[j]) {
        told.stayed(startA + i, a[i], startB + j, b[j]);
      }
    }
  }

  private void differing(Stretch gap) {
    for (int i = gap.fromA(); i < gap.toA(); i++) {
      told.gone(startA + i, a[i]);
    }
    for (int j = gap.fromB(); j < gap.toB(); j++) {
      told.come(startB + j, b[j]);
    }
  }
}

package dev.parley.entities;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What two sequences do not have in common: without {@code onlyA} the one and without {@code onlyB}
 * the other have the same elements, by reference and in the same order.
 *
 * @param onlyA what only the first has, by ascending index
 * @param onlyB what only the second has, by ascending index
 */
public record Difference<E>(List<At<E>> onlyA, List<At<E>> onlyB) {
  /** An element and where it is. */
  public record At<E>(int index, E element) {}

  public Difference {
    onlyA = List.copyOf(onlyA);
    onlyB = List.copyOf(onlyB);
  }

  /** Whether both sequences have the same elements in the same order. */
  public boolean isEmpty() {
    return onlyA.isEmpty() && onlyB.isEmpty();
  }

  /** Sets aside the chunks that both have, then compares what lies in the others. */
  static <E> Difference<E> between(Sequence<E> a, Sequence<E> b) {
    List<At<E>> onlyA = new ArrayList<>();
    List<At<E>> onlyB = new ArrayList<>();
    for (Stretch chunks : chunks(a.chunks(), b.chunks())) {
      for (Stretch elements : elements(a, b, chunks)) {
        collect(a, elements.fromA(), elements.toA(), onlyA);
        collect(b, elements.fromB(), elements.toB(), onlyB);
      }
    }
    return new Difference<>(onlyA, onlyB);
  }

  /** The stretches of chunks that only one of both has. */
  static <E> List<Stretch> chunks(List<Chunk<E>> a, List<Chunk<E>> b) {
    Stretch.Same same = (i, j) -> a.get(i).isSame(b.get(j));
    Stretch middle = Stretch.trimmed(a.size(), b.size(), same);
    if (middle.hasNothingCommon()) {
      return middle.alone();
    }
    List<Stretch> replaced = middle.replacements(same);
    return replaced.isEmpty() ? aligned(a, b, middle) : replaced;
  }

  private static <E> List<Stretch> aligned(List<Chunk<E>> a, List<Chunk<E>> b, Stretch middle) {
    Map<Object, Object> known = new HashMap<>();
    Object[] namesA = names(a.subList(middle.fromA(), middle.toA()), known);
    Object[] namesB = names(b.subList(middle.fromB(), middle.toB()), known);
    return moved(Stretch.between(namesA, namesB), middle.fromA(), middle.fromB());
  }

  /** For each chunk what stands for it by reference: one and the same object for equal tags. */
  private static <E> Object[] names(List<Chunk<E>> chunks, Map<Object, Object> known) {
    return chunks.stream()
        .map(chunk -> known.computeIfAbsent(chunk.name(), name -> name))
        .toArray();
  }

  private static List<Stretch> elements(Sequence<?> a, Sequence<?> b, Stretch chunks) {
    int startA = a.start(chunks.fromA());
    int startB = b.start(chunks.fromB());
    Object[] inA = a.inChunks(chunks.fromA(), chunks.toA());
    Object[] inB = b.inChunks(chunks.fromB(), chunks.toB());
    return moved(Stretch.between(inA, inB), startA, startB);
  }

  private static List<Stretch> moved(List<Stretch> stretches, int moreA, int moreB) {
    List<Stretch> moved = new ArrayList<>(stretches.size());
    for (Stretch stretch : stretches) {
      moved.add(stretch.moved(moreA, moreB));
    }
    return moved;
  }

  private static <E> void collect(Sequence<E> sequence, int from, int to, List<At<E>> found) {
    for (int i = from; i < to; i++) {
      found.add(new At<>(i, sequence.get(i)));
    }
  }
}

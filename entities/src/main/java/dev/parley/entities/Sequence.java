package dev.parley.entities;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * An immutable list whose edits give a new list that shares with the old one all that they do not
 * touch. It never holds null.
 *
 * <p>The elements lie in {@link Chunk chunks} of at most 128, found by their start offsets; an edit
 * copies one or two chunks and the list of chunks, not the elements. A chunk that grows too large
 * is cut, one that falls below 32 is joined with its neighbour, so that no series of edits wears a
 * sequence out. A chunk may be lazy: it is loaded when an element of it is first read.
 */
public final class Sequence<E> extends ReadOnlyList<E> implements RandomAccess {
  /** Below this size a chunk that is written anew takes in a neighbour. */
  static final int MIN = 32;

  private static final Sequence<?> EMPTY = new Sequence<>(array(0), new int[1]);

  private final Chunk<E>[] chunks;

  /** Where each chunk starts, and at last where all end. */
  private final int[] starts;

  private Sequence(Chunk<E>[] chunks, int[] starts) {
    this.chunks = chunks;
    this.starts = starts;
  }

  @SuppressWarnings("unchecked")
  public static <E> Sequence<E> empty() {
    return (Sequence<E>) EMPTY;
  }

  /** Packs the elements afresh into chunks with some room in each; shares nothing. */
  public static <E> Sequence<E> of(Collection<? extends E> elements) {
    return ofChunks(Chunk.cut(Chunk.checked(elements), true));
  }

  /** The given object itself if it is a sequence already, else its elements packed. */
  @SuppressWarnings("unchecked")
  public static <E> Sequence<E> copyOf(Collection<? extends E> elements) {
    return elements instanceof Sequence ? (Sequence<E>) elements : of(elements);
  }

  /** The elements of these chunks one after the other; loads none of them. */
  public static <E> Sequence<E> ofChunks(List<Chunk<E>> chunks) {
    if (chunks.isEmpty()) {
      return empty();
    }
    Chunk<E>[] copy = chunks.toArray(array(chunks.size()));
    int[] starts = new int[copy.length + 1];
    for (int i = 0; i < copy.length; i++) {
      starts[i + 1] = Math.addExact(starts[i], copy[i].size());
    }
    return new Sequence<>(copy, starts);
  }

  /**
   * What is given, sharing with an older sequence all it can. Elements are compared by reference.
   *
   * @return {@code old} itself if nothing differs; the given list itself if it is a sequence that
   *     has chunks of {@code old} or is of one chunk only; else {@code old} with the stretches that
   *     differ replaced
   */
  public static <E> Sequence<E> rebase(Sequence<E> old, List<? extends E> given) {
    if (given instanceof Sequence<? extends E> sequence && sequence.isAkinTo(old)) {
      Sequence<E> edited = copyOf(sequence);
      return edited.hasElementsOf(old) ? old : edited;
    }
    Object[] target = Chunk.checked(given);
    List<Stretch> edits = Stretch.between(old.range(0, old.size()), target);
    Sequence<E> result = old;
    for (Stretch edit : Stretch.joined(edits, MIN).reversed()) {
      Object[] replacement = Arrays.copyOfRange(target, edit.fromB(), edit.toB());
      result = result.spliced(edit.fromA(), edit.toA(), replacement);
    }
    return result;
  }

  /**
   * What one sequence has and the other has not, by reference and in order. Costs what changed:
   * chunks that both share, or that have equal tags, are neither compared nor loaded.
   */
  public static <E> Difference<E> difference(Sequence<E> a, Sequence<E> b) {
    return Difference.between(a, b);
  }

  @Override
  public int size() {
    return starts[chunks.length];
  }

  @Override
  public E get(int index) {
    Objects.checkIndex(index, size());
    int chunk = chunkAt(index);
    return chunks[chunk].get(index - starts[chunk]);
  }

  /** The chunks in order, none of them empty. */
  public List<Chunk<E>> chunks() {
    return Collections.unmodifiableList(Arrays.asList(chunks));
  }

  /** This with one element replaced; this itself if that element is there already. */
  public Sequence<E> with(int index, E element) {
    Objects.requireNonNull(element);
    if (get(index) == element) {
      return this;
    }
    int chunk = chunkAt(index);
    Chunk<E>[] copy = chunks.clone();
    copy[chunk] = copy[chunk].with(index - starts[chunk], element);
    return new Sequence<>(copy, starts);
  }

  /** This with an element added at the end. */
  public Sequence<E> plus(E element) {
    return plus(size(), element);
  }

  /** This with an element added before what is at {@code index} now. */
  public Sequence<E> plus(int index, E element) {
    return splice(index, index, List.of(element));
  }

  /** This without the element at {@code index}. */
  public Sequence<E> without(int index) {
    return splice(index, index + 1, List.of());
  }

  /** This with the elements from {@code from} to before {@code to} replaced by others. */
  public Sequence<E> splice(int from, int to, List<? extends E> replacement) {
    Objects.checkFromToIndex(from, to, size());
    if (from == to && replacement.isEmpty()) {
      return this;
    }
    return spliced(from, to, Chunk.checked(replacement));
  }

  private Sequence<E> spliced(int from, int to, Object[] added) {
    if (isEmpty()) {
      return ofChunks(Chunk.cut(added, true));
    }
    Span worn = worn(from, to, added.length);
    int start = starts[worn.first];
    int rest = from - start + added.length;
    Object[] loose = new Object[rest + starts[worn.end] - to];
    copy(start, from, loose, 0);
    System.arraycopy(added, 0, loose, from - start, added.length);
    copy(to, starts[worn.end], loose, rest);
    return replaced(worn, Chunk.cut(loose, worn.end == chunks.length));
  }

  /** Chunks that lie side by side. */
  private record Span(int first, int end) {}

  /** The chunks that a splice touches, with as many neighbours as are needed not to stay small. */
  private Span worn(int from, int to, int added) {
    int first = chunkAt(from);
    int end = chunkAt(Math.max(from, to - 1)) + 1;
    int left = starts[end] - starts[first] - (to - from) + added;
    while (left > 0 && left < MIN && end - first < chunks.length) {
      left += (end < chunks.length ? chunks[end++] : chunks[--first]).size();
    }
    return new Span(first, end);
  }

  private Sequence<E> replaced(Span worn, List<Chunk<E>> fresh) {
    int more = fresh.size() - (worn.end - worn.first);
    if (chunks.length + more == 0) {
      return empty();
    }
    Chunk<E>[] copy = array(chunks.length + more);
    System.arraycopy(chunks, 0, copy, 0, worn.first);
    System.arraycopy(chunks, worn.end, copy, worn.end + more, chunks.length - worn.end);
    int[] offsets = Arrays.copyOf(starts, copy.length + 1);
    int next = worn.first;
    for (Chunk<E> chunk : fresh) {
      copy[next] = chunk;
      offsets[next + 1] = offsets[next++] + chunk.size();
    }
    int grown = offsets[next] - starts[worn.end];
    for (int i = worn.end + 1; i <= chunks.length; i++) {
      offsets[i + more] = starts[i] + grown;
    }
    return new Sequence<>(copy, offsets);
  }

  /** The elements from one index to before another, as an array of the caller's own. */
  Object[] range(int from, int to) {
    Object[] copy = new Object[to - from];
    copy(from, to, copy, 0);
    return copy;
  }

  /** The elements of chunks that lie side by side, not to be written to. */
  Object[] inChunks(int from, int to) {
    return to - from == 1 ? chunks[from].array() : range(starts[from], starts[to]);
  }

  private void copy(int from, int to, Object[] target, int at) {
    int next;
    for (int index = from; index < to; index = next) {
      int chunk = chunkAt(index);
      next = Math.min(to, starts[chunk + 1]);
      Object[] elements = chunks[chunk].array();
      System.arraycopy(elements, index - starts[chunk], target, at + index - from, next - index);
    }
  }

  /** Where a chunk starts, by its place among the chunks; behind the last one, where all end. */
  int start(int chunk) {
    return starts[chunk];
  }

  /** How many of the first elements pass a test that no element behind them passes. */
  int leading(Predicate<? super E> test) {
    int low = 0;
    int high = size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (test.test(get(middle))) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Whether nothing is won by cutting this anew, so that it shares more with an older one. */
  private boolean isAkinTo(Sequence<?> old) {
    return chunks.length <= 1 || sharesWith(old);
  }

  /** Whether a chunk of this is also one of the other, by identity or by tag; loads nothing. */
  boolean sharesWith(Sequence<?> other) {
    return this == other || sharesAnEnd(other) || !Collections.disjoint(names(), other.names());
  }

  private boolean sharesAnEnd(Sequence<?> other) {
    return !isEmpty()
        && !other.isEmpty()
        && (chunks[0].isSame(other.chunks[0])
            || chunks[chunks.length - 1].isSame(other.chunks[other.chunks.length - 1]));
  }

  private boolean hasElementsOf(Sequence<E> other) {
    return Arrays.equals(starts, other.starts)
        ? hasChunksOf(other)
        : size() == other.size() && difference(other, this).isEmpty();
  }

  private boolean hasChunksOf(Sequence<E> other) {
    int i = 0;
    while (i < chunks.length && chunks[i].hasElementsOf(other.chunks[i])) {
      i++;
    }
    return i == chunks.length;
  }

  private Set<Object> names() {
    return Arrays.stream(chunks).map(Chunk::name).collect(Collectors.toSet());
  }

  /** The chunk that an index lies in; the last one for the index behind the end. */
  private int chunkAt(int index) {
    if (chunks.length == 1) {
      return 0;
    }
    int found = Arrays.binarySearch(starts, 0, chunks.length, index);
    return found >= 0 ? found : -found - 2;
  }

  @Override
  public Iterator<E> iterator() {
    return new Walk();
  }

  @Override
  public Spliterator<E> spliterator() {
    int traits = Spliterator.ORDERED | Spliterator.IMMUTABLE | Spliterator.NONNULL;
    return Spliterators.spliterator(this, traits);
  }

  @SuppressWarnings("unchecked")
  private static <E> Chunk<E>[] array(int size) {
    return (Chunk<E>[]) new Chunk<?>[size];
  }

  /** Goes from chunk to chunk, so that a step looks nothing up. */
  private final class Walk implements Iterator<E> {
    private Object[] current = {};
    private int at;
    private int next;

    @Override
    public boolean hasNext() {
      return at < current.length || next < chunks.length;
    }

    @Override
    @SuppressWarnings("unchecked")
    public E next() {
      if (at == current.length) {
        turn();
      }
      return (E) current[at++];
    }

    private void turn() {
      if (next == chunks.length) {
        throw new NoSuchElementException();
      }
      current = chunks[next++].array();
      at = 0;
    }
  }
}

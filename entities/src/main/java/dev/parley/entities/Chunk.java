package dev.parley.entities;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run of 1 to 128 elements that never changes and that any number of sequences share. Its
 * elements are there from the start or loaded when one of them is first asked for. Threads may race
 * to load them: the first to finish wins, so that an element has one identity.
 */
public final class Chunk<E> {
  /** The most elements that a chunk holds. */
  static final int MAX = 128;

  /** What a chunk is filled to, which leaves room for additions. */
  private static final int FILL = 96;

  private static final VarHandle LOADED = field("loaded", Object[].class);
  private static final VarHandle TAG = field("tag", Object.class);

  private final int size;
  private final Object @Nullable [] held;
  private final @Nullable Source<E> source;
  private volatile Object @Nullable [] loaded;
  private volatile @Nullable Object tag;

  /** Where the elements of a chunk are until they are needed. */
  public interface Source<E> {
    /** How many elements there are, known without loading them. */
    int size();

    /** The elements. Called when one is first needed, perhaps by several threads at once. */
    List<E> load();
  }

  private Chunk(int size, Object @Nullable [] held, @Nullable Source<E> source) {
    if (size < 1 || size > MAX) {
      throw new IllegalArgumentException("a chunk has 1 to " + MAX + " elements, not " + size);
    }
    this.size = size;
    this.held = held;
    this.source = source;
  }

  /**
   * A chunk of these elements.
   *
   * @throws IllegalArgumentException if there are none, or more than 128
   */
  public static <E> Chunk<E> of(List<? extends E> elements) {
    return holding(checked(elements));
  }

  /**
   * A chunk whose elements are loaded when they are first needed.
   *
   * @throws IllegalArgumentException if the source has none, or more than 128
   */
  public static <E> Chunk<E> from(Source<E> source) {
    return new Chunk<>(source.size(), null, source);
  }

  /** A chunk of an array that nobody else has. */
  private static <E> Chunk<E> holding(Object[] elements) {
    return new Chunk<>(elements.length, elements, null);
  }

  /**
   * As many chunks as these elements need.
   *
   * @param elements an array that nobody else has
   * @param last whether they will be a sequence's last, where additions are most likely: then the
   *     chunks before the last one are filled, else all are of about the same size
   */
  static <E> List<Chunk<E>> cut(Object[] elements, boolean last) {
    if (elements.length > 0 && elements.length <= MAX) {
      return List.of(holding(elements));
    }
    List<Chunk<E>> pieces = new ArrayList<>(elements.length / FILL + 1);
    int to;
    for (int from = 0; from < elements.length; from = to) {
      to = from + piece(elements.length - from, last);
      pieces.add(holding(Arrays.copyOfRange(elements, from, to)));
    }
    return pieces;
  }

  private static int piece(int left, boolean last) {
    if (left <= MAX) {
      return left;
    }
    return last ? FILL : left / Math.ceilDiv(left, FILL);
  }

  /** A copy as an array, without nulls. */
  static Object[] checked(Collection<?> elements) {
    Object[] copy = elements.toArray(Object[]::new);
    for (Object element : copy) {
      Objects.requireNonNull(element, "a sequence holds no nulls");
    }
    return copy;
  }

  /** How many elements there are; loads nothing. */
  public int size() {
    return size;
  }

  /** The elements, loaded if they are not there yet. */
  @SuppressWarnings("unchecked")
  public List<E> elements() {
    return (List<E>) Collections.unmodifiableList(Arrays.asList(array()));
  }

  /** Whether the elements are there, so that asking for them costs nothing. */
  public boolean isLoaded() {
    return held != null || loaded != null;
  }

  /**
   * What whoever keeps this chunk has called it. Two chunks of equal tags are taken as the same.
   */
  public Optional<Object> tag() {
    return Optional.ofNullable(tag);
  }

  /**
   * Tags this chunk, once and for good.
   *
   * @return the tag that holds: the given one or, if there was one already, that
   */
  public Object tag(Object name) {
    Object earlier = TAG.compareAndExchange(this, null, Objects.requireNonNull(name));
    return earlier == null ? name : earlier;
  }

  /** What tells whether another chunk is the same: its tag, or itself while it has none. */
  Object name() {
    Object mine = tag;
    return mine == null ? this : mine;
  }

  /** Whether both have the same elements for sure, by identity or by tag; loads nothing. */
  boolean isSame(Chunk<?> other) {
    return this == other || name().equals(other.name());
  }

  /** Whether both have the same elements, by reference; loads them only if it must. */
  boolean hasElementsOf(Chunk<?> other) {
    if (isSame(other)) {
      return true;
    }
    Object[] mine = array();
    Object[] others = other.array();
    int i = 0;
    while (i < mine.length && i < others.length && mine[i] == others[i]) {
      i++;
    }
    return i == mine.length && i == others.length;
  }

  @SuppressWarnings("unchecked")
  E get(int index) {
    return (E) array()[index];
  }

  Chunk<E> with(int index, E element) {
    Object[] copy = array().clone();
    copy[index] = element;
    return holding(copy);
  }

  /** The elements themselves, not to be written to. */
  Object[] array() {
    return held != null ? held : loaded();
  }

  private Object[] loaded() {
    Object[] there = loaded;
    return there != null ? there : load(Objects.requireNonNull(source));
  }

  private Object[] load(Source<E> from) {
    Object[] mine = checked(from.load());
    if (mine.length != size) {
      throw new IllegalStateException(
          "a chunk of " + size + " elements loaded " + mine.length + " from " + from);
    }
    Object[] earlier = (Object[]) LOADED.compareAndExchange(this, (Object[]) null, mine);
    return earlier == null ? mine : earlier;
  }

  private static VarHandle field(String name, Class<?> type) {
    try {
      return MethodHandles.lookup().findVarHandle(Chunk.class, name, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}

package dev.parley.entities;

import java.util.AbstractList;
import java.util.Collection;
import java.util.Comparator;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A list that refuses every change, also one that would change nothing, where {@link AbstractList}
 * would let that pass.
 */
abstract class ReadOnlyList<E> extends AbstractList<E> {
  private static UnsupportedOperationException refused() {
    return new UnsupportedOperationException("this list never changes");
  }

  @Override
  public final boolean addAll(Collection<? extends E> added) {
    throw refused();
  }

  @Override
  public final boolean addAll(int index, Collection<? extends E> added) {
    throw refused();
  }

  @Override
  public final boolean remove(@Nullable Object element) {
    throw refused();
  }

  @Override
  public final E removeFirst() {
    throw refused();
  }

  @Override
  public final E removeLast() {
    throw refused();
  }

  @Override
  public final boolean removeAll(Collection<?> removed) {
    throw refused();
  }

  @Override
  public final boolean retainAll(Collection<?> kept) {
    throw refused();
  }

  @Override
  public final boolean removeIf(Predicate<? super E> filter) {
    throw refused();
  }

  @Override
  public final void replaceAll(UnaryOperator<E> operator) {
    throw refused();
  }

  @Override
  public final void sort(@Nullable Comparator<? super E> order) {
    throw refused();
  }

  @Override
  public final void clear() {
    throw refused();
  }
}

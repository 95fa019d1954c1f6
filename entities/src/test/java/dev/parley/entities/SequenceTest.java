package dev.parley.entities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SequenceTest {
  private static final int LARGE = 100_000;

  private static Sequence<Integer> numbers(int size) {
    return Sequence.of(IntStream.range(0, size).boxed().toList());
  }

  /** A version that was seen once and what it held then. */
  private record Seen(Sequence<Object> version, List<Object> content) {}

  @Test
  void any_series_of_edits_does_what_it_does_to_an_array_list() {
    Random random = Seeds.random();
    List<Seen> seen = new ArrayList<>();
    Sequence<Object> sequence = Sequence.empty();
    List<Object> model = new ArrayList<>();
    for (int step = 0; step < 40_000; step++) {
      sequence = edit(random, sequence, model, step / 5_000 % 2 == 0);
      assertThat(sequence.size()).isEqualTo(model.size());
      assertChunksAreWell(sequence);
      if (step % 250 == 0) {
        assertIsSame(sequence, model);
        seen.add(new Seen(sequence, List.copyOf(model)));
      }
    }
    assertIsSame(sequence, model);
    seen.forEach(earlier -> assertIsSame(earlier.version, earlier.content));
  }

  private static Sequence<Object> edit(
      Random random, Sequence<Object> sequence, List<Object> model, boolean growing) {
    int kind = random.nextInt(100);
    int at = random.nextInt(model.size() + 1);
    Object element = new Object();
    if (kind < 5) {
      return splice(random, sequence, model, at);
    }
    if (kind < (growing ? 60 : 35)) {
      model.add(at, element);
      return sequence.plus(at, element);
    }
    if (at == model.size()) {
      model.add(element);
      return sequence.plus(element);
    }
    if (kind < 80) {
      model.remove(at);
      return sequence.without(at);
    }
    model.set(at, element);
    return sequence.with(at, element);
  }

  private static Sequence<Object> splice(
      Random random, Sequence<Object> sequence, List<Object> model, int from) {
    int to = from + random.nextInt(Math.min(300, model.size() - from) + 1);
    List<Object> replacement = Seeds.things(random.nextInt(300));
    model.subList(from, to).clear();
    model.addAll(from, replacement);
    return sequence.splice(from, to, replacement);
  }

  private static void assertIsSame(Sequence<Object> sequence, List<Object> model) {
    assertThat(sequence.toArray()).containsExactly(model.toArray());
    assertThat(IntStream.range(0, model.size()).mapToObj(sequence::get).toArray())
        .containsExactly(model.toArray());
  }

  private static void assertChunksAreWell(Sequence<?> sequence) {
    int[] sizes = Seeds.sizes(sequence);
    int least = sizes.length == 1 ? 1 : 32;
    assertThat(Arrays.stream(sizes).allMatch(size -> size >= least && size <= 128))
        .as(() -> Arrays.toString(sizes))
        .isTrue();
  }

  @Test
  void adding_at_either_end_or_in_the_middle_keeps_the_chunks_well_filled() {
    Sequence<Integer> atEnd = Sequence.empty();
    Sequence<Integer> atStart = Sequence.empty();
    Sequence<Integer> inside = Sequence.empty();
    for (int i = 0; i < 10_000; i++) {
      atEnd = atEnd.plus(i);
      atStart = atStart.plus(0, i);
      inside = inside.plus(inside.size() / 2, i);
    }
    assertThat(atEnd).isEqualTo(numbers(10_000)).isEqualTo(atStart.reversed());
    assertThat(atEnd.chunks()).hasSizeLessThan(10_000 / 90);
    assertThat(atStart.chunks()).hasSizeLessThan(10_000 / 60);
    assertThat(inside.chunks()).hasSizeLessThan(10_000 / 60);
  }

  @Test
  void a_sequence_that_shrinks_has_fewer_chunks() {
    Random random = Seeds.random();
    Sequence<Integer> sequence = numbers(20_000);
    while (sequence.size() > 100) {
      sequence = sequence.without(random.nextInt(sequence.size()));
      assertChunksAreWell(sequence);
    }
    assertThat(sequence.chunks()).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void a_small_sequence_is_one_chunk_and_a_large_one_has_room_in_each() {
    assertThat(Seeds.sizes(numbers(0))).isEmpty();
    assertThat(Seeds.sizes(numbers(128))).containsExactly(128);
    assertThat(Seeds.sizes(numbers(129))).containsExactly(96, 33);
    assertThat(Seeds.sizes(numbers(96 * 3))).containsExactly(96, 96, 96);
  }

  @Test
  void an_edit_shares_every_chunk_that_it_does_not_touch() {
    Sequence<Integer> old = numbers(LARGE);
    assertThat(fresh(old, old.with(50_000, -1))).isEqualTo(1);
    assertThat(fresh(old, old.plus(-1))).isLessThanOrEqualTo(2);
    assertThat(fresh(old, old.plus(50_000, -1))).isLessThanOrEqualTo(2);
    assertThat(fresh(old, old.without(50_000))).isEqualTo(1);
    assertThat(fresh(old, old.splice(10, 90_000, List.of()))).isEqualTo(1);
    assertThat(fresh(old, old.splice(96, 192, List.of()))).isZero();
  }

  /** How many chunks of the one are not in the other. */
  private static long fresh(Sequence<Integer> old, Sequence<Integer> edited) {
    Set<Chunk<Integer>> shared = new HashSet<>(old.chunks());
    return edited.chunks().stream().filter(chunk -> !shared.contains(chunk)).count();
  }

  @Test
  void an_edit_that_changes_nothing_returns_the_same_object() {
    Sequence<Object> old = Sequence.of(Seeds.things(1_000));
    assertThat(old.with(500, old.get(500))).isSameAs(old);
    assertThat(old.splice(500, 500, List.of())).isSameAs(old);
    assertThat(Sequence.copyOf(old)).isSameAs(old);
    assertThat(Sequence.of(old)).isEqualTo(old).isNotSameAs(old);
    assertThat(Sequence.of(List.of("a")).without(0)).isSameAs(Sequence.empty());
    assertThat(Sequence.ofChunks(List.of())).isSameAs(Sequence.empty());
  }

  @Test
  void what_was_given_may_change_afterwards() {
    List<String> given = new ArrayList<>(List.of("a", "b"));
    Sequence<String> sequence = Sequence.of(given);
    Sequence<String> spliced = sequence.splice(1, 1, given);
    given.set(0, "x");
    assertThat(sequence).containsExactly("a", "b");
    assertThat(spliced).containsExactly("a", "a", "b", "b");
  }

  @Test
  void it_is_a_list_like_any_other() {
    List<Integer> plain = IntStream.range(0, 1_000).boxed().toList();
    Sequence<Integer> sequence = Sequence.of(plain);
    assertThat(sequence).isEqualTo(plain).hasSameHashCodeAs(plain);
    assertThat(plain).isEqualTo(sequence);
    assertThat(sequence.stream().toList()).isEqualTo(plain);
    assertThat(sequence.parallelStream().map(i -> i + 1).toList())
        .isEqualTo(plain.stream().map(i -> i + 1).toList());
    assertThat(sequence.subList(90, 300)).isEqualTo(plain.subList(90, 300));
    assertThat(sequence.indexOf(700)).isEqualTo(700);
    assertThat(sequence.contains(1_000)).isFalse();
    assertThat(sequence.reversed().getFirst()).isEqualTo(999);
  }

  @Test
  @SuppressWarnings("ListRemoveAmbiguous") // both are called
  void it_refuses_every_mutator_also_those_that_would_change_nothing() {
    List<Consumer<List<Integer>>> mutators =
        List.of(
            list -> list.add(1),
            list -> list.add(0, 1),
            list -> list.addAll(List.of()),
            list -> list.addAll(0, List.of()),
            list -> list.addFirst(1),
            list -> list.addLast(1),
            list -> list.set(0, 1),
            list -> list.remove(0),
            list -> list.remove((Object) 77),
            List::removeFirst,
            List::removeLast,
            list -> list.removeAll(List.of()),
            list -> list.retainAll(List.of(1)),
            list -> list.removeIf(i -> false),
            list -> list.replaceAll(i -> i),
            list -> list.sort(Comparator.naturalOrder()),
            List::clear);
    for (List<Integer> list : List.of(numbers(0), numbers(1), numbers(1_000))) {
      for (Consumer<List<Integer>> mutator : mutators) {
        assertThatThrownBy(() -> mutator.accept(list))
            .isInstanceOf(UnsupportedOperationException.class);
      }
    }
    assertThat(numbers(1)).isNotEmpty();
  }

  @Test
  void its_views_refuse_to_change_it() {
    Sequence<Integer> sequence = numbers(200);
    Iterator<Integer> iterator = sequence.iterator();
    iterator.next();
    assertRefused(iterator::remove);
    assertRefused(() -> sequence.subList(10, 20).clear());
    assertRefused(() -> sequence.listIterator(100).add(1));
    assertRefused(() -> sequence.chunks().set(0, sequence.chunks().getLast()));
    assertRefused(() -> sequence.chunks().getFirst().elements().set(0, 1));
    assertThat(sequence).isEqualTo(numbers(200));
  }

  private static void assertRefused(Runnable change) {
    assertThatThrownBy(change::run).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void it_has_no_place_outside_its_bounds() {
    for (Sequence<Integer> sequence : List.of(numbers(0), numbers(10), numbers(1_000))) {
      int size = sequence.size();
      assertOutside(size, () -> sequence.get(size));
      assertOutside(size, () -> sequence.get(-1));
      assertOutside(size, () -> sequence.with(size, 1));
      assertOutside(size, () -> sequence.without(size));
      assertOutside(size, () -> sequence.plus(size + 1, 1));
      assertOutside(size, () -> sequence.splice(0, size + 1, List.of()));
      assertOutside(size, () -> sequence.splice(size, size - 1, List.of(1)));
      Iterator<Integer> iterator = sequence.listIterator(size);
      assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
    }
    Iterator<Integer> iterator = numbers(0).iterator();
    assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
  }

  private static void assertOutside(int size, Runnable access) {
    assertThatThrownBy(access::run)
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageEndingWith("out of bounds for length " + size);
  }

  @Test
  @SuppressWarnings("NullAway") // what a caller without null checks can do
  void it_takes_no_nulls() {
    List<Integer> withNull = Arrays.asList(1, null);
    Sequence<Integer> sequence = numbers(10);
    assertThatNullPointerException().isThrownBy(() -> Sequence.of(withNull));
    assertThatNullPointerException().isThrownBy(() -> Chunk.of(withNull));
    assertThatNullPointerException().isThrownBy(() -> sequence.with(0, null));
    assertThatNullPointerException().isThrownBy(() -> sequence.plus(null));
    assertThatNullPointerException().isThrownBy(() -> sequence.splice(0, 1, withNull));
    assertThatNullPointerException().isThrownBy(() -> Sequence.rebase(sequence, withNull));
  }
}

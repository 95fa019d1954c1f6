package dev.parley.entities;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RebaseTest {
  private static final int LARGE = 100_000;

  private final Sequence<Object> old = Sequence.of(Seeds.things(LARGE));

  @Test
  void any_list_comes_out_as_given() {
    Random random = Seeds.random();
    for (int round = 0; round < 1_500; round++) {
      Sequence<Object> before = Sequence.of(Seeds.things(random, random.nextInt(1_500)));
      List<Object> given = new ArrayList<>(before);
      for (int edits = random.nextInt(10); edits > 0; edits--) {
        edit(random, given);
      }
      Sequence<Object> after = Sequence.rebase(before, given);
      assertThat(after.toArray()).containsExactly(given.toArray());
      assertThat(isSame(after, before)).isEqualTo(before.equals(given));
    }
  }

  @SuppressWarnings("ReferenceEquality") // which is the point
  private static boolean isSame(Sequence<Object> one, Sequence<Object> other) {
    return one == other;
  }

  private static void edit(Random random, List<Object> list) {
    int from = random.nextInt(list.size() + 1);
    int to = Math.min(list.size(), from + random.nextInt(200));
    switch (random.nextInt(5)) {
      case 0 -> list.subList(from, to).clear();
      case 1 -> list.addAll(from, Seeds.things(random, random.nextInt(300)));
      case 2 -> Collections.shuffle(list.subList(from, to), random);
      case 3 -> Collections.rotate(list, 1);
      default -> list.subList(from, to).replaceAll(thing -> new Object());
    }
  }

  @Test
  void the_same_elements_in_the_same_order_are_the_old_sequence() {
    assertThat(Sequence.rebase(old, new ArrayList<>(old))).isSameAs(old);
    assertThat(Sequence.rebase(old, old.stream().toList())).isSameAs(old);
    assertThat(Sequence.rebase(old, Sequence.of(old))).isSameAs(old);
    assertThat(Sequence.rebase(old, old)).isSameAs(old);
    assertThat(Sequence.rebase(Sequence.empty(), List.of())).isSameAs(Sequence.empty());
  }

  @Test
  void a_list_that_a_stream_rebuilt_shares_all_but_what_it_changed() {
    Set<Object> some = Set.of(old.get(10), old.get(50_000), old.get(99_000));
    Sequence<Object> filtered =
        Sequence.rebase(old, old.stream().filter(thing -> !some.contains(thing)).toList());
    Sequence<Object> mapped =
        Sequence.rebase(
            old, old.stream().map(thing -> some.contains(thing) ? "new" : thing).toList());
    assertThat(filtered).hasSize(LARGE - 3);
    assertThat(fresh(filtered)).isEqualTo(3);
    assertThat(mapped).hasSize(LARGE);
    assertThat(fresh(mapped)).isEqualTo(3);
  }

  private long fresh(Sequence<Object> edited) {
    Set<Chunk<Object>> shared = new HashSet<>(old.chunks());
    return edited.chunks().stream().filter(chunk -> !shared.contains(chunk)).count();
  }

  @Test
  void an_equal_element_that_is_another_object_is_taken() {
    String copy = new String("a".toCharArray());
    Sequence<String> rebased = Sequence.rebase(Sequence.of(List.of("a", "b")), List.of(copy, "b"));
    assertThat(rebased.getFirst()).isSameAs(copy);
  }

  @Test
  void a_sequence_made_from_the_old_one_is_taken_as_it_is() {
    Sequence<Object> edited = old.with(50_000, "new");
    assertThat(Sequence.rebase(old, edited)).isSameAs(edited);
    assertThat(Sequence.rebase(old, edited.with(50_000, old.get(50_000)))).isSameAs(old);
  }

  @Test
  void a_sequence_of_other_chunks_gets_those_of_the_old_one() {
    Sequence<Object> rebased = Sequence.rebase(old, Sequence.of(old).with(50_000, "new"));
    assertThat(rebased.get(50_000)).isEqualTo("new");
    assertThat(fresh(rebased)).isEqualTo(1);
  }

  @Test
  void what_is_thinned_out_is_packed_densely() {
    List<Object> thinned = new ArrayList<>();
    for (int i = 0; i < LARGE; i += 2) {
      thinned.add(old.get(i));
    }
    Sequence<Object> rebased = Sequence.rebase(old, thinned);
    assertThat(rebased.toArray()).containsExactly(thinned.toArray());
    assertThat(rebased.chunks()).hasSizeLessThan(LARGE / 2 / 90);
  }

  @Test
  void what_shares_nothing_is_packed_anew() {
    List<Object> others = Seeds.things(1_000);
    Sequence<Object> rebased = Sequence.rebase(old, others);
    assertThat(rebased).isEqualTo(others);
    assertThat(rebased.chunks()).hasSizeLessThan(12);
    assertThat(Sequence.rebase(old, List.of())).isSameAs(Sequence.empty());
  }
}

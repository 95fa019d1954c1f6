package dev.parley.entities;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.entities.Difference.At;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DifferenceTest {
  private static final int LARGE = 100_000;

  private final Sequence<Object> old = Sequence.of(Seeds.things(LARGE));

  @Test
  void without_what_differs_any_two_sequences_are_the_same() {
    Random random = Seeds.random();
    for (int round = 0; round < 1_500; round++) {
      Sequence<Object> a = Sequence.of(Seeds.things(random, random.nextInt(1_500)));
      Sequence<Object> b = a;
      for (int edits = random.nextInt(12); edits > 0; edits--) {
        b = edited(random, b);
      }
      Difference<Object> difference = Sequence.difference(a, b);
      assertIsDifference(difference, a, b);
      assertIsDifference(Sequence.difference(b, a), b, a);
      assertThat(difference.isEmpty()).isEqualTo(same(a, b));
    }
  }

  private static Sequence<Object> edited(Random random, Sequence<Object> sequence) {
    int from = random.nextInt(sequence.size() + 1);
    int to = Math.min(sequence.size(), from + random.nextInt(3));
    return switch (random.nextInt(6)) {
      case 0 -> moved(random, sequence);
      case 1 -> sequence.splice(from, sequence.size(), sequence.subList(from, sequence.size()));
      case 2 -> sequence.splice(from, to, Seeds.things(random, random.nextInt(200)));
      case 3 -> sequence.splice(0, to, List.of());
      default -> sequence.splice(from, to, Seeds.things(random, random.nextInt(3)));
    };
  }

  private static Sequence<Object> moved(Random random, Sequence<Object> sequence) {
    if (sequence.isEmpty()) {
      return sequence;
    }
    int from = random.nextInt(sequence.size());
    return sequence.without(from).plus(random.nextInt(sequence.size()), sequence.get(from));
  }

  private static void assertIsDifference(
      Difference<Object> difference, Sequence<Object> a, Sequence<Object> b) {
    List<Object> restA = without(a, difference.onlyA());
    List<Object> restB = without(b, difference.onlyB());
    assertThat(same(restA, restB)).as("%s", difference).isTrue();
  }

  private static List<Object> without(Sequence<Object> all, List<At<Object>> some) {
    List<Object> rest = new ArrayList<>(all);
    int last = all.size();
    for (At<Object> at : some.reversed()) {
      assertThat(at.index()).as("ascending").isLessThan(last);
      last = at.index();
      assertThat(rest.remove(last)).isSameAs(at.element());
    }
    return rest;
  }

  @SuppressWarnings("ReferenceEquality") // which is the point
  private static boolean same(List<Object> a, List<Object> b) {
    return a.size() == b.size() && IntStream.range(0, a.size()).allMatch(i -> a.get(i) == b.get(i));
  }

  @Test
  void the_same_sequence_differs_in_nothing() {
    assertThat(Sequence.difference(old, old).isEmpty()).isTrue();
    assertThat(Sequence.difference(old, Sequence.of(old)).isEmpty()).isTrue();
    assertThat(Sequence.difference(Sequence.empty(), Sequence.empty()).isEmpty()).isTrue();
  }

  @Test
  void a_replaced_element_is_one_entry_on_each_side() {
    Difference<Object> difference = Sequence.difference(old, old.with(50_000, "new"));
    assertThat(difference.onlyA()).containsExactly(new At<>(50_000, old.get(50_000)));
    assertThat(difference.onlyB()).containsExactly(new At<>(50_000, "new"));
  }

  @Test
  void an_equal_element_that_is_another_object_differs() {
    String copy = new String("a".toCharArray());
    Sequence<String> one = Sequence.of(List.of("a"));
    assertThat(Sequence.difference(one, one.with(0, copy)).onlyB()).hasSize(1);
  }

  @Test
  void elements_replaced_far_apart_are_entries_of_their_own() {
    Sequence<Object> edited = old.with(10, "x").with(50_000, "y").with(50_200, "z");
    Difference<Object> difference = Sequence.difference(old, edited);
    assertThat(difference.onlyA()).extracting(At::index).containsExactly(10, 50_000, 50_200);
    assertThat(difference.onlyB())
        .containsExactly(new At<>(10, "x"), new At<>(50_000, "y"), new At<>(50_200, "z"));
  }

  @Test
  void what_was_added_removed_or_moved_is_all_that_is_told() {
    Object moved = old.get(99_999);
    Sequence<Object> edited =
        old.without(99_999).plus(50_000, "new").without(20_001).without(20_000).plus(0, moved);
    Difference<Object> difference = Sequence.difference(old, edited);
    assertThat(difference.onlyA()).extracting(At::index).containsExactly(20_000, 20_001, 99_999);
    assertThat(difference.onlyB()).containsExactly(new At<>(0, moved), new At<>(49_999, "new"));
  }

  @Test
  void what_is_there_many_times_is_paired_off() {
    Sequence<String> votes = Sequence.of(Collections.nCopies(1_000, "yes"));
    Sequence<String> edited = votes.with(100, "no").with(150, "no").plus(600, "no");
    Difference<String> difference = Sequence.difference(votes, edited);
    assertThat(difference.onlyA()).extracting(At::element).containsExactly("yes", "yes");
    assertThat(difference.onlyB()).extracting(At::index).containsExactly(100, 150, 600);
  }

  @Test
  void all_of_a_sequence_differs_from_none() {
    Sequence<Object> some = Sequence.of(Seeds.things(300));
    assertThat(Sequence.difference(Sequence.empty(), some).onlyB()).hasSize(300);
    assertThat(Sequence.difference(some, Sequence.empty()).onlyA()).hasSize(300);
    assertThat(Sequence.difference(some, Sequence.of(Seeds.things(300))).onlyA()).hasSize(300);
  }

  /** A page of objects that are new at each load. */
  private record Page(Set<Integer> loaded, int number) implements Chunk.Source<Object> {
    @Override
    public int size() {
      return 100;
    }

    @Override
    public List<Object> load() {
      loaded.add(number);
      return Seeds.things(100);
    }
  }

  private static Sequence<Object> stored(Set<Integer> loaded) {
    List<Chunk<Object>> chunks = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      chunks.add(Chunk.from(new Page(loaded, i)));
    }
    return Sequence.ofChunks(chunks);
  }

  private static Sequence<Object> tagged(Sequence<Object> sequence) {
    AtomicInteger page = new AtomicInteger();
    sequence.chunks().forEach(chunk -> chunk.tag("page " + page.getAndIncrement()));
    return sequence;
  }

  private final Set<Integer> loaded = new HashSet<>();

  @Test
  void what_is_shared_is_not_loaded() {
    Sequence<Object> pages = stored(loaded);
    Sequence<Object> edited = pages.with(99_950, "x").plus(150, "y");
    assertThat(Sequence.difference(pages, edited).onlyB())
        .containsExactly(new At<>(150, "y"), new At<>(99_951, "x"));
    assertThat(Sequence.difference(edited, pages).onlyB()).hasSize(1);
    assertThat(loaded).hasSize(2);
  }

  @Test
  void pages_of_equal_tags_are_the_same_and_not_loaded() {
    Sequence<Object> one = tagged(stored(loaded));
    Sequence<Object> other = tagged(stored(loaded));
    assertThat(Sequence.difference(one, other).isEmpty()).isTrue();
    assertThat(loaded).isEmpty();
    Sequence<Object> edited = other.splice(200, 300, List.of()).splice(800, 900, List.of());
    assertThat(Sequence.difference(one, edited).onlyA()).hasSize(200);
    assertThat(Sequence.difference(one, edited).onlyB()).isEmpty();
    assertThat(loaded).hasSize(2);
  }

  @Test
  void pages_without_a_tag_are_not_taken_as_the_same() {
    assertThat(Sequence.difference(stored(loaded), stored(loaded)).onlyA()).hasSize(LARGE);
  }
}

package dev.parley.entities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ElementsTest {
  /** Something that is found by its name but is another with another text. */
  private record Note(String name, String text) {}

  private static Elements<Integer> numbers(int size) {
    return Elements.of(IntStream.range(0, size).boxed().toList(), Function.identity());
  }

  @Test
  void any_series_of_edits_does_what_it_does_to_a_tree_set() {
    Random random = Seeds.random();
    Elements<Integer> elements = numbers(0);
    Set<Integer> model = new TreeSet<>();
    for (int step = 0; step < 20_000; step++) {
      int number = random.nextInt(2_000);
      if (random.nextInt(3) > 0) {
        elements = elements.plus(number);
        model.add(number);
      } else {
        elements = elements.without(number);
        model.remove(number);
      }
      assertThat(elements.contains(number)).isEqualTo(model.contains(number));
      if (step % 1_000 == 0) {
        assertThat(elements).containsExactlyElementsOf(model);
      }
    }
    assertThat(elements).isEqualTo(model).hasSameHashCodeAs(model);
    assertThat(model).isEqualTo(elements);
  }

  @Test
  void elements_of_the_same_key_are_told_apart() {
    Note tea = new Note("a", "tea");
    Note milk = new Note("a", "milk");
    Elements<Note> notes = Elements.of(List.of(new Note("b", "rum"), tea, milk, tea), Note::name);
    assertThat(notes).hasSize(3).contains(tea, milk).endsWith(new Note("b", "rum"));
    assertThat(notes.contains(new Note("a", "rum"))).isFalse();
    assertThat(notes.without(tea)).hasSize(2).doesNotContain(tea).contains(milk);
    assertThat(notes.without(milk)).hasSize(2).doesNotContain(milk).contains(tea);
    assertThat(notes.plus(new Note("a", "tea"))).isSameAs(notes);
    Elements<BigDecimal> ones =
        Elements.of(List.of(new BigDecimal("1.0"), new BigDecimal("1.00")), Function.identity());
    assertThat(ones).hasSize(2);
  }

  @Test
  void an_edit_that_changes_nothing_returns_the_same_object() {
    Elements<Integer> old = numbers(1_000);
    assertThat(old.plus(500)).isSameAs(old);
    assertThat(old.without(1_000)).isSameAs(old);
    assertThat(old.rebase(old)).isSameAs(old);
    assertThat(old.rebase(new HashSet<>(old))).isSameAs(old);
  }

  @Test
  void a_set_that_was_rebuilt_shares_what_stayed() {
    Elements<Integer> old = numbers(10_000);
    List<Integer> given = new ArrayList<>(old.elements().reversed());
    given.remove((Object) 5_000);
    given.add(20_000);
    Elements<Integer> rebased = old.rebase(given);
    assertThat(rebased).isEqualTo(new HashSet<>(given));
    Difference<Integer> difference = Sequence.difference(old.elements(), rebased.elements());
    assertThat(difference.onlyA()).containsExactly(new Difference.At<>(5_000, 5_000));
    assertThat(difference.onlyB()).containsExactly(new Difference.At<>(9_999, 20_000));
    Elements<Integer> edited = old.plus(-1);
    assertThat(old.rebase(edited).elements()).isSameAs(edited.elements());
  }

  @Test
  void a_set_of_another_order_is_brought_into_this_one() {
    List<Note> notes = List.of(new Note("a", "tea"), new Note("b", "milk"));
    Elements<Note> byText = Elements.of(notes, Note::text);
    assertThat(byText.elements()).isEqualTo(notes.reversed());
    assertThat(Elements.of(List.<Note>of(), Note::name).rebase(byText))
        .containsExactlyElementsOf(notes);
  }

  @Test
  void it_refuses_to_change_and_takes_no_nulls() {
    Elements<Integer> elements = numbers(3);
    for (Runnable change :
        new Runnable[] {() -> elements.add(5), () -> elements.remove(1), elements::clear}) {
      assertThatThrownBy(change::run).isInstanceOf(UnsupportedOperationException.class);
    }
    assertThatNullPointerException().isThrownBy(() -> elements.contains(null));
    assertThat(elements).containsExactly(0, 1, 2);
  }
}

package dev.parley.entities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class KeyedTest {
  private static Keyed<Integer, String> numbers(int size) {
    Map<Integer, String> numbers = new HashMap<>();
    for (int i = 0; i < size; i++) {
      numbers.put(i, "number " + i);
    }
    return Keyed.of(numbers);
  }

  @Test
  void any_series_of_edits_does_what_it_does_to_a_tree_map() {
    Random random = Seeds.random();
    Keyed<Integer, Object> keyed = Keyed.empty();
    Map<Integer, Object> model = new TreeMap<>();
    for (int step = 0; step < 20_000; step++) {
      int key = random.nextInt(2_000);
      if (random.nextInt(3) == 0) {
        keyed = keyed.without(key);
        model.remove(key);
      } else {
        Object value = new Object();
        keyed = keyed.with(key, value);
        model.put(key, value);
      }
      assertThat(keyed.get(key)).isSameAs(model.get(key));
      if (step % 1_000 == 0) {
        assertThat(keyed.entrySet()).containsExactlyElementsOf(model.entrySet());
      }
    }
    assertThat(keyed).isEqualTo(model).hasSameHashCodeAs(model);
    assertThat(model).isEqualTo(keyed);
  }

  @Test
  void it_is_a_map_in_the_order_of_its_keys() {
    Keyed<String, Integer> keyed = Keyed.of(Map.of("c", 3, "a", 1, "b", 2));
    assertThat(keyed.keySet()).containsExactly("a", "b", "c");
    assertThat(keyed.values()).containsExactly(1, 2, 3);
    assertThat(keyed.reversed().keySet()).containsExactly("c", "b", "a");
    assertThat(keyed.firstEntry()).isEqualTo(Map.entry("a", 1));
    assertThat(keyed.lastEntry()).isEqualTo(Map.entry("c", 3));
    assertThat(keyed.containsKey("b")).isTrue();
    assertThat(keyed.containsKey("ab")).isFalse();
    assertThat(keyed.get("z")).isNull();
    assertThat(keyed.entries().getFirst()).isEqualTo(Map.entry("a", 1));
    assertThat(Keyed.empty().lastEntry()).isNull();
  }

  @Test
  void an_edit_shares_what_it_does_not_touch() {
    Keyed<Integer, String> old = numbers(10_000);
    Keyed<Integer, String> edited = old.with(5_000, "new");
    assertThat(old.get(5_000)).isEqualTo("number 5000");
    assertThat(Sequence.difference(old.entries(), edited.entries()).onlyB())
        .extracting(Difference.At::element)
        .containsExactly(Map.entry(5_000, "new"));
    assertThat(edited.with(5_000, "number 5000").entries().chunks())
        .filteredOn(chunk -> !old.entries().chunks().contains(chunk))
        .hasSize(1);
  }

  @Test
  void an_equal_value_that_is_another_object_is_taken() {
    Keyed<Integer, String> old = Keyed.of(Map.of(1, "a"));
    String copy = new String("a".toCharArray());
    assertThat(old.with(1, copy).get(1)).isSameAs(copy);
    assertThat(Keyed.rebase(old, Map.of(1, copy)).get(1)).isSameAs(copy);
  }

  @Test
  void an_edit_that_changes_nothing_returns_the_same_object() {
    Keyed<Integer, String> old = numbers(100);
    String there = Objects.requireNonNull(old.get(7));
    assertThat(old.with(7, there)).isSameAs(old);
    assertThat(old.without(100)).isSameAs(old);
    assertThat(Keyed.of(old)).isSameAs(old);
    assertThat(Keyed.rebase(old, new HashMap<>(old))).isSameAs(old);
    assertThat(Keyed.of(Map.of(1, "a")).without(1)).isSameAs(Keyed.empty());
  }

  @Test
  void a_map_that_was_rebuilt_shares_the_entries_that_stayed() {
    Keyed<Integer, String> old = numbers(10_000);
    Map<Integer, String> given = new HashMap<>(old);
    given.put(5_000, "new");
    given.remove(10);
    Keyed<Integer, String> rebased = Keyed.rebase(old, given);
    assertThat(rebased).isEqualTo(given);
    Difference<?> difference = Sequence.difference(old.entries(), rebased.entries());
    assertThat(difference.onlyA()).extracting(Difference.At::index).containsExactly(10, 5_000);
    assertThat(difference.onlyB()).hasSize(1);
    Keyed<Integer, String> edited = old.with(1, "x");
    assertThat(Keyed.rebase(old, edited).entries()).isSameAs(edited.entries());
  }

  @Test
  void keys_that_compare_as_equal_are_one_key() {
    Keyed<BigDecimal, String> keyed = Keyed.of(Map.of(new BigDecimal("1.0"), "one"));
    assertThat(keyed.get(new BigDecimal("1.00"))).isEqualTo("one");
    assertThat(keyed.with(new BigDecimal("1.00"), "uno")).hasSize(1);
    Map<BigDecimal, String> both = Map.of(new BigDecimal("1.0"), "a", new BigDecimal("1.00"), "b");
    assertThatThrownBy(() -> Keyed.of(both))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("the keys 1.00? and 1.00? are equal");
  }

  @Test
  @SuppressWarnings("NullAway") // what a caller without null checks can do
  void it_takes_no_nulls() {
    Map<Integer, String> withNull = new HashMap<>();
    withNull.put(1, null);
    assertThatNullPointerException().isThrownBy(() -> Keyed.of(withNull));
    assertThatNullPointerException().isThrownBy(() -> numbers(1).with(null, "a"));
    assertThatNullPointerException().isThrownBy(() -> numbers(1).with(0, null));
    assertThatNullPointerException().isThrownBy(() -> numbers(0).get(null));
  }

  @Test
  void it_refuses_to_change() {
    Keyed<Integer, String> keyed = numbers(3);
    for (Runnable change :
        new Runnable[] {
          () -> keyed.put(1, "x"),
          () -> keyed.remove(1),
          keyed::clear,
          keyed::pollFirstEntry,
          () -> keyed.firstEntry().setValue("x"),
          () -> keyed.entrySet().iterator().next().setValue("x"),
          () -> keyed.reversed().clear()
        }) {
      assertThatThrownBy(change::run).isInstanceOf(UnsupportedOperationException.class);
    }
    assertThat(keyed).hasSize(3);
  }
}

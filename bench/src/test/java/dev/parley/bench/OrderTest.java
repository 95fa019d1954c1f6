package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OrderTest {

  @Test
  void an_unbroken_stream_is_complete() {
    Order order = after(7, 8, 9, 10);

    assertThat(order.missing(10)).isZero();
    assertThat(order.gaps() + order.late() + order.duplicates()).isZero();
  }

  @Test
  void a_stream_that_begins_too_late_has_a_gap() {
    assertThat(after(7, 9, 10).gaps()).isEqualTo(1);
  }

  @Test
  void each_skipped_seq_is_a_gap_of_its_own() {
    Order order = after(0, 1, 5);

    assertThat(order.gaps()).isEqualTo(3);
    assertThat(order.missing(5)).isEqualTo(3);
  }

  @Test
  void what_fills_a_gap_came_late_but_is_there() {
    Order order = after(0, 1, 3, 2, 4);

    assertThat(order.late()).isEqualTo(1);
    assertThat(order.gaps()).isZero();
    assertThat(order.duplicates()).isZero();
  }

  @Test
  void a_repeated_seq_is_a_duplicate_even_if_it_came_late_the_first_time() {
    Order order = after(0, 1, 1, 3, 2, 2);

    assertThat(order.duplicates()).isEqualTo(2);
    assertThat(order.late()).isEqualTo(1);
  }

  @Test
  void what_was_there_before_the_subscription_does_not_belong_to_the_stream() {
    assertThat(after(7, 7).duplicates()).isEqualTo(1);
  }

  @Test
  void a_reader_behind_the_head_misses_the_rest() {
    assertThat(after(0, 1, 2, 4).missing(6)).isEqualTo(3);
  }

  private static Order after(long start, long... seqs) {
    Order order = new Order(start);
    for (long seq : seqs) {
      order.next(seq);
    }
    return order;
  }
}

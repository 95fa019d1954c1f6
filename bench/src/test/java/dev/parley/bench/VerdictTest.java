package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VerdictTest {
  private final Tally tally = new Tally();
  private final Defects defects = new Defects();

  @Test
  void a_run_without_faults_passes() {
    tally.sent.add(3);
    tally.acknowledged.add(3);
    Order order = new Order(1);
    order.next(2);
    defects.add(order, 2);

    assertThat(Verdict.of(defects, tally).passed()).isTrue();
  }

  @Test
  void a_reader_that_misses_an_acknowledged_message_fails_the_run() {
    defects.add(new Order(1), 3);

    assertThat(Verdict.of(defects, tally).faults())
        .containsExactly("2 acknowledged messages not delivered to a reader");
  }

  @Test
  void a_post_without_an_answer_fails_the_run() {
    tally.sent.add(3);
    tally.acknowledged.add(2);

    assertThat(Verdict.of(defects, tally).faults()).containsExactly("1 posts without an answer");
  }

  @Test
  void a_refused_post_is_answered_but_fails_the_run_with_the_servers_words() {
    tally.sent.add(1);
    tally.refused(new Refused(-32008, "overloaded: busy", 0));

    assertThat(Verdict.of(defects, tally).faults())
        .containsExactly("1 posts refused: -32008 overloaded: busy");
  }

  @Test
  void a_lost_connection_fails_the_run() {
    tally.lost("3008 slow");

    assertThat(Verdict.of(defects, tally).faults())
        .containsExactly("1 connections lost: 3008 slow");
  }

  @Test
  void disagreement_fails_the_run() {
    tally.disagreements.increment();

    assertThat(Verdict.of(defects, tally).passed()).isFalse();
  }
}

package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoomLogTest {
  private final RoomLog log = new RoomLog();

  @Test
  void everybody_who_saw_the_same_message_agrees() {
    assertThat(log.agrees(5, 0)).isTrue();
    assertThat(log.agrees(5, 0)).isTrue();
  }

  @Test
  void another_message_at_the_same_seq_is_a_disagreement() {
    log.agrees(5, 41);

    assertThat(log.agrees(5, 42)).isFalse();
  }

  @Test
  void seqs_far_apart_do_not_share_a_place() {
    log.agrees(3, 1);

    assertThat(log.agrees(3 + (1 << 14), 2)).isTrue();
    assertThat(log.agrees(3, 1)).isTrue();
    assertThat(log.agrees(3 + (1 << 14), 1)).isFalse();
  }
}

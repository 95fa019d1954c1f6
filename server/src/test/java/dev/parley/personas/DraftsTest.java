package dev.parley.personas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class DraftsTest {
  private final Queue<Runnable> pauses = new ArrayDeque<>();
  private final List<String> told = new ArrayList<>();
  private final Drafts drafts =
      new Drafts((index, text) -> told.add(index + ":" + text), pauses::add);

  private void pauseEnds() {
    pauses.remove().run();
  }

  @Test
  void the_first_piece_is_told_at_once() {
    drafts.accept("Once");
    assertThat(told).containsExactly("0:Once");
  }

  @Test
  void what_comes_in_a_pause_is_told_together_after_it() {
    drafts.accept("Once");
    drafts.accept(" upon");
    drafts.accept(" a time");
    assertThat(told).hasSize(1);
    pauseEnds();
    assertThat(told).containsExactly("0:Once", "1: upon a time");
  }

  @Test
  void a_thousand_pieces_in_ten_pauses_are_ten_drafts_and_one_more_with_every_word() {
    for (int pause = 0; pause < 10; pause++) {
      for (int piece = 0; piece < 100; piece++) {
        drafts.accept("x");
      }
      pauseEnds();
    }
    assertThat(told).hasSize(11);
    assertThat(String.join("", told).replaceAll("[^x]", "")).hasSize(1_000);
  }

  @Test
  void after_a_pause_in_which_nothing_came_the_next_piece_is_told_at_once() {
    drafts.accept("Once");
    pauseEnds();
    assertThat(pauses).isEmpty();
    drafts.accept(" upon");
    assertThat(told).containsExactly("0:Once", "1: upon");
  }

  @Test
  void nothing_is_told_after_the_end() {
    drafts.accept("Once");
    drafts.accept(" upon");
    drafts.end();
    pauseEnds();
    assertThat(told).containsExactly("0:Once");
  }
}

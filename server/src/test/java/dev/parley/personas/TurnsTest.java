package dev.parley.personas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final Queue<Runnable> started = new ArrayDeque<>();
  private final List<String> done = new ArrayList<>();

  private Turns turns(int workers) {
    return new Turns(started::add, workers);
  }

  private void runAll() {
    for (Runnable job = started.poll(); job != null; job = started.poll()) {
      job.run();
    }
  }

  @Test
  void who_asks_once_does_not_wait_behind_who_asks_ten_times() {
    Turns turns = turns(1);
    for (int i = 0; i < 10; i++) {
      String job = "ada " + i;
      assertThat(turns.offer("ada", () -> done.add(job))).isTrue();
    }
    assertThat(turns.offer("bob", () -> done.add("bob"))).isTrue();
    runAll();
    assertThat(done).startsWith("ada 0", "bob", "ada 1").hasSize(11);
  }

  @Test
  void the_questions_of_one_asker_are_answered_one_after_another_though_workers_are_free() {
    Turns turns = turns(4);
    assertThat(turns.offer("ada", () -> done.add("first"))).isTrue();
    assertThat(turns.offer("ada", () -> done.add("second"))).isTrue();
    assertThat(started).hasSize(1);
    runAll();
    assertThat(done).containsExactly("first", "second");
  }

  @Test
  void no_more_run_at_once_than_there_are_workers() {
    Turns turns = turns(3);
    for (int i = 0; i < 10; i++) {
      String asker = "asker " + i;
      assertThat(turns.offer(asker, () -> done.add(asker))).isTrue();
    }
    assertThat(started).hasSize(3);
    runAll();
    assertThat(done).hasSize(10);
  }

  @Test
  void too_many_questions_of_one_asker_are_refused_and_nobody_elses() {
    Turns turns = turns(1);
    assertThat(turns.offer("ada", () -> done.add("running"))).isTrue();
    for (int i = 0; i < Turns.MOST_WAITING; i++) {
      assertThat(turns.offer("ada", () -> done.add("waiting"))).isTrue();
    }
    assertThat(turns.offer("ada", () -> done.add("too many"))).isFalse();
    assertThat(turns.offer("bob", () -> done.add("bob"))).isTrue();
    runAll();
    assertThat(done).hasSize(Turns.MOST_WAITING + 2).doesNotContain("too many");
  }

  @Test
  void a_job_that_fails_lets_the_next_one_run() {
    Turns turns = turns(1);
    assertThat(
            turns.offer(
                "ada",
                () -> {
                  throw new IllegalStateException("on purpose");
                }))
        .isTrue();
    assertThat(turns.offer("ada", () -> done.add("next"))).isTrue();
    Runnable failing = started.remove();
    assertThatIllegalStateException().isThrownBy(failing::run);
    runAll();
    assertThat(done).containsExactly("next");
  }
}

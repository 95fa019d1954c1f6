package dev.parley.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.wire.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class RememberedTest {
  private final Remembered.Changes changes = new Remembered.Changes();
  private final AtomicInteger readings = new AtomicInteger();

  private Remembered<String> remembered(Duration life) {
    return new Remembered<>(changes, life, Function.identity());
  }

  private String read() {
    readings.incrementAndGet();
    return "ada";
  }

  @Test
  void those_who_ask_at_once_share_one_reading() throws Exception {
    Remembered<String> remembered = remembered(Duration.ofMinutes(5));
    CountDownLatch allAsk = new CountDownLatch(1);
    List<Future<String>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 64; i++) {
        answers.add(
            threads.submit(() -> {
              allAsk.await();
              return remembered.get("token", this::read);
            }));
      }
      allAsk.countDown();
      for (Future<String> answer : answers) {
        assertThat(answer.get()).isEqualTo("ada");
      }
    }
    assertThat(readings).hasValue(1);
  }

  @Test
  void a_change_makes_it_read_again_and_so_does_one_during_the_reading() {
    Remembered<String> remembered = remembered(Duration.ofMinutes(5));
    remembered.get("token", this::read);
    changes.changed("ada");
    remembered.get(
        "token",
        () -> {
          changes.changed("ada");
          return read();
        });
    remembered.get("token", this::read);
    remembered.get("token", this::read);
    assertThat(readings).hasValue(3);
  }

  @Test
  void what_cannot_be_read_is_asked_for_again() {
    Remembered<String> remembered = remembered(Duration.ofMinutes(5));
    assertThatThrownBy(() ->
            remembered.get(
                "token",
                () -> {
                  throw Refusal.unauthenticated("no");
                }))
        .isInstanceOf(Refusal.class);
    assertThat(remembered.get("token", this::read)).isEqualTo("ada");
  }

  @Test
  void without_caching_everything_is_read() {
    Remembered<String> remembered = remembered(Duration.ZERO);
    for (int i = 0; i < 100; i++) {
      remembered.get("token", this::read);
    }
    assertThat(readings.get()).isGreaterThan(50);
  }
}

package dev.parley.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
  private final TestClock clock = new TestClock();
  private final SteadyClock steady = new SteadyClock(clock);

  SteadyClockTest() {
    clock.stop();
  }

  @Test
  void it_shows_the_same_as_a_clock_that_is_not_put_back() {
    clock.advance(Duration.ofMinutes(3));
    assertThat(steady.instant()).isEqualTo(clock.instant());
  }

  @Test
  void it_goes_on_from_where_it_was_when_the_clock_is_put_back() {
    Instant before = steady.instant();
    clock.advance(Duration.ofHours(-1));
    assertThat(steady.instant()).isEqualTo(before);
    clock.advance(Duration.ofSeconds(7));
    assertThat(steady.instant()).isEqualTo(before.plusSeconds(7));
  }

  @Test
  void ids_stand_in_the_order_in_which_they_were_given_whatever_the_clock_does() {
    long seed = System.nanoTime();
    System.out.println("seed of the jumping clock: " + seed);
    Random random = new Random(seed);
    Ids ids = new Ids(clock);
    List<String> given = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      if (random.nextInt(100) == 0) {
        clock.advance(Duration.ofMillis(random.nextLong(-7_200_000, 7_200_000)));
      }
      given.add(ids.next());
    }
    assertThat(given).isSorted().doesNotHaveDuplicates();
  }
}

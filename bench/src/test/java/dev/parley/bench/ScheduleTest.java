package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final long START = 5_000_000_000L;
  private static final int POSTERS = 3;

  @Test
  void all_posters_together_post_at_even_distances() {
    long[] due =
        IntStream.range(0, POSTERS)
            .mapToObj(poster -> new Schedule(START, 100, POSTERS, poster))
            .flatMapToLong(schedule -> LongStream.range(0, 4).map(schedule::due))
            .sorted()
            .toArray();

    assertThat(due)
        .containsExactly(LongStream.range(0, 12).map(n -> START + n * 10_000_000L).toArray());
  }

  @Test
  void no_number_is_given_twice_and_none_is_left_out() {
    assertThat(
            IntStream.range(0, POSTERS)
                .mapToObj(poster -> new Schedule(START, 100, POSTERS, poster))
                .flatMapToLong(schedule -> LongStream.range(0, 4).map(schedule::number)))
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, 12).boxed().toList());
  }

  @Test
  void a_rate_that_does_not_divide_a_second_does_not_drift() {
    Schedule schedule = new Schedule(0, 300, 1, 0);

    assertThat(schedule.due(300 * 3600)).isEqualTo(3_600_000_000_000L);
  }
}

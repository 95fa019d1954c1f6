package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  private final Latencies latencies = new Latencies();
  private final Histogram deliveries = new Histogram(3);
  private final Histogram others = new Histogram(3);

  @Test
  void a_message_meant_for_the_warm_up_is_not_measured_however_late_it_arrives() {
    latencies.measureFrom(1_000);
    latencies.delivered(999, 50_000);

    assertThat(drained()).isZero();
  }

  @Test
  void a_message_counts_from_when_it_was_meant_to_be_sent() {
    latencies.measureFrom(1_000);
    latencies.delivered(5_000_000, 8_000_000);

    assertThat(drained()).isEqualTo(1);
    assertThat(deliveries.getMaxValue()).isBetween(2_990_000L, 3_010_000L);
  }

  @Test
  void what_was_drained_is_not_counted_again() {
    latencies.measureFrom(0);
    latencies.delivered(1, 2);

    assertThat(drained()).isEqualTo(1);
    assertThat(drained()).isEqualTo(1);
  }

  private long drained() {
    latencies.drainTo(deliveries, others, others);
    return deliveries.getTotalCount();
  }
}

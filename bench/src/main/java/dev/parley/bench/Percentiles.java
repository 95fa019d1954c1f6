package dev.parley.bench;

import org.HdrHistogram.Histogram;

/** A distribution of times, in milliseconds. */
public record Percentiles(long count, double p50, double p95, double p99, double max) {
  private static final double NANOS = 1e6;

  /** From nanoseconds. */
  public static Percentiles of(Histogram nanos) {
    return new Percentiles(
        nanos.getTotalCount(),
        nanos.getValueAtPercentile(50) / NANOS,
        nanos.getValueAtPercentile(95) / NANOS,
        nanos.getValueAtPercentile(99) / NANOS,
        nanos.getMaxValue() / NANOS);
  }
}

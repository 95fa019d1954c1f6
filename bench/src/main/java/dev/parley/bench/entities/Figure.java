package dev.parley.bench.entities;

import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.Statistics;

/**
 * What one operation costs.
 *
 * @param median of the times of single operations, microseconds
 * @param low their 10th percentile, microseconds
 * @param high their 90th percentile, microseconds
 * @param mean with the collector's pauses and all that disturbed, microseconds
 * @param bytes allocated by one operation
 */
record Figure(double median, double low, double high, double mean, double bytes) {

  static Figure of(RunResult run) {
    Statistics times = run.getPrimaryResult().getStatistics();
    return new Figure(
        times.getPercentile(50),
        times.getPercentile(10),
        times.getPercentile(90),
        times.getMean(),
        bytes(run));
  }

  private static double bytes(RunResult run) {
    Result<?> allocated = run.getSecondaryResults().get("gc.alloc.rate.norm");
    return allocated == null ? Double.NaN : allocated.getScore();
  }
}

package dev.parley.bench.entities;

import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.Statistics;

/**
 * What one operation costs.
 *
 * @param median of the times of single operations, microseconds
 * @param mean of them, with the pauses of the garbage collector
 * @param low their 10th percentile, microseconds
 * @param high their 90th percentile, microseconds
 * @param processor time of all threads of the process, microseconds
 * @param bytes allocated by one operation
 */
record Figure(double median, double mean, double low, double high, double processor, double bytes) {

  static Figure of(RunResult run) {
    Statistics times = run.getPrimaryResult().getStatistics();
    return new Figure(
        times.getPercentile(50),
        times.getMean(),
        times.getPercentile(10),
        times.getPercentile(90),
        secondary(run, ProcessorTime.LABEL),
        secondary(run, "gc.alloc.rate.norm"));
  }

  private static double secondary(RunResult run, String label) {
    Result<?> result = run.getSecondaryResults().get(label);
    return result == null ? Double.NaN : result.getScore();
  }
}

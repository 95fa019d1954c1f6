package dev.parley.bench.entities;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long each figure is measured.
 *
 * @param forks processes that measure it one after the other
 * @param warmups iterations before the measured ones
 * @param millis of one iteration
 */
record Effort(int forks, int warmups, int iterations, int millis) {
  static final Effort FULL = new Effort(1, 15, 10, 1_000);
  static final Effort QUICK = new Effort(1, 12, 4, 700);

  ChainedOptionsBuilder applyTo(ChainedOptionsBuilder options) {
    TimeValue iteration = new TimeValue(millis, TimeUnit.MILLISECONDS);
    return options
        .forks(forks)
        .warmupIterations(warmups)
        .warmupTime(iteration)
        .measurementIterations(iterations)
        .measurementTime(iteration);
  }
}

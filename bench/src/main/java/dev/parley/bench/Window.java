package dev.parley.bench;

import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/** What happened between two samples. */
record Window(Sample first, Sample last) {

  double seconds() {
    return (last.at() - first.at()) / (double) TimeUnit.SECONDS.toNanos(1);
  }

  long acknowledged() {
    return last.acknowledged() - first.acknowledged();
  }

  long delivered() {
    return last.delivered() - first.delivered();
  }

  double acknowledgedPerSecond() {
    return acknowledged() / seconds();
  }

  double deliveredPerSecond() {
    return delivered() / seconds();
  }

  /** Processors that the server kept busy, 1.0 being one of them. */
  OptionalDouble serverProcessors() {
    if (first.server().isEmpty() || last.server().isEmpty()) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(processors(first.server().get(), last.server().get()));
  }

  double toolProcessors() {
    return processors(first.tool(), last.tool());
  }

  private double processors(Usage before, Usage after) {
    return (after.cpuNanos() - before.cpuNanos()) / (double) (last.at() - first.at());
  }

  /** Server processor time for each message that a client received, in microseconds. */
  OptionalDouble serverMicrosPerDelivery() {
    OptionalDouble processors = serverProcessors();
    return processors.isPresent() && delivered() > 0
        ? OptionalDouble.of(processors.getAsDouble() * 1e6 / deliveredPerSecond())
        : OptionalDouble.empty();
  }
}

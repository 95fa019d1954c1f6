package dev.parley.bench.reads;

import dev.parley.bench.Connection;
import dev.parley.bench.Percentiles;
import dev.parley.bench.Waiting;
import java.time.Duration;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.JsonNode;

/** Asks one question many times, one call after another, and takes the time. */
final class Asking {
  private static final int DIGITS = 3;
  private static final int WARM_UP = 200;
  private static final int CALLS = 400;
  private static final Duration WARM_UP_AT_MOST = Duration.ofMillis(700);
  private static final Duration AT_MOST = Duration.ofMillis(1_500);

  private final Connection connection;
  private final Question question;
  private Optional<JsonNode> answer = Optional.empty();

  Asking(Connection connection, Question question) {
    this.connection = connection;
    this.question = question;
  }

  /**
   * What was seen.
   *
   * @param first the first call after the server's start, milliseconds
   * @param items in the last answer
   */
  record Seen(Question question, double first, Percentiles warm, int items) {}

  /** The first call, milliseconds. */
  double first() {
    return call() / 1e6;
  }

  /** Lets the server get used to this and all other questions before any is measured. */
  void warmUp() {
    repeat(WARM_UP, WARM_UP_AT_MOST, new Histogram(DIGITS));
  }

  /** The times of many calls. */
  Seen measure(double first) {
    Histogram nanos = new Histogram(DIGITS);
    repeat(CALLS, AT_MOST, nanos);
    int items = answer.map(last -> last.path("items").size()).orElse(0);
    return new Seen(question, first, Percentiles.of(nanos), items);
  }

  private void repeat(int calls, Duration most, Histogram nanos) {
    long end = System.nanoTime() + most.toNanos();
    for (int i = 0; i < calls && System.nanoTime() < end; i++) {
      nanos.recordValue(call());
    }
  }

  private long call() {
    var params = question.params().after(answer);
    long start = System.nanoTime();
    JsonNode result = Waiting.on(connection.call(question.function(), params), question.name());
    long nanos = System.nanoTime() - start;
    answer = Optional.of(result);
    return nanos;
  }
}

package dev.parley.bench.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What came of a round, or of all of them.
 *
 * @param posts different ones; each has to be acknowledged in the end
 * @param unknown how often a post had no answer, or one that left its outcome open
 * @param received by all readers together
 * @param returns how often a reader had lost its line and was back where it was
 */
record Outcome(
    String name,
    List<Fault> faults,
    long posts,
    long acknowledged,
    long unknown,
    long received,
    long returns,
    Duration took,
    List<Violation> violations) {

  static Outcome of(
      String name,
      List<Fault> faults,
      List<List<Happening>> histories,
      Duration took,
      List<Violation> violations) {
    List<Happening> all = histories.stream().flatMap(List::stream).toList();
    long posts =
        histories.stream()
            .mapToLong(one -> one.stream().mapMulti(Outcome::sent).distinct().count())
            .sum();
    long readers =
        histories.stream()
            .mapToLong(one -> one.stream().mapMulti(Outcome::subscribed).distinct().count())
            .sum();
    return new Outcome(
        name,
        faults,
        posts,
        count(all, Happening.Acknowledged.class),
        count(all, Happening.Unknown.class),
        count(all, Happening.Received.class),
        count(all, Happening.Subscribed.class) - readers,
        took,
        new ArrayList<>(violations));
  }

  private static void sent(Happening one, java.util.function.Consumer<Object> sink) {
    if (one instanceof Happening.Sent sent) {
      sink.accept(sent.number());
    }
  }

  private static void subscribed(Happening one, java.util.function.Consumer<Object> sink) {
    if (one instanceof Happening.Subscribed subscribed) {
      sink.accept(subscribed.client());
    }
  }

  private static long count(List<Happening> all, Class<? extends Happening> type) {
    return all.stream().filter(type::isInstance).count();
  }

  boolean passed() {
    return violations.isEmpty();
  }

  /** A line. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%-9s %-32s posts %,6d  acked %,6d  unknown %,5d  received %,8d  returns %4d"
            + "  %4.1f s  %s",
        name,
        faults.stream().map(Fault::toString).collect(Collectors.joining(" + ")),
        posts,
        acknowledged,
        unknown,
        received,
        returns,
        took.toMillis() / 1e3,
        passed() ? "ok" : violations.size() + " VIOLATIONS");
  }
}

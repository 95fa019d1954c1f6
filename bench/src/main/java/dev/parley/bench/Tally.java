package dev.parley.bench;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What all event loops have counted; read by the main thread while it grows. */
public final class Tally {
  final LongAdder sent = new LongAdder();
  final LongAdder acknowledged = new LongAdder();
  final LongAdder delivered = new LongAdder();

  /** What arrived on the wire, with everything that belongs to it but TCP. */
  final LongAdder bytes = new LongAdder();

  /** Events that were not messages of this run. */
  final LongAdder others = new LongAdder();

  /** The same {@code seq} of a room with different messages. */
  final LongAdder disagreements = new LongAdder();

  /** Texts that were neither an event nor an answer. */
  final LongAdder unreadable = new LongAdder();

  private final LongAdder refusals = new LongAdder();
  private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> lost = new ConcurrentHashMap<>();

  /** A post was answered with an error. */
  void refused(Refused refusal) {
    refused.computeIfAbsent(String.valueOf(refusal.getMessage()), _ -> new LongAdder()).increment();
    refusals.increment();
  }

  /** A connection ended that should have stayed. */
  void lost(String why) {
    lost.computeIfAbsent(why, _ -> new LongAdder()).increment();
  }

  /** Posts without any answer yet. */
  long unanswered() {
    return sent.sum() - acknowledged.sum() - refusals.sum();
  }

  /** How often posts were refused, by the server's words. */
  Map<String, Long> refused() {
    return sums(refused);
  }

  /** How many connections were lost, by what ended them. */
  Map<String, Long> lost() {
    return sums(lost);
  }

  private static Map<String, Long> sums(Map<String, LongAdder> counts) {
    Map<String, Long> sums = new TreeMap<>();
    counts.forEach((why, count) -> sums.put(why, count.sum()));
    return sums;
  }
}

package dev.parley.bench.faults;

import dev.parley.bench.Order;
import dev.parley.bench.faults.Happening.Received;
import dev.parley.bench.faults.Violation.Kind;
import java.util.List;
import java.util.TreeMap;

/** What one reader received over all its lines, held against the log. */
final class ReadersView {
  private final int client;
  private final TreeMap<Long, Long> log;
  private final List<Violation> found;

  ReadersView(int client, TreeMap<Long, Long> log, List<Violation> found) {
    this.client = client;
    this.log = log;
    this.found = found;
  }

  void check(List<Received> stream) {
    Order order = new Order(0);
    stream.forEach(one -> order.next(one.seq()));
    long head = log.isEmpty() ? 0 : log.lastKey();
    count(Kind.HOLE, order.gaps(), "places were skipped");
    count(Kind.LATE, order.late(), "places came after later ones");
    count(Kind.REPEATED, order.duplicates(), "places came again");
    count(Kind.BEHIND, order.missing(head) - order.gaps(), "places of the log did not come");
    stream.forEach(this::compare);
  }

  private void count(Kind kind, long count, String what) {
    if (count > 0) {
      found.add(new Violation(kind, "reader %d: %d %s".formatted(client, count, what)));
    }
  }

  private void compare(Received one) {
    Long there = log.get(one.seq());
    if (there == null || there != one.number()) {
      found.add(
          new Violation(
              Kind.DIVERGED,
              "reader %d saw %d at %d, where the log has %s"
                  .formatted(client, one.number(), one.seq(), there)));
    }
  }
}

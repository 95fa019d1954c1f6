package dev.parley.store;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Runs what is to follow on commits in the order of their numbers, as far as they overlap. A commit
 * that is based on another one begins after that one is durable and has a higher number, so along a
 * history this is the order of commits, though many threads wait for the database.
 */
final class InOrder {
  private final TreeMap<Long, Optional<Runnable>> underWay = new TreeMap<>();

  synchronized void begin(long number) {
    underWay.put(number, Optional.empty());
  }

  synchronized void done(long number, Runnable next) {
    underWay.put(number, Optional.of(next));
    runWhatIsDue();
  }

  synchronized void failed(long number) {
    underWay.remove(number);
    runWhatIsDue();
  }

  private void runWhatIsDue() {
    Map.Entry<Long, Optional<Runnable>> first = underWay.firstEntry();
    while (first != null && first.getValue().isPresent()) {
      underWay.pollFirstEntry();
      first.getValue().get().run();
      first = underWay.firstEntry();
    }
  }
}

package dev.parley.personas.memory;

import dev.parley.store.Change;
import dev.parley.store.Store;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts what is recalled, beside the recalling: written in batches, a moment later. */
final class Uses {
  private static final int MOST = 50_000;

  private final Store store;
  private final InstantSource clock;
  private Map<String, Counted> counted = new HashMap<>();

  private record Counted(long uses, long lastAt) {}

  Uses(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** These were recalled now. While very much waits to be written, nothing new is counted. */
  synchronized void count(List<String> ids) {
    long now = clock.millis();
    for (String id : ids) {
      if (counted.size() < MOST || counted.containsKey(id)) {
        counted.merge(
            id, new Counted(1, now), (old, one) -> new Counted(old.uses() + 1, one.lastAt()));
      }
    }
  }

  /** Writes what was counted. */
  void sweep() {
    Map<String, Counted> due = taken();
    if (due.isEmpty()) {
      return;
    }
    Change change = new Change(new Change.Origin("recall", "server"));
    due.forEach((id, one) ->
        change.write(
            "UPDATE memories SET uses = uses + ?, last_used_at = ? WHERE id = ?",
            one.uses(),
            one.lastAt(),
            id));
    store.commit(change);
  }

  private synchronized Map<String, Counted> taken() {
    Map<String, Counted> due = counted;
    counted = new HashMap<>();
    return due;
  }
}

package dev.parley.operations;

import dev.parley.store.Change;
import dev.parley.store.Store;
import dev.parley.wire.Refusal;
import java.time.InstantSource;
import java.util.Optional;

/** Whether the server can do its work: the database answers and can be written. */
public final class Health {
  private static final long REMEMBERED_MS = 1_000;

  private final Store store;
  private final InstantSource clock;
  private volatile boolean stopping;
  private volatile Checked last = new Checked(0, Optional.empty());

  private record Checked(long at, Optional<String> trouble) {}

  public Health(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** From now on no new work is wanted. */
  public void stopping() {
    stopping = true;
  }

  /** What is wrong, in words without secrets; empty if nothing is. Asks at most once a second. */
  public Optional<String> trouble() {
    if (stopping) {
      return Optional.of("shutting down");
    }
    long now = clock.millis();
    if (now - last.at() > REMEMBERED_MS || now < last.at()) {
      last = new Checked(now, check(now));
    }
    return last.trouble();
  }

  private Optional<String> check(long now) {
    try {
      store.commit(
          new Change(new Change.Origin("health", "server"))
              .write(
                  """
                  INSERT INTO meta (name, value) VALUES ('health', ?)
                  ON CONFLICT (name) DO UPDATE SET value = excluded.value\
                  """,
                  Long.toString(now)));
      return Optional.empty();
    } catch (Refusal refusal) {
      return Optional.of(refusal.getMessage());
    }
  }
}

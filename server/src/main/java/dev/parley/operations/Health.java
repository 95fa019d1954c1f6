package dev.parley.operations;

import dev.parley.store.Change;
import dev.parley.store.Store;
import dev.parley.wire.Refusal;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Whether the server can do its work: the database answers and can be written, in good time. */
public final class Health {
  private static final long REMEMBERED_MS = 1_000;
  private static final long PATIENCE_MS = 2_000;

  private final Store store;
  private final InstantSource clock;
  private volatile boolean stopping;
  private Checked last = new Checked(0, Optional.empty());
  private CompletableFuture<Optional<String>> asked =
      CompletableFuture.completedFuture(Optional.empty());

  private record Checked(long at, Optional<String> trouble) {}

  public Health(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** From now on no new work is wanted. */
  public void stopping() {
    stopping = true;
  }

  /**
   * What is wrong, in words without secrets; empty if nothing is. Asks at most once a second, and
   * answers within two, whatever the database does.
   */
  public Optional<String> trouble() {
    return stopping ? Optional.of("shutting down") : remembered();
  }

  private synchronized Optional<String> remembered() {
    long now = clock.millis();
    if (now - last.at() > REMEMBERED_MS || now < last.at()) {
      last = new Checked(now, check(now));
    }
    return last.trouble();
  }

  /** A question that still waits for its answer is not asked again. */
  private Optional<String> check(long now) {
    if (asked.isDone()) {
      asked = new CompletableFuture<>();
      CompletableFuture<Optional<String>> answer = asked;
      Thread.ofVirtual().name("parley-health").start(() -> answer.complete(write(now)));
    }
    try {
      return asked.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      return Optional.of("The database does not answer in time");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Optional.of("shutting down");
    } catch (ExecutionException bug) {
      throw new IllegalStateException(bug);
    }
  }

  private Optional<String> write(long now) {
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
      return Optional.of(String.valueOf(refusal.getMessage()));
    } catch (RuntimeException bug) {
      return Optional.of("The database cannot be used");
    }
  }
}

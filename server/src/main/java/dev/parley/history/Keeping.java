package dev.parley.history;

import dev.parley.entities.Cause;
import dev.parley.entities.Commit;
import dev.parley.entities.Entity;
import dev.parley.entities.HeadMoved;
import dev.parley.entities.Repository;
import dev.parley.store.Change;
import dev.parley.store.Committed;
import dev.parley.store.Conflict;
import dev.parley.store.EntityLedger;
import dev.parley.wire.Refusal;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Keeps versions together with the rows that things are found and guarded by: both in one
 * transaction, or neither.
 */
public final class Keeping {
  /** A guard that does not hold because somebody else came first: {@link #retried} begins again. */
  public static final String UNCHANGED = "unchanged";

  private static final int ATTEMPTS = 50;

  private final EntityLedger ledger;
  private final Repository repository;

  public Keeping(EntityLedger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.repository = new Repository(ledger, clock);
  }

  public Repository repository() {
    return repository;
  }

  /**
   * The newest version of a thing.
   *
   * @param asItsRowSays its first version, if its row is from before there were versions
   */
  public <T extends Entity> T newest(T asItsRowSays) {
    return head(asItsRowSays)
        .orElseGet(() -> {
          begin(asItsRowSays);
          return head(asItsRowSays).orElseThrow();
        });
  }

  @SuppressWarnings("unchecked")
  private <T extends Entity> Optional<T> head(T like) {
    return repository.head(like.lineage()).map(head -> (T) like.getClass().cast(head.root()));
  }

  @SuppressWarnings("EmptyCatch")
  private void begin(Entity first) {
    try {
      repository.commit(first);
    } catch (HeadMoved somebodyElseBegan) {
    }
  }

  /**
   * Does a change and keeps the next version of a thing.
   *
   * @return empty if there is nothing new to keep; then nothing was written
   * @throws HeadMoved if somebody else came first; then nothing was written
   * @throws Conflict if a guard of the change does not hold; then nothing was written
   */
  public Optional<Committed> keep(Cause cause, Entity next, Change change) {
    Commit commit = repository.propose().put(next).by(cause).prepare();
    return commit.isEmpty() ? Optional.empty() : Optional.of(ledger.commit(change, commit));
  }

  /**
   * Does something that begins with the newest version, again and again while others come first.
   *
   * @throws Refusal {@code conflict} after 50 times
   */
  public static <R> R retried(Supplier<R> attempt) {
    for (int i = 0; i < ATTEMPTS; i++) {
      try {
        return attempt.get();
      } catch (HeadMoved somebodyElse) {
        Thread.onSpinWait();
      } catch (Conflict conflict) {
        if (!conflict.guard().equals(UNCHANGED)) {
          throw conflict;
        }
      }
    }
    throw Refusal.conflict("Somebody else changed this meanwhile; try again");
  }
}

package dev.parley.store;

import java.time.InstantSource;

/** Opens whichever database the settings name. */
public final class Stores {
  private Stores() {}

  /**
   * For the server: nobody else may serve the same data.
   *
   * @throws UnusableDatabase in one line, if it cannot be had
   */
  public static Store open(StoreSettings settings, SlowStatements slow, InstantSource clock) {
    return settings.url().isPresent()
        ? new PostgresStore(settings, slow, clock, Exclusivity.ALONE)
        : new SqliteStore(settings, slow, clock, Exclusivity.ALONE);
  }

  /**
   * For a command that writes a row while a server may run. Nothing that it does is delivered live.
   *
   * @throws UnusableDatabase in one line, if it cannot be had
   */
  public static Store beside(StoreSettings settings, SlowStatements slow, InstantSource clock) {
    return settings.url().isPresent()
        ? new PostgresStore(settings, slow, clock, Exclusivity.BESIDE)
        : new SqliteStore(settings, slow, clock, Exclusivity.BESIDE);
  }

  /** Whether a store is the only one that serves its data. */
  enum Exclusivity {
    ALONE,
    BESIDE
  }
}

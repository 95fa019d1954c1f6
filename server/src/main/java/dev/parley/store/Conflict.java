package dev.parley.store;

/**
 * A change whose guard did not hold: nothing was written, and the function decides what it means.
 */
public final class Conflict extends RuntimeException {
  /** The guard of a constraint of the schema (unique, foreign key, check) that was violated. */
  public static final String CONSTRAINT = "constraint";

  /** The guard of a client's key that was used before. */
  public static final String IDEMPOTENCY = "idempotency";

  private final String guard;

  public Conflict(String guard) {
    super(guard, null, false, false);
    this.guard = guard;
  }

  /** The name of the guard that did not hold. */
  public String guard() {
    return guard;
  }
}

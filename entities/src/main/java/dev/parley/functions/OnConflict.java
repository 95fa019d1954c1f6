package dev.parley.functions;

/**
 * What becomes of a call whose inputs were changed by others before it was done. Stated with one
 * call, or with a function as its attribute; without either it is refused.
 */
public enum OnConflict implements Attribute {
  /** Refused with {@link dev.parley.entities.HeadMoved}. */
  REJECT,
  /** Runs again on the newest versions, at most {@link Calls#MAX_ATTEMPTS} times. */
  RETRY,
  /** What it changed is merged with what others did; refused where both collide. */
  MERGE
}

package dev.parley.entities;

/** What to do with a commit that is not based on the head. */
public enum Policy {
  /** Refuse it with {@link HeadMoved}. */
  REJECT,
  /** Merge it with what came in between; refuse it with {@link Conflicted} where both collide. */
  MERGE
}

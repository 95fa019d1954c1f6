package dev.parley.functions;

/** What a call did to an entity that it answered with. */
public enum Meaning {
  /** Its content is as it was, and so is its place. */
  UNCHANGED,
  /** It or something below it has another content. */
  MUTATED,
  /** Nobody had seen it before. */
  CREATED,
  /** It was below another entity and is the root of a tree now. */
  DETACHED,
  /** It has another owner, component or key; perhaps another content as well. */
  MOVED
}

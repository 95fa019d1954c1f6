package dev.parley.store;

/** Which SQL is understood, where the two differ. */
public enum Dialect {
  SQLITE,
  POSTGRESQL
}

package dev.parley.entities;

/** Stored data that is not what was written. */
public final class Damaged extends Refused {
  public Damaged(String what) {
    super(what);
  }
}

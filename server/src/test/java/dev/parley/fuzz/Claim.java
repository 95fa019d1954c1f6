package dev.parley.fuzz;

/** What holds for every input. */
public final class Claim {
  private Claim() {}

  public static void that(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError("does not hold: " + what);
    }
  }
}

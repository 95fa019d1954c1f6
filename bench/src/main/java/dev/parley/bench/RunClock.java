package dev.parley.bench;

/** The one clock of a run, in nanoseconds since the clock was made. It never goes back. */
@FunctionalInterface
public interface RunClock {

  /** Nanoseconds since the start; never negative. */
  long now();

  /** The clock of this process. */
  static RunClock started() {
    long origin = System.nanoTime();
    return () -> System.nanoTime() - origin;
  }
}

package dev.parley.functions;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * When a call began and how long it took.
 *
 * @param nanos rises by one every nanosecond, from wherever
 */
public record Timing(InstantSource clock, LongSupplier nanos) {
  public static final Timing SYSTEM = new Timing(InstantSource.system(), System::nanoTime);
}

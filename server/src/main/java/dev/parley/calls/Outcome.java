package dev.parley.calls;

import dev.parley.wire.Failure;

/** How a call ended. */
public sealed interface Outcome {
  /**
   * @param result JSON, UTF-8
   */
  record Answered(byte[] result) implements Outcome {}

  record Refused(Failure failure) implements Outcome {}

  /** A request with this idempotency key was committed before. */
  record Repeated() implements Outcome {}
}

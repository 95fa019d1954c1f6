package dev.parley.store;

import org.jspecify.annotations.Nullable;

/** Carries an exception from a worker's thread to the caller's. */
final class Unwrapped {
  private Unwrapped() {}

  static RuntimeException of(@Nullable Throwable cause) {
    return switch (cause) {
      case null -> new IllegalStateException("failed without a cause");
      case Conflict conflict -> new Conflict(conflict.guard());
      case RuntimeException known -> known;
      case Error error -> throw error;
      default -> new IllegalStateException(cause);
    };
  }
}

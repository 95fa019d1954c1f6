package dev.parley.functions;

/** How a call ended, with what is known of it. */
public sealed interface Outcome<O> {
  Execution execution();

  /**
   * The result.
   *
   * @throws RuntimeException what the call failed with
   */
  O orThrow();

  /**
   * @param value the result; entities in it are the versions that were kept
   */
  record Done<O>(O value, Execution execution) implements Outcome<O> {
    @Override
    public O orThrow() {
      return value;
    }
  }

  /** Nothing was changed. */
  record Failed<O>(Throwable error, Execution execution) implements Outcome<O> {
    @Override
    public O orThrow() {
      switch (error) {
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        default -> throw new IllegalStateException(error);
      }
    }
  }
}

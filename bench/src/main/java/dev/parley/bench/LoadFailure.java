package dev.parley.bench;

/** The run cannot go on; the message is written for whoever started it. */
public final class LoadFailure extends RuntimeException {
  /** With what to tell whoever started it. */
  public LoadFailure(String message) {
    super(message);
  }
}

package dev.parley.bench;

/** The run cannot go on; the message is written for whoever started it. */
final class LoadFailure extends RuntimeException {
  LoadFailure(String message) {
    super(message);
  }
}

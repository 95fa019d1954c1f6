package dev.parley.http;

/** Answers at paths of its own, at once or by a stream of events. */
public interface StreamingDoor {
  boolean knows(String path);

  /** Answers one request, on a virtual thread; the answer is whole or a stream, not both. */
  void serve(Exchange exchange);
}

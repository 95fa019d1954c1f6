package dev.parley.functions;

/** Hears of events until it is closed. */
public interface Subscription extends AutoCloseable {
  /** Ends it: a handler that runs may finish, but is not called any more. */
  @Override
  void close();
}

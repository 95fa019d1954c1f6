package dev.parley.conversations;

import dev.parley.store.Change;

/** What a feature made from messages, and that goes when they are deleted. */
public interface Derived {
  /** Adds to the change that deletes a message whatever erases what came from it. */
  void erase(Change change, String message);

  /** It is durable. */
  void erased(String message);
}

package dev.parley.conversations;

import dev.parley.store.Change;

/** What a feature made from messages, and that goes or changes with them. */
public interface Derived {
  /** Adds to the change that deletes a message whatever erases what came from it. */
  void erase(Change change, Message deleted);

  /** Adds to the change that edits a message whatever takes back what came from it. */
  void revise(Change change, Message edited);

  /** A message was edited or deleted, for good. */
  void changed(Message message);
}

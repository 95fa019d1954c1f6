package dev.parley.delivery;

import dev.parley.store.Logged;

/** An entry of a log in the words of the wire, encoded once for all its readers. */
record Published(long seq, Payload payload) {
  static Published of(Logged entry) {
    return new Published(entry.seq(), Event.logged(entry));
  }
}

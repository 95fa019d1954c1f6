package dev.parley.delivery;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is happening now and may be lost, kept for a reader that lags: the newest word on each
 * subject, and of too many subjects those that were spoken of last.
 */
final class Passing {
  private static final int MOST_SUBJECTS = 64;
  private static final int MOST_BYTES = 64 * 1024;

  private final Map<Object, Payload> newest = new LinkedHashMap<>();
  private int bytes;

  void put(Object subject, Payload payload) {
    forget(newest.remove(subject));
    newest.put(subject, payload);
    bytes += payload.length();
    Iterator<Payload> oldest = newest.values().iterator();
    while (newest.size() > MOST_SUBJECTS || bytes > MOST_BYTES) {
      bytes -= oldest.next().length();
      oldest.remove();
    }
  }

  private void forget(@Nullable Payload replaced) {
    bytes -= replaced == null ? 0 : replaced.length();
  }

  /** Hands out what is kept, oldest first, and keeps it no longer. */
  void drain(Consumer<Payload> to) {
    newest.values().forEach(to);
    newest.clear();
    bytes = 0;
  }
}

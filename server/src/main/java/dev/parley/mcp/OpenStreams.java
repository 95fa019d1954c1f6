package dev.parley.mcp;

import dev.parley.http.EventStream;
import dev.parley.wire.Refusal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The streams that stay open: so many of each owner, kept alive, and ended with the right to them.
 */
final class OpenStreams {
  private static final int MOST_OF_ONE = 16;

  private final Map<EventStream, Open> streams = new ConcurrentHashMap<>();

  private record Open(String owner, Runnable stillAllowed, Runnable farewell) {}

  /**
   * @throws Fault if the owner has too many
   */
  void check(String owner) {
    long own = streams.values().stream().filter(open -> open.owner().equals(owner)).count();
    if (own >= MOST_OF_ONE) {
      throw Fault.of(
          Refusal.rateLimited("At most " + MOST_OF_ONE + " open streams", Duration.ofSeconds(5)));
    }
  }

  /**
   * @param stillAllowed throws {@link Refusal} when the owner may not listen any more
   * @param farewell what to say before we end it
   */
  void add(String owner, EventStream stream, Runnable stillAllowed, Runnable farewell) {
    streams.put(stream, new Open(owner, stillAllowed, farewell));
    stream.onGone(() -> streams.remove(stream));
  }

  /** Looks after all of them. */
  void look() {
    streams.forEach((stream, open) -> {
      try {
        open.stillAllowed().run();
        stream.keepAlive();
      } catch (Refusal ended) {
        end(stream, open);
      }
    });
  }

  void endAll() {
    streams.forEach(this::end);
  }

  private void end(EventStream stream, Open open) {
    streams.remove(stream);
    open.farewell().run();
    stream.end();
  }
}

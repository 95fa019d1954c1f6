package dev.parley.mcp;

import dev.parley.calls.Caller;
import dev.parley.http.EventStream;
import dev.parley.wire.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The streams that stay open: so many of each owner, kept alive, and ended with the right to them.
 */
final class OpenStreams {
  private static final int MOST_OF_ONE = 16;
  private static final int MOST = 10_000;
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final InstantSource clock;
  private final Map<EventStream, Open> streams = new ConcurrentHashMap<>();

  OpenStreams(InstantSource clock) {
    this.clock = clock;
  }

  private record Open(Visitor visitor, Runnable stillAllowed, Runnable farewell) {
    boolean isOf(String account, Optional<String> session) {
      return visitor
          .caller()
          .filter(caller -> caller.id().equals(account))
          .filter(caller -> session.map(caller.session()::equals).orElse(true))
          .isPresent();
    }

    boolean isOver(Instant now) {
      return visitor
          .caller()
          .flatMap(Caller::expiresAt)
          .filter(end -> !now.isBefore(end))
          .isPresent();
    }
  }

  /**
   * @throws Refusal if the owner has too many, or the server
   */
  void check(String owner) {
    if (streams.size() >= MOST) {
      throw Refusal.overloaded("The server has all the streams that it takes", RETRY);
    }
    long own =
        streams.values().stream().filter(open -> open.visitor().owner().equals(owner)).count();
    if (own >= MOST_OF_ONE) {
      throw Refusal.rateLimited("At most " + MOST_OF_ONE + " open streams", RETRY);
    }
  }

  /**
   * @param stillAllowed throws {@link Refusal} when the visitor may not listen any more
   * @param farewell what to say before we end it
   */
  void add(Visitor visitor, EventStream stream, Runnable stillAllowed, Runnable farewell) {
    Open open = new Open(visitor, stillAllowed, farewell);
    streams.put(stream, open);
    stream.onGone(() -> streams.remove(stream));
    // The right may have ended before anybody could know of the stream.
    look(stream, open);
  }

  /** Shows that they live, and that those who listen still may. */
  void look() {
    streams.forEach(this::look);
  }

  /** Ends those whose time is over. */
  void endOver() {
    Instant now = clock.instant();
    endThose(open -> open.isOver(now));
  }

  private void look(EventStream stream, Open open) {
    try {
      open.stillAllowed().run();
      stream.keepAlive();
    } catch (Refusal ended) {
      end(stream, open);
    }
  }

  /** Ends those of an account, or of one of its sessions. */
  void end(String account, Optional<String> session) {
    endThose(open -> open.isOf(account, session));
  }

  private void endThose(Predicate<Open> which) {
    streams.forEach((stream, open) -> {
      if (which.test(open)) {
        end(stream, open);
      }
    });
  }

  void endAll() {
    endThose(open -> true);
  }

  private void end(EventStream stream, Open open) {
    if (streams.remove(stream, open)) {
      open.farewell().run();
      stream.end();
    }
  }
}

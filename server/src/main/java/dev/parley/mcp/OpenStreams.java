package dev.parley.mcp;

import dev.parley.calls.Caller;
import dev.parley.http.EventStream;
import dev.parley.wire.Refusal;
import dev.parley.wire.Shares;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The streams that stay open: so many of each owner, kept alive, and ended with the right to them.
 */
final class OpenStreams {
  private static final int MOST_OF_ONE = 16;
  private static final int MOST = 10_000;
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final InstantSource clock;
  private final Map<EventStream, Open> streams = new ConcurrentHashMap<>();
  private final Semaphore left = new Semaphore(MOST);
  private final Shares<String> ofOwners = new Shares<>(MOST_OF_ONE);

  OpenStreams(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * A stream that was begun.
   *
   * @param stillAllowed throws {@link Refusal} when the visitor may not listen any more
   * @param farewell what to say before we end it
   */
  record Begun(EventStream stream, Runnable stillAllowed, Runnable farewell) {}

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
   * Keeps a stream open.
   *
   * @param beginning called if there is a place for it
   * @throws Refusal if the owner has too many, or the server
   */
  void open(Visitor visitor, Supplier<Begun> beginning) {
    takePlace(visitor.owner());
    Begun begun;
    try {
      begun = beginning.get();
    } catch (RuntimeException failed) {
      leavePlace(visitor.owner());
      throw failed;
    }
    keep(begun.stream(), new Open(visitor, begun.stillAllowed(), begun.farewell()));
  }

  private void takePlace(String owner) {
    if (!left.tryAcquire()) {
      throw Refusal.overloaded("The server has all the streams that it takes", RETRY);
    }
    if (!ofOwners.take(owner)) {
      left.release();
      throw Refusal.rateLimited("At most " + MOST_OF_ONE + " open streams", RETRY);
    }
  }

  private void leavePlace(String owner) {
    ofOwners.giveBack(owner);
    left.release();
  }

  private void keep(EventStream stream, Open open) {
    streams.put(stream, open);
    stream.onGone(() -> forget(stream, open));
    // The right may have ended before anybody could know of the stream.
    look(stream, open);
  }

  private boolean forget(EventStream stream, Open open) {
    boolean known = streams.remove(stream, open);
    if (known) {
      leavePlace(open.visitor().owner());
    }
    return known;
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
    if (forget(stream, open)) {
      open.farewell().run();
      stream.end();
    }
  }
}

package dev.parley.delivery;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A socket's place in the log of a conversation.
 *
 * <p>There is no queue: the place is all that is kept. Whenever something was published, or the
 * socket takes more again, the reader takes what follows its place: from what its audience has in
 * memory, else a page of the log. Joining with history, lagging and a hole are the same, so there
 * is no seam to get wrong.
 *
 * <p>All of it happens on the socket's event loop, but for the reading of pages.
 */
final class Subscription {
  private static final int PAGE = 128;

  private final String conversation;
  private final Connection connection;
  private final Audience audience;
  private final Source source;
  private @Nullable Passing passing;
  private long position;
  private boolean begun;
  private boolean looking;
  private boolean reading;
  private boolean announces;
  private boolean ended;

  /** Where a reader that is behind gets its pages from. */
  interface Source {
    /** Reads a page elsewhere and calls {@link #fed} or {@link #starved} on the event loop. */
    void read(Subscription reader, long after, int limit);

    /** The event that tells a reader that it is at the end. */
    Payload caughtUp(String conversation, long seq);
  }

  Subscription(String conversation, Connection connection, Audience audience, Source source) {
    this.conversation = conversation;
    this.connection = connection;
    this.audience = audience;
    this.source = source;
  }

  String conversation() {
    return conversation;
  }

  Connection connection() {
    return connection;
  }

  Audience audience() {
    return audience;
  }

  /**
   * Starts to read.
   *
   * @param after the last seq that the client has
   * @param announce whether to tell when the end of the log is reached
   */
  void begin(long after, boolean announce) {
    position = after;
    announces = announce;
    begun = true;
    lookAgain();
  }

  /** The log may have more than was published. */
  void lookAgain() {
    looking = true;
    advance();
  }

  /** Takes what there is, as long as the socket does. To ask whether it does may flush it. */
  void advance() {
    while (connection.isWritable() && isHungry()) {
      take();
    }
    if (begun && !ended && !isBehind()) {
      arrived();
    }
  }

  private boolean isHungry() {
    return begun && !ended && !reading && isBehind();
  }

  private boolean isBehind() {
    return looking || position < audience.recent().last();
  }

  private void take() {
    Optional<Stretch> next = looking ? Optional.empty() : audience.recent().after(position);
    next.ifPresentOrElse(this::write, this::read);
  }

  private void write(Stretch stretch) {
    position = stretch.last();
    connection.write(stretch);
  }

  private void read() {
    reading = true;
    source.read(this, position, PAGE);
  }

  /**
   * A page from the log arrived: what follows the position that was asked for. No other one is
   * asked for while it is being taken.
   */
  void fed(List<Published> page) {
    boolean all = takeAll(page);
    reading = false;
    looking = looking && !(all && page.size() < PAGE);
    advance();
  }

  private boolean takeAll(List<Published> page) {
    int taken = 0;
    while (taken < page.size() && !ended && connection.isWritable()) {
      Stretch stretch = Stretch.of(page, taken);
      write(stretch);
      stretch.release();
      taken += stretch.count();
    }
    return taken == page.size();
  }

  /** The page could not be read; tries again. */
  void starved() {
    reading = false;
    advance();
  }

  private void arrived() {
    if (announces) {
      announces = false;
      connection.send(source.caughtUp(conversation, position));
    }
    if (passing != null && connection.isWritable()) {
      passing.drain(connection::send);
      passing = null;
    }
  }

  /** Tells what may be lost: at once, or the newest word on its subject when all else is told. */
  void whisper(Object subject, Payload payload, Stretch told) {
    if (!begun || ended) {
      return;
    }
    if (passing == null && !isBehind() && connection.isWritable()) {
      connection.write(told);
    } else {
      passing = passing == null ? new Passing() : passing;
      passing.put(subject, payload);
      advance();
    }
  }

  /** After which seq it still needs what was published; all of it was taken if it is the newest. */
  long needsAfter() {
    return begun ? position : Long.MAX_VALUE;
  }

  /** Nothing more is written for this reader. */
  void end() {
    ended = true;
    passing = null;
  }

  boolean hasEnded() {
    return ended;
  }
}

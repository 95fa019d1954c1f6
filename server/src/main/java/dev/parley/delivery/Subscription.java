package dev.parley.delivery;

import dev.parley.store.Logged;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * A socket's place in the log of a conversation.
 *
 * <p>There is no queue: the place is all that is kept. While the place is the end of the log, an
 * entry that is published goes straight out. A reader that lags, was away or meets a hole is fed
 * pages of the log from its place on, as long as its socket takes them, until it is at the end
 * again. Joining with history is the same as lagging, so there is no seam to get wrong.
 *
 * <p>All of it happens on the socket's event loop, but for the reading of pages.
 */
final class Subscription {
  private static final int PAGE = 128;

  private final String conversation;
  private final Connection connection;
  private final Source source;
  private long position;
  private long published;
  private boolean begun;
  private boolean behind;
  private boolean reading;
  private boolean announces;
  private boolean ended;

  /** Where a reader that is behind gets its pages from. */
  interface Source {
    /** Reads a page elsewhere and calls {@link #fed} or {@link #starved} on the event loop. */
    void read(Subscription reader, long after, int limit);

    /** The event that tells a reader that it is at the end. */
    byte[] caughtUp(String conversation, long seq);
  }

  Subscription(String conversation, Connection connection, Source source) {
    this.conversation = conversation;
    this.connection = connection;
    this.source = source;
  }

  String conversation() {
    return conversation;
  }

  Connection connection() {
    return connection;
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
    behind = true;
    catchUp();
  }

  /** An entry was published. The frame stays the caller's. */
  void published(long seq, ByteBuf frame) {
    published = Math.max(published, seq);
    if (!begun || ended || seq <= position) {
      return;
    }
    if (!behind && seq == position + 1 && connection.isWritable()) {
      connection.write(frame.retainedDuplicate());
      position = seq;
    } else {
      behind = true;
      catchUp();
    }
  }

  /** The socket takes more again. */
  void writable() {
    catchUp();
  }

  /** The log may have more than was published. */
  void lookAgain() {
    behind = begun;
    catchUp();
  }

  /** Asks last whether a page is being read: to ask whether the socket takes more may flush it. */
  private void catchUp() {
    if (behind && !ended && connection.isOpen() && connection.isWritable() && !reading) {
      reading = true;
      source.read(this, position, PAGE);
    }
  }

  /**
   * A page from the log arrived: what follows the position that was asked for. No other one is
   * asked for while it is being taken.
   */
  void fed(List<Logged> page) {
    boolean taken = !ended && page.stream().allMatch(this::take);
    reading = false;
    if (taken && page.size() < PAGE && position >= published) {
      arrived();
    } else {
      catchUp();
    }
  }

  private boolean take(Logged entry) {
    if (!connection.isWritable()) {
      return false;
    }
    connection.write(connection.encode(Event.logged(entry)));
    position = entry.seq();
    return true;
  }

  private void arrived() {
    behind = false;
    if (announces) {
      announces = false;
      connection.send(source.caughtUp(conversation, position));
    }
  }

  /** The page could not be read; tries again. */
  void starved() {
    reading = false;
    catchUp();
  }

  /** Nothing more is written for this reader. */
  void end() {
    ended = true;
  }

  boolean hasEnded() {
    return ended;
  }
}

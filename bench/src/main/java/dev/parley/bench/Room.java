package dev.parley.bench;

import java.util.concurrent.atomic.LongAccumulator;

/** A conversation under load, as all its readers and posters together see it. */
final class Room {
  private final String id;
  private final RoomLog log = new RoomLog();
  private final LongAccumulator head = new LongAccumulator(Math::max, 0);

  Room(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }

  /** A reader got a message; false if somebody else saw another one at this {@code seq}. */
  boolean delivered(long seq, long number) {
    return log.agrees(seq, number);
  }

  /** A post was acknowledged; false if somebody saw another message at this {@code seq}. */
  boolean acknowledged(long seq, long number) {
    head.accumulate(seq);
    return log.agrees(seq, number);
  }

  /** The highest acknowledged {@code seq}: every reader must get at least this far. */
  long head() {
    return head.get();
  }
}

package dev.parley.bench.faults;

import java.util.List;

/** What a client of a room did or saw. Posts are known by numbers that no other post bears. */
sealed interface Happening {
  /** In place of a number: an entry of the log that is not a post. */
  long NO_POST = -1;

  /** Who; unique in the history. */
  int client();

  /** A post leaves, or leaves again because nobody knows what became of it. */
  record Sent(int client, long number) implements Happening {}

  /**
   * The server says that a post is durable.
   *
   * @param shown the number of the message in the answer
   */
  record Acknowledged(int client, long number, long seq, long shown) implements Happening {}

  /** No answer, or one that leaves it open whether the post was written. */
  record Unknown(int client, long number, String why) implements Happening {}

  /** An answer that no client of ours should get. */
  record Refused(int client, long number, String why) implements Happening {}

  /** Reads from now on, after a place. */
  record Subscribed(int client, long after, long seq, String epoch, boolean recovered)
      implements Happening {}

  /** An entry of the log arrives. */
  record Received(int client, long seq, long number) implements Happening {}

  /** The line is gone, or could not be had. */
  record Lost(int client, String why) implements Happening {}

  /** The state of the room at the end, as calls show it. */
  record Fetched(int client, long lastSeq, long messages, List<Place> listed)
      implements Happening {}

  /** Where a post stands. */
  record Place(long seq, long number) {}
}

package dev.parley.bench;

/**
 * Reads what the figures need out of a message from the server, without parsing it. At saturation
 * the same message arrives on hundreds of sockets, and every microsecond spent here is taken from
 * the server on the same machine. What it does not recognise it calls {@link Kind#OTHER}, for the
 * JSON library.
 *
 * <p>The results stand in the scan until the next {@link #read}. Belongs to one event loop.
 */
final class MessageScan {

  /** What a text turned out to be. */
  enum Kind {
    /** A {@code message.posted} of this tool: {@link #seq}, {@link #time}, {@link #number}. */
    MESSAGE,
    /** Another event of a conversation's log: {@link #seq}. */
    LOGGED,
    /** An event without a place in a log. */
    NOTICE,
    /** A post was acknowledged: {@link #seq}, {@link #time}, {@link #number}. */
    ACKNOWLEDGEMENT,
    OTHER;

    boolean isEvent() {
      return this == MESSAGE || this == LOGGED || this == NOTICE;
    }
  }

  /** Ids of posts begin here; all other calls have smaller ones. */
  static final long FIRST_POST_ID = 1_000_000_000L;

  private static final byte[] POSTED = Stamp.bytes("message.posted");
  private static final byte[] MESSAGES = Stamp.bytes("message.");
  private static final byte[] MEMBERS = Stamp.bytes("member.");
  private static final byte[] SETTINGS = Stamp.bytes("conversation.changed");

  private final Needle event = new Needle("\"method\":\"event\"");
  private final Needle type = new Needle("\"type\":\"");
  private final Needle eventSeq = new Needle("\"seq\":");
  private final Needle eventStamp = new Needle("\"content\":\"" + Stamp.MARK);
  private final Needle id = new Needle("\"id\":");
  private final Needle replySeq = new Needle("\"seq\":");
  private final Needle replyStamp = new Needle("\"content\":\"" + Stamp.MARK);
  private long seq;
  private long time;
  private long number;

  /** Looks at the one JSON object in {@code [from, to)}. */
  Kind read(byte[] text, int from, int to) {
    return event.after(text, from, to) < 0 ? reply(text, from, to) : event(text, from, to);
  }

  private Kind event(byte[] text, int from, int to) {
    int name = type.after(text, from, to);
    if (name < 0) {
      return Kind.OTHER;
    }
    if (!logged(text, name, to)) {
      return Kind.NOTICE;
    }
    if (!readSeq(eventSeq, text, from, to)) {
      return Kind.OTHER;
    }
    boolean ours = begins(POSTED, text, name, to) && readStamp(eventStamp, text, from, to);
    return ours ? Kind.MESSAGE : Kind.LOGGED;
  }

  private static boolean logged(byte[] text, int name, int to) {
    return begins(MESSAGES, text, name, to)
        || begins(MEMBERS, text, name, to)
        || begins(SETTINGS, text, name, to);
  }

  private Kind reply(byte[] text, int from, int to) {
    int at = id.after(text, from, to);
    boolean post = at >= 0 && Digits.read(text, at, to) >= FIRST_POST_ID;
    boolean complete =
        post && readSeq(replySeq, text, from, to) && readStamp(replyStamp, text, from, to);
    return complete ? Kind.ACKNOWLEDGEMENT : Kind.OTHER;
  }

  private boolean readSeq(Needle needle, byte[] text, int from, int to) {
    int at = needle.after(text, from, to);
    if (at < 0 || at >= to || !Digits.isDigit(text[at])) {
      return false;
    }
    seq = Digits.read(text, at, to);
    return true;
  }

  private boolean readStamp(Needle needle, byte[] text, int from, int to) {
    int at = needle.after(text, from, to);
    if (at < 0 || at + Stamp.LENGTH - Stamp.MARK.length() > to) {
      return false;
    }
    time = Stamp.time(text, at);
    number = Stamp.number(text, at);
    return true;
  }

  private static boolean begins(byte[] prefix, byte[] text, int at, int to) {
    if (at + prefix.length > to) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if (text[at + i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  long seq() {
    return seq;
  }

  /** When the message was meant to be sent, by the run's clock. */
  long time() {
    return time;
  }

  long number() {
    return number;
  }
}

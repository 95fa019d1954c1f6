package dev.parley.bench;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Sorts the texts of one connection: events and acknowledgements by scan, the rest by JSON. */
final class Inbox {
  /**
   * Where the next entry of an array begins: only events come in arrays here. It is looked for,
   * never counted from, and the longer it is the larger are the steps.
   */
  private static final Needle NEXT =
      new Needle(",{\"jsonrpc\":\"2.0\",\"method\":\"event\",\"params\":{\"type\":\"");

  private static final Needle EVENT = new Needle("42[");
  private static final Needle WELCOME = new Needle("40");
  private static final Needle BRACE = new Needle("{");

  private final Lane lane;
  private final Calls calls;
  private Receiver receiver = Receiver.NONE;
  private Optional<Hearer> hearer = Optional.empty();
  private Runnable welcomed = () -> {};

  Inbox(Lane lane, Calls calls) {
    this.lane = lane;
    this.calls = calls;
  }

  /** Events go to this receiver from now on. Call it on the loop, or before anything arrives. */
  void receiver(Receiver newReceiver) {
    receiver = newReceiver;
  }

  /** Events go to this one as well, read whole. Call it on the loop. */
  void hearer(Hearer newHearer) {
    hearer = Optional.of(newHearer);
  }

  /** What is done when a server that has to be greeted has answered. */
  void whenWelcome(Runnable then) {
    welcomed = then;
  }

  Receiver receiver() {
    return receiver;
  }

  /** One text message: an object, an array of notifications, or a packet of Engine.IO. */
  void text(byte[] text, int from, int to) {
    if (from < to && text[from] == '[') {
      entries(text, from + 1, to - 1);
    } else if (from < to && Digits.isDigit(text[from])) {
      packet(text, from, to);
    } else {
      entry(text, from, to);
    }
  }

  /** {@code 42["name",{…}]} bears an event, {@code 40{…}} answers a greeting. */
  private void packet(byte[] text, int from, int to) {
    int brace = BRACE.search(text, from, to);
    if (EVENT.search(text, from, to) == from && brace >= 0) {
      entry(text, brace, to - 1);
    } else if (WELCOME.search(text, from, to) == from) {
      welcomed.run();
    }
  }

  private void entries(byte[] text, int from, int to) {
    int at = from;
    for (int comma = next(text, at, to); comma >= 0; comma = next(text, at, to)) {
      entry(text, at, comma);
      at = comma + 1;
    }
    entry(text, at, to);
  }

  private static int next(byte[] text, int at, int to) {
    return NEXT.search(text, at, to);
  }

  private void entry(byte[] text, int from, int to) {
    MessageScan scan = lane.scan();
    MessageScan.Kind kind = scan.read(text, from, to);
    switch (kind) {
      case MESSAGE -> receiver.message(scan.seq(), scan.number(), scan.time());
      case LOGGED -> receiver.logged(scan.seq());
      case NOTICE -> lane.tally().others.increment();
      case ACKNOWLEDGEMENT -> receiver.acknowledged(scan.seq(), scan.number(), scan.time());
      case OTHER -> json(text, from, to);
    }
    if (kind.isEvent()) {
      hearer.ifPresent(whole -> hand(whole, text, from, to));
    }
  }

  private void hand(Hearer whole, byte[] text, int from, int to) {
    try {
      JsonNode event = Calls.JSON.readTree(text, from, to - from);
      whole.event(event.path("params"), lane.received());
    } catch (JacksonException _) {
      lane.tally().unreadable.increment();
    }
  }

  private void json(byte[] text, int from, int to) {
    try {
      answer(Calls.JSON.readTree(text, from, to - from));
    } catch (JacksonException _) {
      lane.tally().unreadable.increment();
    }
  }

  private void answer(JsonNode answer) {
    long id = answer.path("id").asLong(0);
    if (id >= MessageScan.FIRST_POST_ID && answer.has("error")) {
      receiver.refused(Refused.from(answer.path("error")));
    } else if (!calls.answered(id, answer)) {
      lane.tally().unreadable.increment();
    }
  }
}

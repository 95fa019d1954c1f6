package dev.parley.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;

/** What the connections of one event loop share. Except for counting, used on that loop only. */
final class Lane {
  private static final int SCRATCH = 1 << 16;

  private final EventLoop loop;
  private final RunClock clock;
  private final Tally tally;
  private final MessageScan scan = new MessageScan();
  private final Latencies latencies = new Latencies();
  private final Inflation inflation = new Inflation();
  private byte[] scratch = new byte[SCRATCH];
  private long received;

  Lane(EventLoop loop, RunClock clock, Tally tally) {
    this.loop = loop;
    this.clock = clock;
    this.tally = tally;
  }

  /**
   * Copies what was read from a socket to where arrays are quick, and takes the time of its
   * arrival. The array is valid until the next call.
   */
  byte[] receive(ByteBuf in) {
    received = clock.now();
    int length = in.readableBytes();
    if (scratch.length < length) {
      scratch = new byte[length * 2];
    }
    in.getBytes(in.readerIndex(), scratch, 0, length);
    return scratch;
  }

  /** When the bytes arrived that are being read now. */
  long received() {
    return received;
  }

  EventLoop loop() {
    return loop;
  }

  RunClock clock() {
    return clock;
  }

  Tally tally() {
    return tally;
  }

  MessageScan scan() {
    return scan;
  }

  Inflation inflation() {
    return inflation;
  }

  Latencies latencies() {
    return latencies;
  }
}

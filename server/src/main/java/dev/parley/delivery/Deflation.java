package dev.parley.delivery;

import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.zip.Deflater;

/**
 * permessage-deflate (RFC 7692) without context takeover: what is compressed depends on nothing
 * that was sent before, so it is the same for every socket. Safe for all threads.
 */
public final class Deflation {
  /** Payloads shorter than this, in bytes, are sent as they are. */
  static final int FROM_BYTES = 1024;

  /** Every flush ends in an empty block whose last bytes are not sent (RFC 7692, 7.2.1). */
  private static final int TAIL = 4;

  private static final int IDLE = 8;

  private final int level;
  private final Queue<Deflater> idle = new ArrayBlockingQueue<>(IDLE);

  /**
   * @param level 1 (fast) to 9 (small)
   */
  public Deflation(int level) {
    this.level = level;
  }

  byte[] deflate(byte[] payload) {
    Deflater known = idle.poll();
    Deflater deflater = known == null ? new Deflater(level, true) : known;
    try {
      return deflate(deflater, payload);
    } finally {
      deflater.reset();
      if (!idle.offer(deflater)) {
        deflater.end();
      }
    }
  }

  private static byte[] deflate(Deflater deflater, byte[] payload) {
    byte[] out = new byte[payload.length / 2];
    int length = 0;
    deflater.setInput(payload);
    do {
      out = length < out.length ? out : Arrays.copyOf(out, length * 2);
      length += deflater.deflate(out, length, out.length - length, Deflater.SYNC_FLUSH);
    } while (length == out.length);
    return Arrays.copyOf(out, length - TAIL);
  }
}

package dev.parley.bench;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Undoes permessage-deflate of whole frames, without context takeover. Belongs to one thread. */
final class Inflation {
  private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};
  private static final int USUAL = 1 << 16;

  private final Inflater inflater = new Inflater(true);
  private byte[] plain = new byte[USUAL];

  /** Inflates {@code [from, to)} into {@link #plain}; how many bytes it becomes. */
  int inflate(byte[] bytes, int from, int to) {
    try {
      inflater.reset();
      inflater.setInput(bytes, from, to - from);
      int length = drain(0);
      inflater.setInput(TAIL);
      return drain(length);
    } catch (DataFormatException e) {
      throw new LoadFailure("the server sent a frame that is not deflated: " + e.getMessage());
    }
  }

  private int drain(int length) throws DataFormatException {
    int end = length;
    while (!inflater.needsInput()) {
      if (end == plain.length) {
        plain = Arrays.copyOf(plain, end * 2);
      }
      end += inflater.inflate(plain, end, plain.length - end);
    }
    return end;
  }

  /** Valid until the next frame. */
  byte[] plain() {
    return plain;
  }
}

package dev.parley.bench;

import java.util.Arrays;

/**
 * A byte sequence that is looked for again and again in texts of the same shape. It first looks
 * where it was found the last time, counted from the start of the text, and only then searches
 * (Horspool's skip table). {@link #after} belongs to one thread; {@link #search} remembers nothing
 * and is safe for all.
 */
final class Needle {
  private final byte[] pattern;
  private final int[] skip = new int[256];
  private int usual;

  Needle(String text) {
    pattern = Stamp.bytes(text);
    Arrays.fill(skip, pattern.length);
    for (int i = 0; i < pattern.length - 1; i++) {
      skip[pattern[i] & 0xff] = pattern.length - 1 - i;
    }
  }

  /** The index after the needle in {@code [from, to)}; -1 if it is not there. */
  int after(byte[] text, int from, int to) {
    if (!matches(text, from + usual, to)) {
      int found = search(text, from, to);
      if (found < 0) {
        return -1;
      }
      usual = found - from;
    }
    return from + usual + pattern.length;
  }

  /** The index of the first needle in {@code [from, to)}; -1 if it is not there. */
  int search(byte[] text, int from, int to) {
    int last = pattern.length - 1;
    for (int at = from; at + last < to; at += skip[text[at + last] & 0xff]) {
      if (matches(text, at, to)) {
        return at;
      }
    }
    return -1;
  }

  private boolean matches(byte[] text, int at, int to) {
    return at + pattern.length <= to
        && Arrays.equals(text, at, at + pattern.length, pattern, 0, pattern.length);
  }
}

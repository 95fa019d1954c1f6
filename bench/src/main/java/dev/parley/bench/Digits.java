package dev.parley.bench;

/** Decimal numbers as bytes, without garbage. */
final class Digits {
  private Digits() {}

  /** Writes {@code value} with leading zeros into exactly {@code width} bytes. */
  static void write(byte[] target, int at, int width, long value) {
    long rest = value;
    for (int i = at + width - 1; i >= at; i--) {
      target[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /** The number that begins at {@code from}, up to the first byte that is no digit. */
  static long read(byte[] source, int from, int to) {
    long value = 0;
    for (int i = from; i < to && isDigit(source[i]); i++) {
      value = value * 10 + (source[i] - '0');
    }
    return value;
  }

  static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}

package dev.parley.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The first bytes of every message's content: when it was meant to be sent and its number. A
 * receiver reads them from the content itself, so a delivery is timed from the intended moment, not
 * from when an overloaded sender got round to it (coordinated omission).
 */
public final class Stamp {
  /** What a content of ours begins with. */
  static final String MARK = "load-";

  static final int TIME_DIGITS = 16;
  static final int NUMBER_DIGITS = 10;

  /** Bytes of a whole stamp: mark, time, dash, number, space. */
  static final int LENGTH = MARK.length() + TIME_DIGITS + 1 + NUMBER_DIGITS + 1;

  /** English prose, so that what is compressed is neither noise nor one word again and again. */
  private static final String FILLING = prose();

  private Stamp() {}

  private static String prose() {
    try (InputStream text = Stamp.class.getResourceAsStream("prose.txt")) {
      return new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.US_ASCII)
          .strip()
          .concat(" ");
    } catch (IOException e) {
      throw new LoadFailure("prose.txt cannot be read: " + e.getMessage());
    }
  }

  /** A content of {@code size} bytes with an empty stamp; what follows it is plain words. */
  public static String blank(int size) {
    String stamp = MARK + "0".repeat(TIME_DIGITS) + "-" + "0".repeat(NUMBER_DIGITS) + " ";
    String filling = FILLING.repeat(size / FILLING.length() + 1);
    return stamp + filling.substring(0, size - LENGTH);
  }

  /** A content of {@code size} bytes that bears a time and a number. */
  public static String text(long time, long number, int size) {
    byte[] text = bytes(blank(size));
    write(text, MARK.length(), time, number);
    return new String(text, StandardCharsets.US_ASCII);
  }

  /** The number that a content of ours bears. */
  public static long number(String content) {
    return number(bytes(content), MARK.length());
  }

  /** Writes a stamp over a blank one whose mark ends before {@code at}. */
  static void write(byte[] target, int at, long time, long number) {
    Digits.write(target, at, TIME_DIGITS, time);
    Digits.write(target, at + TIME_DIGITS + 1, NUMBER_DIGITS, number);
  }

  static long time(byte[] source, int at) {
    return Digits.read(source, at, at + TIME_DIGITS);
  }

  static long number(byte[] source, int at) {
    int start = at + TIME_DIGITS + 1;
    return Digits.read(source, start, start + NUMBER_DIGITS);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

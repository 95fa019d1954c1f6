package dev.parley.testing;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Payloads as permessage-deflate makes them (RFC 7692, section 7.2), each with a window anew. */
public final class Deflated {
  private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

  private Deflated() {}

  /** Compresses what a client sends. */
  public static byte[] deflate(byte[] plain) {
    try (Deflater deflater = new Deflater(9, true)) {
      deflater.setInput(plain);
      byte[] out = new byte[plain.length + 64];
      int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
      return Arrays.copyOf(out, length - TAIL.length);
    }
  }

  /** Reads what the server compressed; fails the test if it refers to earlier messages. */
  public static byte[] inflate(byte[] payload) {
    try (Inflater inflater = new Inflater(true)) {
      byte[] whole = Arrays.copyOf(payload, payload.length + TAIL.length);
      System.arraycopy(TAIL, 0, whole, payload.length, TAIL.length);
      inflater.setInput(whole);
      ByteArrayOutputStream plain = new ByteArrayOutputStream();
      byte[] portion = new byte[8_192];
      while (!inflater.needsInput()) {
        plain.write(portion, 0, inflater.inflate(portion));
      }
      return plain.toByteArray();
    } catch (DataFormatException malformed) {
      throw new AssertionError("not deflated", malformed);
    }
  }
}

package dev.parley.delivery;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;

/**
 * Text frames of RFC 6455 as they go over the wire, header included. Unmasked frames are the same
 * for everybody, so a buffer of them can be shared by all sockets that it is written to.
 */
final class Frame {
  private static final int FINAL_TEXT = 0x81;
  private static final int COMPRESSED = 0x40;
  private static final int MAX_HEADER = 10;

  private Frame() {}

  /**
   * A frame for each payload.
   *
   * @return a buffer with one reference, which the caller owns
   */
  static ByteBuf text(ByteBufAllocator allocator, List<Payload> payloads, Form form) {
    int bytes = payloads.stream().mapToInt(payload -> payload.length() + MAX_HEADER).sum();
    ByteBuf buffer = allocator.directBuffer(bytes);
    payloads.forEach(payload -> write(buffer, payload, form));
    return buffer;
  }

  private static void write(ByteBuf buffer, Payload payload, Form form) {
    byte[] plain = payload.json();
    byte[] small =
        form.deflation()
            .filter(deflation -> plain.length >= Deflation.FROM_BYTES)
            .map(payload::deflated)
            .orElse(plain);
    if (small.length < plain.length) {
      write(buffer, FINAL_TEXT | COMPRESSED, small);
    } else {
      write(buffer, FINAL_TEXT, plain);
    }
  }

  private static void write(ByteBuf buffer, int first, byte[] bytes) {
    buffer.writeByte(first);
    if (bytes.length < 126) {
      buffer.writeByte(bytes.length);
    } else if (bytes.length <= 0xFFFF) {
      buffer.writeByte(126).writeShort(bytes.length);
    } else {
      buffer.writeByte(127).writeLong(bytes.length);
    }
    buffer.writeBytes(bytes);
  }
}

package dev.parley.delivery;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * A text frame of RFC 6455 as it goes over the wire, header included. Encoded once and shared by
 * all sockets that it is written to; unmasked frames are the same for everybody.
 */
final class Frame {
  private static final int FINAL_TEXT = 0x81;
  private static final int MAX_HEADER = 10;

  private Frame() {}

  /**
   * @return a buffer with one reference, which the caller owns
   */
  static ByteBuf text(ByteBufAllocator allocator, byte[] utf8) {
    ByteBuf buffer = allocator.directBuffer(utf8.length + MAX_HEADER);
    buffer.writeByte(FINAL_TEXT);
    if (utf8.length < 126) {
      buffer.writeByte(utf8.length);
    } else if (utf8.length <= 0xFFFF) {
      buffer.writeByte(126).writeShort(utf8.length);
    } else {
      buffer.writeByte(127).writeLong(utf8.length);
    }
    return buffer.writeBytes(utf8);
  }
}

package dev.parley.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.ThreadLocalRandom;

/** Frames from a client: complete and masked (RFC 6455, section 5.3). */
final class ClientFrame {
  static final int CONTINUATION = 0x0;
  static final int TEXT = 0x1;
  static final int CLOSE = 0x8;
  static final int PING = 0x9;
  static final int PONG = 0xA;
  static final int FINAL = 0x80;
  static final int COMPRESSED = 0x40;

  private static final int MASKED = 0x80;
  private static final int LARGEST_HEADER = 14;

  private ClientFrame() {}

  static ByteBuf of(ByteBufAllocator allocator, int opcode, byte[] payload) {
    ByteBuf frame = allocator.directBuffer(LARGEST_HEADER + payload.length);
    frame.writeByte(FINAL | opcode);
    writeLength(frame, payload.length);
    int mask = ThreadLocalRandom.current().nextInt();
    frame.writeInt(mask);
    return frame.writeBytes(masked(payload, mask));
  }

  private static void writeLength(ByteBuf frame, int length) {
    if (length < 126) {
      frame.writeByte(MASKED | length);
    } else if (length <= 0xffff) {
      frame.writeByte(MASKED | 126).writeShort(length);
    } else {
      frame.writeByte(MASKED | 127).writeLong(length);
    }
  }

  private static byte[] masked(byte[] payload, int mask) {
    byte[] key = {(byte) (mask >> 24), (byte) (mask >> 16), (byte) (mask >> 8), (byte) mask};
    byte[] masked = new byte[payload.length];
    for (int i = 0; i < payload.length; i++) {
      masked[i] = (byte) (payload[i] ^ key[i & 3]);
    }
    return masked;
  }
}

package dev.parley.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import java.util.List;

/**
 * Cuts what a socket received into WebSocket frames (RFC 6455, section 5.2) and hands them on in
 * place, without an object for each: a server's frames are not masked, so there is nothing to
 * decode.
 */
final class FrameReader extends ByteToMessageDecoder implements WebSocketFrameDecoder {
  private static final int LENGTH_IN_2_BYTES = 126;
  private static final int LENGTH_IN_8_BYTES = 127;

  private final Lane lane;
  private final FrameSink sink;

  FrameReader(Lane lane, FrameSink sink) {
    this.lane = lane;
    this.sink = sink;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    byte[] bytes = lane.receive(in);
    int limit = in.readableBytes();
    int done = 0;
    for (int next = 0; next >= 0; next = frame(bytes, done, limit)) {
      done = next;
    }
    in.skipBytes(done);
    lane.tally().bytes.add(done);
  }

  /** Hands on the frame at {@code at}; the index after it, -1 if it is not complete. */
  private int frame(byte[] bytes, int at, int limit) {
    if (limit - at < 2) {
      return -1;
    }
    int start = at + headerLength(bytes[at + 1]);
    if (start > limit) {
      return -1;
    }
    long end = start + payloadLength(bytes, at, start);
    if (end > limit) {
      return -1;
    }
    sink.frame(bytes[at], bytes, start, (int) end);
    return (int) end;
  }

  private static int headerLength(byte second) {
    return switch (second & 0x7f) {
      case LENGTH_IN_2_BYTES -> 4;
      case LENGTH_IN_8_BYTES -> 10;
      default -> 2;
    };
  }

  private static long payloadLength(byte[] bytes, int at, int start) {
    if (start - at == 2) {
      return bytes[at + 1] & 0x7f;
    }
    long length = 0;
    for (int i = at + 2; i < start; i++) {
      length = (length << 8) | (bytes[i] & 0xff);
    }
    return length;
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    sink.closed();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    sink.broken(cause);
    var _ = context.close();
  }
}

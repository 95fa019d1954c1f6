package dev.parley.socket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToMessageDecoder;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Undoes permessage-deflate (RFC 7692), frame by frame. A few bytes can become a gigabyte, so the
 * length of a message is counted while it grows; its window is given back with its last frame.
 */
final class Inflation extends MessageToMessageDecoder<WebSocketFrame> {
  private static final int RSV1 = 4;
  private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};
  private static final int PORTION = 4 * 1024;

  private @Nullable Inflater inflater;
  private int length;

  @Override
  protected void decode(ChannelHandlerContext context, WebSocketFrame frame, List<Object> out) {
    if (frame.rsv() != 0) {
      begin(frame);
    }
    Inflater open = inflater;
    if (open == null || !isData(frame)) {
      out.add(frame.retain());
    } else {
      out.add(plain(frame, inflate(open, frame, context.alloc())));
    }
  }

  private static boolean isData(WebSocketFrame frame) {
    return isFirst(frame) || frame instanceof ContinuationWebSocketFrame;
  }

  private static boolean isFirst(WebSocketFrame frame) {
    return frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame;
  }

  private void begin(WebSocketFrame frame) {
    if (frame.rsv() != RSV1 || !isFirst(frame)) {
      throw new CorruptedWebSocketFrameException(
          WebSocketCloseStatus.PROTOCOL_ERROR, "a reserved bit where it must not be");
    }
    end();
    inflater = new Inflater(true);
    length = 0;
  }

  private static WebSocketFrame plain(WebSocketFrame frame, ByteBuf content) {
    boolean last = frame.isFinalFragment();
    return switch (frame) {
      case TextWebSocketFrame text -> new TextWebSocketFrame(last, 0, content);
      case BinaryWebSocketFrame binary -> new BinaryWebSocketFrame(last, 0, content);
      default -> new ContinuationWebSocketFrame(last, 0, content);
    };
  }

  private ByteBuf inflate(Inflater open, WebSocketFrame frame, ByteBufAllocator allocator) {
    ByteBuf plain = allocator.buffer(PORTION);
    try {
      inflate(open, ByteBufUtil.getBytes(frame.content()), plain);
      if (frame.isFinalFragment()) {
        inflate(open, TAIL, plain);
        end();
      }
      return plain;
    } catch (DataFormatException malformed) {
      plain.release();
      throw new CorruptedWebSocketFrameException(
          WebSocketCloseStatus.INVALID_PAYLOAD_DATA, "not deflated", malformed);
    } catch (TooLongFrameException tooLong) {
      plain.release();
      throw tooLong;
    }
  }

  private void inflate(Inflater open, byte[] deflated, ByteBuf plain) throws DataFormatException {
    byte[] portion = new byte[PORTION];
    open.setInput(deflated);
    while (!open.needsInput()) {
      int count = open.inflate(portion);
      count(count);
      plain.writeBytes(portion, 0, count);
      if (open.finished()) {
        goOn(open, deflated);
      } else if (open.needsDictionary()) {
        throw new DataFormatException("a dictionary is not part of RFC 7692");
      }
    }
  }

  /** A block may be marked as the last one, and yet more may follow (RFC 7692, 7.2.3.4). */
  private static void goOn(Inflater open, byte[] deflated) {
    int left = open.getRemaining();
    open.reset();
    open.setInput(deflated, deflated.length - left, left);
  }

  private void count(int more) {
    length += more;
    if (length > SocketDoor.MAX_MESSAGE) {
      throw new TooLongFrameException("more than " + SocketDoor.MAX_MESSAGE + " bytes, inflated");
    }
  }

  private void end() {
    if (inflater != null) {
      inflater.end();
      inflater = null;
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    end();
  }
}

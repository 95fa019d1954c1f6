package dev.parley.socket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/**
 * A message may come in pieces, but not in a million of one byte each: every piece costs memory.
 */
final class FragmentLimit extends ChannelInboundHandlerAdapter {
  /** The most pieces of a message after its first one. */
  static final int MOST = 1_024;

  private int fragments;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ContinuationWebSocketFrame piece) {
      fragments++;
      if (fragments > MOST) {
        piece.release();
        throw new TooLongFrameException("more than " + MOST + " fragments");
      }
    }
    if (message instanceof WebSocketFrame frame && frame.isFinalFragment()) {
      fragments = frame instanceof ContinuationWebSocketFrame ? 0 : fragments;
    }
    context.fireChannelRead(message);
  }
}

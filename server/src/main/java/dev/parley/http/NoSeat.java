package dev.parley.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/** Tells a connection for which there is no seat so, without hearing what it wants. */
final class NoSeat extends ChannelInboundHandlerAdapter {
  private final Answer answer;
  private final boolean secure;

  NoSeat(Answer answer, boolean secure) {
    this.answer = answer;
    this.secure = secure;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    LastWord.say(context, answer, secure);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object unheard) {
    ReferenceCountUtil.release(unheard);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable gone) {
    context.close();
  }
}

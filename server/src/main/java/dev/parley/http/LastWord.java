package dev.parley.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;

/**
 * An answer before the request was read to its end, after which the connection is closed. What is
 * still under way is read and thrown away for a moment: closing with it unread would reset the
 * connection, and the client would never see the answer.
 */
final class LastWord {
  private static final int LINGER_SECONDS = 5;

  private LastWord() {}

  /**
   * @param context of the handler from which the response goes out; those before it see it
   */
  static void say(ChannelHandlerContext context, Answer answer, boolean secure) {
    FullHttpResponse response = answer.asResponse();
    response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    SecurityHeaders.add(response, secure);
    context.writeAndFlush(response).addListener(written -> linger(context));
  }

  private static void linger(ChannelHandlerContext context) {
    boolean plain = context.pipeline().get(SslHandler.class) == null;
    if (plain && context.channel() instanceof DuplexChannel channel) {
      channel.shutdownOutput();
    }
    context.executor().schedule(() -> context.close(), LINGER_SECONDS, TimeUnit.SECONDS);
  }
}

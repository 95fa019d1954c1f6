package dev.parley.http;

import dev.parley.wire.ErrorCode;
import dev.parley.wire.Failure;
import dev.parley.wire.Ids;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.ssl.SslHandler;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Gathers a request's body up to 1 MiB; beyond, answers 413 and closes. What is still under way is
 * read and thrown away for a moment: closing with it unread would reset the connection, and the
 * client would never see the answer.
 */
final class BoundedBody extends HttpObjectAggregator {
  static final int MAX_BODY = 1024 * 1024;

  private static final int LINGER_SECONDS = 5;

  private final Ids ids;
  private final boolean secure;

  BoundedBody(Ids ids, boolean secure) {
    super(MAX_BODY);
    this.ids = ids;
    this.secure = secure;
  }

  @Override
  protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
    Failure failure =
        new Failure(
            ErrorCode.TOO_LARGE,
            "A body has at most " + MAX_BODY + " bytes",
            Map.of("field", "body", "limit", MAX_BODY),
            ids.next());
    FullHttpResponse response = Problems.of(failure).asResponse();
    response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    SecurityHeaders.add(response, secure);
    beforeWhoeverCloses(context).writeAndFlush(response).addListener(written -> linger(context));
  }

  /**
   * The keep-alive handler closes as soon as its last answer is written, which is too soon here.
   */
  private static ChannelHandlerContext beforeWhoeverCloses(ChannelHandlerContext context) {
    return context.pipeline().context(HttpServerKeepAliveHandler.class);
  }

  private static void linger(ChannelHandlerContext context) {
    boolean plain = context.pipeline().get(SslHandler.class) == null;
    if (plain && context.channel() instanceof DuplexChannel channel) {
      channel.shutdownOutput();
    }
    context.executor().schedule(() -> context.close(), LINGER_SECONDS, TimeUnit.SECONDS);
  }
}

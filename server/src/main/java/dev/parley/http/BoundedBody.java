package dev.parley.http;

import dev.parley.wire.ErrorCode;
import dev.parley.wire.Failure;
import dev.parley.wire.Ids;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import java.util.Map;

/** Gathers a request's body up to 1 MiB; beyond, answers 413 and closes. */
final class BoundedBody extends HttpObjectAggregator {
  static final int MAX_BODY = 1024 * 1024;

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
    LastWord.say(beforeWhoeverCloses(context), Problems.of(failure), secure);
  }

  /**
   * The keep-alive handler closes as soon as its last answer is written, which is too soon here.
   */
  private static ChannelHandlerContext beforeWhoeverCloses(ChannelHandlerContext context) {
    return context.pipeline().context(HttpServerKeepAliveHandler.class);
  }
}

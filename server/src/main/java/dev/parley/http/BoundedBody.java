package dev.parley.http;

import dev.parley.wire.ErrorCode;
import dev.parley.wire.Failure;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import java.util.Map;

/** Gathers a request's body up to 1 MiB; beyond, answers 413 and closes. */
final class BoundedBody extends HttpObjectAggregator {
  static final int MAX_BODY = 1024 * 1024;

  BoundedBody() {
    super(MAX_BODY);
  }

  @Override
  protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
    Failure failure =
        new Failure(
            ErrorCode.TOO_LARGE,
            "A body has at most " + MAX_BODY + " bytes",
            Map.of("limit", MAX_BODY),
            "-");
    FullHttpResponse response = Problems.of(failure).asResponse();
    response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }
}

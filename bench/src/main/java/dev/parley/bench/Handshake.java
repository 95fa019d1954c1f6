package dev.parley.bench;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker13;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Opens the WebSocket on a fresh channel, signed in by a token if there is one. */
final class Handshake extends SimpleChannelInboundHandler<FullHttpResponse> {
  private static final int LARGEST_FRAME = 1 << 20;

  private final Handshaker handshaker;
  private final Connection connection;
  private final CompletableFuture<Connection> opened;

  Handshake(
      Endpoint endpoint,
      Optional<String> token,
      Connection connection,
      CompletableFuture<Connection> opened) {
    this.handshaker = new Handshaker(endpoint, headers(token, connection.manner()), connection);
    this.connection = connection;
    this.opened = opened;
  }

  private static HttpHeaders headers(Optional<String> token, Manner manner) {
    HttpHeaders headers = new DefaultHttpHeaders();
    token.ifPresent(known -> headers.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + known));
    if (manner.deflates()) {
      headers.set(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS, "permessage-deflate");
    }
    return headers;
  }

  /** Sends the request; the channel must be connected. */
  void begin(Channel channel) {
    var _ = handshaker.handshake(channel);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
    if (response.status().code() != 101) {
      opened.completeExceptionally(HandshakeRefused.by(response));
      var _ = context.close();
      return;
    }
    handshaker.finishHandshake(context.channel(), response);
    context.pipeline().remove(this);
    connection.greet(() -> opened.complete(connection));
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    opened.completeExceptionally(
        new LoadFailure("the server closed a connection during the handshake"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    opened.completeExceptionally(cause);
    var _ = context.close();
  }

  /** Netty's handshake with our own frames behind it. */
  private static final class Handshaker extends WebSocketClientHandshaker13 {
    private final Connection connection;

    Handshaker(Endpoint endpoint, HttpHeaders headers, Connection connection) {
      super(
          endpoint.socket(connection.manner().path()),
          WebSocketVersion.V13,
          connection.manner().subprotocol(),
          false,
          headers,
          LARGEST_FRAME);
      this.connection = connection;
    }

    @Override
    protected WebSocketFrameDecoder newWebsocketDecoder() {
      return new FrameReader(connection.lane(), connection);
    }

    @Override
    protected WebSocketFrameEncoder newWebSocketEncoder() {
      return new ReadyFrames();
    }
  }

  /** Lets frames through as they are: {@link ClientFrame} has made them whole. */
  private static final class ReadyFrames extends ChannelOutboundHandlerAdapter
      implements WebSocketFrameEncoder {}
}

package dev.parley.socket;

import dev.parley.calls.Admission;
import dev.parley.calls.Dispatcher;
import dev.parley.calls.RateLimits;
import dev.parley.delivery.CloseReason;
import dev.parley.delivery.Connection;
import dev.parley.delivery.Connections;
import dev.parley.wire.Ids;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One socket: hears its frames, answers control frames, and closes with the right code. */
final class SocketHandler extends SimpleChannelInboundHandler<WebSocketFrame> {
  private final Surroundings surroundings;
  private final Connection connection;
  private final InetAddress client;
  private final Runnable onSignIn;
  private @Nullable Vitals vitals;
  private @Nullable Requests requests;
  private boolean closing;
  private boolean warned;

  /** What all sockets share. */
  record Surroundings(
      Dispatcher dispatcher,
      Admission admission,
      Connections connections,
      RateLimits limits,
      Vigil vigil,
      Executor virtualThreads,
      Ids ids,
      InstantSource clock) {}

  SocketHandler(
      Surroundings surroundings, Connection connection, InetAddress client, Runnable onSignIn) {
    this.surroundings = surroundings;
    this.connection = connection;
    this.client = client;
    this.onSignIn = onSignIn;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    vitals = new Vitals(context.channel(), connection, surroundings.clock().instant());
    requests = new Requests(surroundings, connection, client, context.channel());
    surroundings.vigil().begin(context.channel().eventLoop(), this);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    surroundings.vigil().end(context.channel().eventLoop(), this);
    surroundings.connections().closed(connection);
    context.fireChannelInactive();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (context.channel().isWritable()) {
      connection.becameWritable();
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
    if (closing) {
      return;
    }
    knownVitals().signOfLife();
    switch (frame) {
      case TextWebSocketFrame text -> received(ByteBufUtil.getBytes(text.content()));
      case PingWebSocketFrame ping ->
          context.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
      case PongWebSocketFrame pong -> {}
      case BinaryWebSocketFrame binary ->
          close(context, new WebSocketCloseStatus(1003, "text frames only"));
      case CloseWebSocketFrame close -> answerClose(context, close);
      default -> close(context, WebSocketCloseStatus.PROTOCOL_ERROR);
    }
  }

  private void received(byte[] utf8) {
    if (requests != null) {
      requests.received(utf8);
    }
  }

  private Vitals knownVitals() {
    if (vitals == null) {
      throw new IllegalStateException("a frame before the handler was added");
    }
    return vitals;
  }

  private void answerClose(ChannelHandlerContext context, CloseWebSocketFrame close) {
    closing = true;
    CloseWebSocketFrame answer =
        close.statusCode() < 0
            ? new CloseWebSocketFrame()
            : new CloseWebSocketFrame(close.statusCode(), "");
    context.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
  }

  private void close(ChannelHandlerContext context, WebSocketCloseStatus status) {
    if (!closing) {
      closing = true;
      context
          .writeAndFlush(new CloseWebSocketFrame(status))
          .addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** Once a second, on the event loop. */
  void look(Instant now) {
    if (closing) {
      return;
    }
    connection.signedIn().ifPresent(in -> signedIn(in, now));
    knownVitals().diagnosis(now).ifPresent(this::end);
  }

  private void signedIn(Connection.SignedIn in, Instant now) {
    onSignIn.run();
    in.expiresAt()
        .filter(end -> !warned && !now.isBefore(end.minusSeconds(60)))
        .ifPresent(this::warn);
  }

  /** The data of {@code session.ending}. */
  private record Ending(Instant at) {}

  private void warn(Instant end) {
    warned = true;
    connection.tell("session.ending", surroundings.clock().instant(), new Ending(end));
  }

  private void end(CloseReason reason) {
    closing = true;
    connection.close(reason);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    switch (cause) {
      case CorruptedWebSocketFrameException corrupted -> close(context, corrupted.closeStatus());
      case TooLongFrameException tooLong ->
          close(context, new WebSocketCloseStatus(1009, "at most 1048576 bytes"));
      case CodecException malformed -> close(context, WebSocketCloseStatus.PROTOCOL_ERROR);
      default -> context.close();
    }
  }
}

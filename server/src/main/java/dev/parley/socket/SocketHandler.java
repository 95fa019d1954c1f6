package dev.parley.socket;

import dev.parley.delivery.Connection;
import dev.parley.delivery.Connections;
import dev.parley.http.Vigil;
import io.netty.buffer.ByteBufUtil;
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
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One socket: hears its frames, answers control frames, and closes with the right code. */
final class SocketHandler extends SimpleChannelInboundHandler<WebSocketFrame>
    implements Vigil.Watched {
  private static final int LAST_CODE = 4999;

  private final Surroundings surroundings;
  private final Dialect.Speaker speaker;
  private final Connection connection;
  private final InetAddress client;
  private final Runnable onSignIn;
  private final Instant opened;
  private @Nullable Vitals vitals;
  private @Nullable Dialect dialect;
  private boolean warned;

  /** What all sockets share. */
  record Surroundings(
      Connections connections, Vigil vigil, InstantSource clock, BooleanSupplier memoryIsShort) {}

  /**
   * @param opened before the other side could know that it is open: its deadlines count from there
   */
  SocketHandler(
      Surroundings surroundings,
      Dialect.Speaker speaker,
      Connection connection,
      InetAddress client,
      Runnable onSignIn,
      Instant opened) {
    this.surroundings = surroundings;
    this.speaker = speaker;
    this.connection = connection;
    this.client = client;
    this.onSignIn = onSignIn;
    this.opened = opened;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    vitals = new Vitals(context.channel(), connection, opened, surroundings.memoryIsShort());
    dialect = speaker.on(connection, client, context.channel());
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
    known(dialect).regulate();
    if (context.channel().isWritable()) {
      connection.becameWritable();
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
    if (frame instanceof CloseWebSocketFrame close) {
      answer(close);
    } else if (!connection.isClosing()) {
      heard(context, frame);
    }
  }

  private void heard(ChannelHandlerContext context, WebSocketFrame frame) {
    known(vitals).signOfLife();
    switch (frame) {
      case TextWebSocketFrame _, BinaryWebSocketFrame _ -> received(frame);
      case PingWebSocketFrame ping ->
          context.writeAndFlush(
              new PongWebSocketFrame(ping.content().retain()), context.voidPromise());
      case PongWebSocketFrame pong -> {}
      default -> fail(WebSocketCloseStatus.PROTOCOL_ERROR);
    }
  }

  private void received(WebSocketFrame message) {
    if (connection.hears()) {
      byte[] bytes = ByteBufUtil.getBytes(message.content());
      if (message instanceof TextWebSocketFrame) {
        known(dialect).text(bytes);
      } else {
        known(dialect).binary(bytes);
      }
    }
  }

  private static <T> T known(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("a frame before the handler was added");
    }
    return part;
  }

  /** Codes from 5000 on are nobody's; the decoder refuses the other ones that may not be sent. */
  private void answer(CloseWebSocketFrame close) {
    int code = close.statusCode();
    if (code > LAST_CODE) {
      fail(WebSocketCloseStatus.PROTOCOL_ERROR);
    } else {
      connection.closed(code < 0 ? new CloseWebSocketFrame() : new CloseWebSocketFrame(code, ""));
    }
  }

  private void fail(WebSocketCloseStatus status) {
    connection.fail(status.code(), status.reasonText());
  }

  @Override
  public void look(Instant now) {
    if (connection.isClosing()) {
      known(vitals).endIfLeft(now);
      return;
    }
    Instant date = surroundings.clock().instant();
    connection.signedIn().ifPresent(in -> signedIn(in, date));
    known(vitals).diagnosis(now, date, known(dialect).isFull()).ifPresent(connection::close);
    known(dialect).look(now);
  }

  private void signedIn(Connection.SignedIn in, Instant date) {
    onSignIn.run();
    in.expiresAt()
        .filter(end -> !warned && !date.isBefore(end.minusSeconds(60)))
        .ifPresent(this::warn);
  }

  /** The data of {@code session.ending}. */
  private record Ending(Instant at) {}

  private void warn(Instant end) {
    warned = true;
    connection.tell("session.ending", surroundings.clock().instant(), new Ending(end));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    switch (cause) {
      case CorruptedWebSocketFrameException corrupted -> fail(corrupted.closeStatus());
      case TooLongFrameException tooLong -> connection.fail(1009, "at most 1048576 bytes");
      case CodecException malformed -> fail(WebSocketCloseStatus.PROTOCOL_ERROR);
      default -> context.close();
    }
  }
}

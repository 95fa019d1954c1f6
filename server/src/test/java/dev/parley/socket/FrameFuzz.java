package dev.parley.socket;

import dev.parley.delivery.Connections;
import dev.parley.delivery.Topics;
import dev.parley.fuzz.Claim;
import dev.parley.store.NoStore;
import dev.parley.wire.Ids;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whatever bytes come in after the handshake, and however they are cut: the same messages are
 * heard, text is UTF-8, none is too long, and a socket does not end without a close frame.
 */
public final class FrameFuzz {
  private static final InstantSource STANDS_STILL = InstantSource.fixed(Instant.EPOCH);
  private static final byte[] HANDSHAKE =
      """
      GET /ws HTTP/1.1\r
      Host: 127.0.0.1\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      Sec-WebSocket-Version: 13\r
      \r
      """
          .getBytes(StandardCharsets.ISO_8859_1);

  private FrameFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Outcome whole = outcome(input, Math.max(1, input.length));
    Outcome dripping = outcome(input, 1);
    Claim.that(whole.equals(dripping), "cuts do not matter: " + whole + " and " + dripping);
    Claim.that(whole.open() || whole.saidGoodbye(), "no end without a close frame: " + whole);
  }

  /**
   * @param heard kind and bytes of each message, in hexadecimal digits
   * @param opcodes of the frames that were sent
   */
  private record Outcome(List<String> heard, List<Integer> opcodes, boolean open) {
    boolean saidGoodbye() {
      return opcodes.contains(8);
    }
  }

  private static Outcome outcome(byte[] input, int cut) {
    List<String> heard = new ArrayList<>();
    DuplexEmbeddedChannel channel = upgraded(heard);
    for (int at = 0; at < input.length && channel.isOpen(); at += cut) {
      int length = Math.min(cut, input.length - at);
      channel.writeInbound(Unpooled.copiedBuffer(input, at, length));
      channel.runPendingTasks();
    }
    boolean open = channel.isOpen() && !channel.isOutputShutdown();
    byte[] sent = sent(channel);
    channel.finishAndReleaseAll();
    return new Outcome(heard, opcodes(sent), open);
  }

  private static DuplexEmbeddedChannel upgraded(List<String> heard) {
    DuplexEmbeddedChannel channel =
        new DuplexEmbeddedChannel(
            new HttpServerCodec(),
            new HttpServerKeepAliveHandler(),
            new HttpObjectAggregator(1024),
            new Doorman(door(heard)));
    channel.writeInbound(Unpooled.wrappedBuffer(HANDSHAKE));
    channel.runPendingTasks();
    Claim.that(
        new String(sent(channel), StandardCharsets.ISO_8859_1).startsWith("HTTP/1.1 101"),
        "the handshake is answered");
    return channel;
  }

  private static SocketDoor door(List<String> heard) {
    Topics topics = new Topics(new NoStore().log(), STANDS_STILL, 0);
    return new SocketDoor(
        new SocketSettings(0, 0, 0),
        Optional.empty(),
        Map.of("/ws", Dialects.always((connection, client, channel) -> new Ear(heard))),
        new Anybody(),
        new Connections(STANDS_STILL, topics, 0),
        () -> false,
        Runnable::run,
        new Ids(STANDS_STILL),
        STANDS_STILL);
  }

  private static byte[] sent(DuplexEmbeddedChannel channel) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      byte[] bytes = new byte[out.readableBytes()];
      out.readBytes(bytes);
      out.release();
      all.writeBytes(bytes);
    }
    return all.toByteArray();
  }

  /** Nothing that is sent here is longer than 125 bytes. */
  private static List<Integer> opcodes(byte[] frames) {
    List<Integer> opcodes = new ArrayList<>();
    for (int at = 0; at < frames.length; at += 2 + frames[at + 1]) {
      opcodes.add(frames[at] & 0x0F);
    }
    return opcodes;
  }

  private static final class Doorman extends SimpleChannelInboundHandler<FullHttpRequest> {
    private final SocketDoor door;

    Doorman(SocketDoor door) {
      this.door = door;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      door.upgrade(context, request, "/ws", InetAddress.getLoopbackAddress(), Optional.empty());
    }
  }

  /** Takes down what it hears. */
  private record Ear(List<String> heard) implements Dialect {
    @Override
    public void text(byte[] utf8) {
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
      } catch (CharacterCodingException invalid) {
        throw new AssertionError("text is UTF-8", invalid);
      }
      take("text", utf8);
    }

    @Override
    public void binary(byte[] bytes) {
      take("binary", bytes);
    }

    private void take(String kind, byte[] bytes) {
      Claim.that(bytes.length <= SocketDoor.MAX_MESSAGE, "a message has its limit");
      heard.add(kind + " " + HexFormat.of().formatHex(bytes));
    }

    @Override
    public void regulate() {
      // It is never too much.
    }

    @Override
    public boolean isFull() {
      return false;
    }
  }
}

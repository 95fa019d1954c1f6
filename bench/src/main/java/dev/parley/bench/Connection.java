package dev.parley.bench;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** One WebSocket to the server. */
public final class Connection implements FrameSink {
  private static final int OPCODE = 0x0f;
  private static final byte[] GOING_AWAY = {1001 >> 8, (byte) 1001};

  private final Channel channel;
  private final Lane lane;
  private final Manner manner;
  private final Calls calls = new Calls();
  private final Inbox inbox;
  private final ByteArrayOutputStream fragments = new ByteArrayOutputStream();
  private String ending = "1006 without a close frame";
  private volatile boolean leaving;

  Connection(Channel channel, Lane lane, Manner manner) {
    this.channel = channel;
    this.lane = lane;
    this.manner = manner;
    inbox = new Inbox(lane, calls);
  }

  Lane lane() {
    return lane;
  }

  Manner manner() {
    return manner;
  }

  /** Says what has to be said first; {@code welcomed} runs when calls are heard. */
  void greet(Runnable welcomed) {
    if (manner.greeting().isEmpty()) {
      welcomed.run();
    } else {
      inbox.whenWelcome(welcomed);
      send(ClientFrame.TEXT, manner.greeting().getBytes(StandardCharsets.UTF_8));
      flush();
    }
  }

  /** Sends events and acknowledgements to this receiver from now on. */
  public void receiver(Receiver receiver) {
    lane.loop().execute(() -> inbox.receiver(receiver));
  }

  /** Gives events to this one as well from now on, whole. */
  public void hearer(Hearer hearer) {
    lane.loop().execute(() -> inbox.hearer(hearer));
  }

  /** Calls a function; {@code read} runs on the event loop, see {@link Calls#call}. */
  public <T> CompletableFuture<T> call(
      String method, Map<String, ?> params, Function<JsonNode, T> read) {
    return calls.call(method, params, this::sendNow, read);
  }

  public CompletableFuture<JsonNode> call(String method, Map<String, ?> params) {
    return call(method, params, result -> result);
  }

  /** Queues a frame until {@link #flush}. */
  void send(int opcode, byte[] payload) {
    var _ = channel.write(ClientFrame.of(channel.alloc(), opcode, payload), channel.voidPromise());
  }

  private void sendNow(byte[] text) {
    String json = new String(text, StandardCharsets.UTF_8);
    send(ClientFrame.TEXT, manner.wrap(json).getBytes(StandardCharsets.UTF_8));
    flush();
  }

  void flush() {
    channel.flush();
  }

  /** Ends the connection from this side. */
  public void leave() {
    leaving = true;
    channel
        .writeAndFlush(ClientFrame.of(channel.alloc(), ClientFrame.CLOSE, GOING_AWAY))
        .addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void frame(int first, byte[] bytes, int from, int to) {
    switch (first & OPCODE) {
      case ClientFrame.TEXT, ClientFrame.CONTINUATION -> data(first, bytes, from, to);
      case ClientFrame.PING -> pong(Arrays.copyOfRange(bytes, from, to));
      case ClientFrame.CLOSE -> closing(bytes, from, to);
      default -> {}
    }
  }

  private void data(int first, byte[] bytes, int from, int to) {
    if ((first & ClientFrame.COMPRESSED) == 0) {
      text(first, bytes, from, to);
    } else {
      int length = lane.inflation().inflate(bytes, from, to);
      text(first, lane.inflation().plain(), 0, length);
    }
  }

  private void text(int first, byte[] bytes, int from, int to) {
    if ((first & ClientFrame.FINAL) == 0) {
      fragments.write(bytes, from, to - from);
    } else if (fragments.size() == 0) {
      inbox.text(bytes, from, to);
    } else {
      fragments.write(bytes, from, to - from);
      byte[] whole = fragments.toByteArray();
      fragments.reset();
      inbox.text(whole, 0, whole.length);
    }
  }

  private void pong(byte[] payload) {
    send(ClientFrame.PONG, payload);
    flush();
  }

  private void closing(byte[] bytes, int from, int to) {
    if (to - from >= 2) {
      int code = ((bytes[from] & 0xff) << 8) | (bytes[from + 1] & 0xff);
      String reason = new String(bytes, from + 2, to - from - 2, StandardCharsets.UTF_8);
      ending = (code + " " + reason).strip();
    }
    var _ = channel.close();
  }

  @Override
  public void broken(Throwable cause) {
    ending = "1006 " + cause;
  }

  @Override
  public void closed() {
    calls.fail(new LoadFailure("the server ended the connection: " + ending));
    if (!leaving) {
      inbox.receiver().lost(ending);
    }
  }
}

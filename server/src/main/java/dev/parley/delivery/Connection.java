package dev.parley.delivery;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One live socket. Everything is written on its event loop, so order is the order of the calls;
 * writes gather and leave together.
 */
public final class Connection {
  private final Channel channel;
  private final Gathering gathering;
  private final Map<String, Subscription> subscriptions = new ConcurrentHashMap<>(4);
  private volatile @Nullable SignedIn signedIn;
  private boolean gathered;

  /**
   * Whose socket it is.
   *
   * @param session by what the account is signed in
   * @param expiresAt when that ends by itself
   */
  public record SignedIn(String account, String session, Optional<Instant> expiresAt) {}

  Connection(Channel channel, Gathering gathering) {
    this.channel = channel;
    this.gathering = gathering;
  }

  public String id() {
    return channel.id().asShortText();
  }

  public Optional<SignedIn> signedIn() {
    return Optional.ofNullable(signedIn);
  }

  void signIn(SignedIn as) {
    signedIn = as;
  }

  /** By conversation. */
  Map<String, Subscription> subscriptions() {
    return subscriptions;
  }

  /** On the event loop: the socket takes more again, so lagging readers go on. */
  public void becameWritable() {
    subscriptions.values().forEach(Subscription::writable);
  }

  /** Sends what must arrive: a reply, an event of the account's own. May be called anywhere. */
  public void send(byte[] json) {
    onLoop(() -> write(encode(json)));
  }

  /** Sends this socket alone an event of the account's own. */
  public void tell(String type, Instant now, Object data) {
    send(Event.own(type, now, data));
  }

  /** Sends what may be lost: dropped if the reader lags. May be called anywhere. */
  void offer(byte[] json) {
    onLoop(() -> {
      if (isWritable()) {
        write(encode(json));
      }
    });
  }

  /** Says goodbye and closes, after what was written before. */
  public void close(CloseReason reason) {
    close(reason.code(), reason.words());
  }

  /** Closes with a code of RFC 6455 or of the contract. */
  public void close(int code, String words) {
    onLoop(() -> {
      if (channel.isActive()) {
        channel
            .writeAndFlush(new CloseWebSocketFrame(code, words))
            .addListener(io.netty.channel.ChannelFutureListener.CLOSE);
      }
    });
  }

  /** Runs on the event loop, at once if this is it. */
  public void onLoop(Runnable task) {
    EventLoop loop = loop();
    if (loop.inEventLoop()) {
      task.run();
    } else {
      loop.execute(task);
    }
  }

  EventLoop loop() {
    return channel.eventLoop();
  }

  /**
   * On the event loop: whether more can be written without piling it up here. A socket that is full
   * only because nothing was flushed yet is flushed first: that its reader is fast must not be
   * mistaken for lagging.
   */
  boolean isWritable() {
    if (!channel.isWritable()) {
      channel.flush();
    }
    return channel.isWritable();
  }

  boolean isOpen() {
    return channel.isActive();
  }

  ByteBuf encode(byte[] json) {
    return Frame.text(channel.alloc(), json);
  }

  /**
   * On the event loop: writes a buffer, which is released, and flushes it with what else is due.
   */
  void write(ByteBuf frame) {
    channel.write(frame, channel.voidPromise());
    if (!gathered) {
      gathered = true;
      gathering.add(this);
    }
  }

  /** On the event loop: lets everything written leave. */
  void flush() {
    gathered = false;
    channel.flush();
  }
}

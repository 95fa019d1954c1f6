package dev.parley.delivery;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.ssl.SslHandler;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One live socket. Everything is written on its event loop, so order is the order of the calls;
 * writes gather and leave together. Nothing is written after the close frame.
 */
public final class Connection {
  private final Channel channel;
  private final Gathering gathering;
  private final Form form;
  private final Map<String, Subscription> subscriptions = new ConcurrentHashMap<>(4);
  private volatile @Nullable SignedIn signedIn;
  private volatile @Nullable Consumer<byte[]> ear;
  private boolean gathered;
  private boolean closing;
  private int unanswered;
  private @Nullable CloseReason leaving;

  /**
   * Whose socket it is.
   *
   * @param session by what the account is signed in
   * @param expiresAt when that ends by itself
   */
  public record SignedIn(String account, String session, Optional<Instant> expiresAt) {}

  Connection(Channel channel, Gathering gathering, Form form) {
    this.channel = channel;
    this.gathering = gathering;
    this.form = form;
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
    subscriptions.values().forEach(Subscription::advance);
  }

  /** Has events heard by a dialect that has other words for them, on the event loop. */
  public void hear(Consumer<byte[]> newEar) {
    ear = newEar;
  }

  /** Sends an event that must arrive, before all that waits in a log. May be called anywhere. */
  void send(Payload event) {
    Consumer<byte[]> hearing = ear;
    if (hearing == null) {
      put(event);
    } else {
      onLoop(() -> hearing.accept(event.json()));
    }
  }

  private void put(Payload payload) {
    ByteBuf frame = encode(payload);
    onLoop(() -> write(frame));
  }

  private ByteBuf encode(Payload payload) {
    return Frame.text(channel.alloc(), List.of(payload), form);
  }

  /** On the event loop: a frame came that will be answered, be it with nothing. */
  public void asked() {
    unanswered++;
  }

  /** Answers a frame. May be called anywhere. */
  public void answer(Optional<byte[]> json) {
    Optional<ByteBuf> frame = json.map(reply -> encode(new Payload(reply)));
    onLoop(() -> {
      frame.ifPresent(this::write);
      unanswered--;
      leaveIfAnswered();
    });
  }

  /** Sends this socket alone an event of the account's own. */
  public void tell(String type, Instant now, Object data) {
    send(Event.own(type, now, data));
  }

  /** Sends a message of a dialect. May be called anywhere. */
  public void say(byte[] json) {
    put(new Payload(json));
  }

  /** Says goodbye once everything that was asked is answered. */
  void leave(CloseReason reason) {
    onLoop(() -> {
      leaving = reason;
      leaveIfAnswered();
    });
  }

  private void leaveIfAnswered() {
    if (leaving != null && unanswered == 0) {
      close(leaving);
    }
  }

  /** Says goodbye, after what was written before. */
  public void close(CloseReason reason) {
    close(reason.code(), reason.words());
  }

  /** Closes with a code of RFC 6455 or of the contract; the other side then ends the socket. */
  public void close(int code, String words) {
    onLoop(() -> sayGoodbye(new CloseWebSocketFrame(code, words)));
  }

  private void sayGoodbye(CloseWebSocketFrame goodbye) {
    if (closing) {
      goodbye.release();
    } else {
      closing = true;
      channel.writeAndFlush(goodbye, channel.voidPromise());
      channel.config().setAutoRead(true);
    }
  }

  /**
   * Closes because the other side broke the protocol. Its answer could not be read any more and is
   * not waited for (RFC 6455, 7.1.7).
   */
  public void fail(int code, String words) {
    onLoop(() -> {
      sayGoodbye(new CloseWebSocketFrame(code, words));
      channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> endOutput());
    });
  }

  /**
   * Ends our half of the TCP connection; the other half is read until the other side ends it, too,
   * or is given up. Ending both with something unread would reset the connection, and the goodbye
   * would be lost.
   */
  private void endOutput() {
    ChannelHandlerContext tls = channel.pipeline().context(SslHandler.class);
    if (tls == null) {
      ((DuplexChannel) channel).shutdownOutput();
    } else {
      ((SslHandler) tls.handler()).closeOutbound();
      tls.writeAndFlush(Unpooled.EMPTY_BUFFER)
          .addListener(written -> ((DuplexChannel) channel).shutdownOutput());
    }
  }

  /** On the event loop: the other side said goodbye; answers if need be, and ends the socket. */
  public void closed(CloseWebSocketFrame answer) {
    if (closing) {
      answer.release();
      channel.close();
    } else {
      closing = true;
      channel.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** On the event loop: whether nothing more is written or heard. */
  public boolean isClosing() {
    return closing;
  }

  /** On the event loop: whether requests are heard. */
  public boolean hears() {
    return !closing && leaving == null;
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

  Channel channel() {
    return channel;
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
    if (!closing && !channel.isWritable()) {
      channel.flush();
    }
    return !closing && channel.isWritable();
  }

  boolean isOpen() {
    return channel.isActive();
  }

  /** On the event loop: writes what others may be sent, too. */
  void write(Stretch stretch) {
    Consumer<byte[]> hearing = ear;
    if (hearing == null) {
      write(stretch.in(form, channel.alloc()));
    } else {
      stretch.events().forEach(hearing);
    }
  }

  /** Writes a buffer, which is released, and flushes it with what else is due. */
  private void write(ByteBuf frame) {
    if (closing) {
      frame.release();
      return;
    }
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

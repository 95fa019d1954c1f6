package dev.parley.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A stream of server-sent events. Whoever lets more than 1 MiB of it wait is cut off. May be used
 * on any thread; events leave in the order of the calls.
 */
public final class EventStream {
  private static final long MOST_WAITING = 1024 * 1024;
  private static final byte[] BEFORE = "data: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] AFTER = "\n\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

  private final Channel channel;
  private final AtomicBoolean open = new AtomicBoolean(true);
  private volatile Runnable ended = () -> {};

  EventStream(Channel channel) {
    this.channel = channel;
  }

  void whenEnded(Runnable action) {
    ended = action;
  }

  public boolean isOpen() {
    return open.get() && channel.isActive();
  }

  /** Has something done when the connection ends. */
  public void onGone(Runnable action) {
    channel.closeFuture().addListener(closed -> action.run());
  }

  /**
   * Sends one event.
   *
   * @param json without line breaks
   */
  public void send(byte[] json) {
    write(BEFORE, json, AFTER);
  }

  /** Sends nothing, so that those between see that the stream lives. */
  public void keepAlive() {
    write(COMMENT);
  }

  private void write(byte[]... parts) {
    channel
        .eventLoop()
        .execute(() -> {
          if (!isOpen()) {
            return;
          }
          if (channel.bytesBeforeWritable() > MOST_WAITING) {
            channel.close();
            return;
          }
          ByteBuf event = channel.alloc().buffer();
          for (byte[] part : parts) {
            event.writeBytes(part);
          }
          channel.writeAndFlush(new DefaultHttpContent(event), channel.voidPromise());
        });
  }

  /** Ends the stream; the connection stays. */
  public void end() {
    channel
        .eventLoop()
        .execute(() -> {
          if (open.compareAndSet(true, false) && channel.isActive()) {
            channel
                .writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
                .addListener(written -> ended.run());
          }
        });
  }
}

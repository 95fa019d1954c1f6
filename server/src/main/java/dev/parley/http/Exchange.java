package dev.parley.http;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** One request and the one answer that it gets. May be used on any thread. */
public final class Exchange {
  private static final String BEARER = "bearer ";

  private final FullHttpRequest request;
  private final byte[] body;
  private final String path;
  private final InetAddress client;
  private final String requestId;
  private final Channel channel;
  private final Replier replier;
  private final AtomicBoolean answered = new AtomicBoolean();

  /** How the front door sends what an exchange comes to. Called once, on any thread. */
  interface Replier {
    void whole(Answer answer);

    void begin(Map<String, String> headers, Consumer<Runnable> whenEnded);
  }

  Exchange(
      FullHttpRequest request,
      String path,
      InetAddress client,
      String requestId,
      Channel channel,
      Replier replier) {
    this.request = request;
    this.body = ByteBufUtil.getBytes(request.content());
    this.path = path;
    this.client = client;
    this.requestId = requestId;
    this.channel = channel;
    this.replier = replier;
  }

  public String method() {
    return request.method().name();
  }

  public String path() {
    return path;
  }

  public byte[] body() {
    return body;
  }

  public InetAddress client() {
    return client;
  }

  public String requestId() {
    return requestId;
  }

  /** A header's value; empty if it is absent. */
  public String header(String name) {
    return request.headers().get(name, "");
  }

  /** The token of the Authorization header; a cookie does not count here. */
  public Optional<String> bearer() {
    String authorization = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
    return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? Optional.of(authorization.substring(BEARER.length()).strip())
        : Optional.empty();
  }

  /** Whether the connection of the request still stands. */
  public boolean isOpen() {
    return channel.isActive();
  }

  /** Has something done when the connection of the request ends. */
  public void onGone(Runnable action) {
    channel.closeFuture().addListener(closed -> action.run());
  }

  /** Answers as a whole. What comes after the first answer is nothing. */
  public void answer(Answer answer) {
    if (answered.compareAndSet(false, true)) {
      replier.whole(answer);
    }
  }

  /**
   * Begins to answer by a stream of events.
   *
   * @throws IllegalStateException if the request was answered already
   */
  public EventStream stream(Map<String, String> headers) {
    if (!answered.compareAndSet(false, true)) {
      throw new IllegalStateException("answered already");
    }
    EventStream stream = new EventStream(channel);
    replier.begin(headers, stream::whenEnded);
    return stream;
  }
}

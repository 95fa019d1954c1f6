package dev.parley.http;

import dev.parley.wire.ErrorCode;
import dev.parley.wire.Failure;
import dev.parley.wire.Ids;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long a client may take: for its first request with the TLS handshake before it, for each
 * request from the first byte to the last, between requests, and to take its answers. While it is
 * our turn to answer, no time is counted.
 */
final class Patience extends ChannelDuplexHandler implements Vigil.Watched {
  private static final Duration STUCK = Duration.ofSeconds(75);

  private final Vigil vigil;
  private final Seats.Seat seat;
  private final Ids ids;
  private final boolean secure;
  private @Nullable ChannelHandlerContext context;
  private Waiting waiting = Waiting.FOR_THE_FIRST;
  private Instant since;
  private boolean decoded;
  private boolean informs;
  private boolean over;
  private int unanswered;
  private long untaken;

  /** What a client is waited for, and for how long at most. */
  private enum Waiting {
    FOR_THE_FIRST(20),
    FOR_ANOTHER(75),
    FOR_THE_HEAD(20),
    FOR_THE_BODY(60);

    private final Duration limit;

    Waiting(int seconds) {
      this.limit = Duration.ofSeconds(seconds);
    }
  }

  Patience(Vigil vigil, Seats.Seat seat, Ids ids, boolean secure) {
    this.vigil = vigil;
    this.seat = seat;
    this.ids = ids;
    this.secure = secure;
    this.since = vigil.now();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    vigil.begin(added.channel().eventLoop(), this);
  }

  /** The connection has ended, or has become a socket. */
  @Override
  public void handlerRemoved(ChannelHandlerContext removed) {
    vigil.end(removed.channel().eventLoop(), this);
    seat.leave();
  }

  @Override
  public void channelRead(ChannelHandlerContext here, Object message) {
    if (over) {
      ReferenceCountUtil.release(message);
      return;
    }
    decoded = true;
    if (message instanceof HttpRequest) {
      waiting = Waiting.FOR_THE_BODY;
    }
    if (message instanceof LastHttpContent) {
      unanswered++;
      waitAnew(Waiting.FOR_ANOTHER);
    }
    here.fireChannelRead(message);
  }

  /** Bytes that are no whole head yet leave no other trace here. */
  @Override
  public void channelReadComplete(ChannelHandlerContext here) {
    if (!decoded && !shakesHands(here)) {
      switch (waiting) {
        case FOR_THE_FIRST -> waiting = Waiting.FOR_THE_HEAD;
        case FOR_ANOTHER -> waitAnew(Waiting.FOR_THE_HEAD);
        case FOR_THE_HEAD, FOR_THE_BODY -> {}
      }
    }
    decoded = false;
    here.fireChannelReadComplete();
  }

  private static boolean shakesHands(ChannelHandlerContext here) {
    SslHandler tls = here.pipeline().get(SslHandler.class);
    return tls != null && !tls.handshakeFuture().isSuccess();
  }

  private void waitAnew(Waiting next) {
    waiting = next;
    since = vigil.now();
  }

  @Override
  public void write(ChannelHandlerContext here, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse response) {
      informs = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }
    ChannelPromise written = promise;
    if (message instanceof LastHttpContent && !informs) {
      written = promise.unvoid().addListener(done -> answered());
    }
    here.write(message, written);
  }

  private void answered() {
    unanswered = Math.max(0, unanswered - 1);
    since = vigil.now();
  }

  @Override
  public void look(Instant now) {
    if (context == null || over) {
      return;
    }
    if (unanswered > 0) {
      lookWhetherItTakes(context, now);
    } else if (isOver(now, waiting.limit)) {
      giveUp(context);
    }
  }

  private boolean isOver(Instant now, Duration limit) {
    return !now.isBefore(since.plus(limit));
  }

  private void lookWhetherItTakes(ChannelHandlerContext here, Instant now) {
    ChannelOutboundBuffer buffer = here.channel().unsafe().outboundBuffer();
    long left = buffer == null ? 0 : buffer.totalPendingWriteBytes() - buffer.currentProgress();
    if (left == 0 || left != untaken) {
      untaken = left;
      since = now;
    } else if (isOver(now, STUCK)) {
      here.close();
    }
  }

  /** Whoever has begun to ask is told; to others it would be the answer to what they ask next. */
  private void giveUp(ChannelHandlerContext here) {
    over = true;
    switch (waiting) {
      case FOR_THE_FIRST, FOR_ANOTHER -> here.close();
      case FOR_THE_HEAD, FOR_THE_BODY -> LastWord.say(here, tooSlow(), secure);
    }
  }

  private Answer tooSlow() {
    String message = "A request must be whole within " + waiting.limit.toSeconds() + " seconds";
    return Problems.of(new Failure(ErrorCode.INVALID_REQUEST, message, Map.of(), ids.next()), 408);
  }
}

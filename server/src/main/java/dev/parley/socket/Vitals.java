package dev.parley.socket;

import dev.parley.delivery.CloseReason;
import dev.parley.delivery.Connection;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Whether a socket is alive, signed in and reading. Confined to its event loop. */
final class Vitals {
  private static final Duration SIGN_IN = Duration.ofSeconds(10);
  private static final Duration PING_EVERY = Duration.ofSeconds(25);
  private static final Duration PONG_WITHIN = Duration.ofSeconds(8);
  private static final Duration SLOW_FOR = Duration.ofSeconds(10);
  private static final Duration GOODBYE_WITHIN = Duration.ofSeconds(5);
  private static final long SLOW_BYTES = 1024 * 1024;

  private final Channel channel;
  private final Connection connection;
  private final Instant opened;
  private final BooleanSupplier memoryIsShort;
  private Instant pinged;
  private @Nullable Instant slowSince;
  private @Nullable Instant closingSince;
  private boolean awaitsPong;

  /**
   * @param memoryIsShort whether no reader that lags can be kept
   */
  Vitals(Channel channel, Connection connection, Instant now, BooleanSupplier memoryIsShort) {
    this.memoryIsShort = memoryIsShort;
    this.channel = channel;
    this.connection = connection;
    this.opened = now;
    this.pinged = now;
  }

  /** A frame came. Behind a long line of requests the pong itself may have to wait to be read. */
  void signOfLife() {
    awaitsPong = false;
  }

  /** Ends a socket that was told goodbye a while ago and neither answers nor goes. */
  void endIfLeft(Instant now) {
    if (closingSince == null) {
      closingSince = now;
    }
    if (isOver(closingSince, GOODBYE_WITHIN, now)) {
      channel.close();
    }
  }

  /**
   * Why the socket must be closed now, if it must; pings it when that is due.
   *
   * @param now by the clock that deadlines are counted by, which does not go back
   * @param date by the clock that sessions end by
   * @param full whether it is not read because of too many requests, so that no pong can be heard
   */
  Optional<CloseReason> diagnosis(Instant now, Instant date, boolean full) {
    if (connection.signedIn().isEmpty() && isOver(opened, SIGN_IN, now)) {
      return Optional.of(CloseReason.NOT_SIGNED_IN);
    }
    if (isExpired(date)) {
      return Optional.of(CloseReason.SESSION_ENDED);
    }
    if (isSlow(now)) {
      return Optional.of(CloseReason.SLOW);
    }
    if (full) {
      pinged = now;
    }
    if (awaitsPong && isOver(pinged, PONG_WITHIN, now)) {
      return Optional.of(CloseReason.NO_PONG);
    }
    if (!awaitsPong && isOver(pinged, PING_EVERY, now)) {
      pinged = now;
      awaitsPong = true;
      channel.writeAndFlush(new PingWebSocketFrame(), channel.voidPromise());
    }
    return Optional.empty();
  }

  private boolean isExpired(Instant date) {
    return connection
        .signedIn()
        .flatMap(Connection.SignedIn::expiresAt)
        .map(end -> !date.isBefore(end))
        .orElse(false);
  }

  private boolean isSlow(Instant now) {
    ChannelOutboundBuffer unwritten = channel.unsafe().outboundBuffer();
    if (unwritten == null || unwritten.totalPendingWriteBytes() <= SLOW_BYTES) {
      slowSince = null;
      return false;
    }
    if (slowSince == null) {
      slowSince = now;
    }
    return memoryIsShort.getAsBoolean() || isOver(slowSince, SLOW_FOR, now);
  }

  private static boolean isOver(Instant since, Duration limit, Instant now) {
    return !now.isBefore(since.plus(limit));
  }
}

package dev.parley.socket;

import dev.parley.calls.Admission;
import dev.parley.calls.Caller;
import dev.parley.calls.Dispatcher;
import dev.parley.calls.RateLimits;
import dev.parley.delivery.CloseReason;
import dev.parley.delivery.Connection;
import dev.parley.delivery.Connections;
import dev.parley.delivery.Deflation;
import dev.parley.functions.Json;
import dev.parley.http.UpgradeDoor;
import dev.parley.http.Vigil;
import dev.parley.wire.ErrorCode;
import dev.parley.wire.Failure;
import dev.parley.wire.Ids;
import dev.parley.wire.Refusal;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/** Answers handshakes and puts a {@link SocketHandler} behind each. */
public final class SocketDoor implements UpgradeDoor {
  /** The largest frame and message, in bytes. */
  public static final int MAX_MESSAGE = 1024 * 1024;

  private final Map<String, Dialects> paths;
  private final Admission admission;
  private final Connections connections;
  private final SocketHandler.Surroundings surroundings;
  private final Optional<Deflation> deflation;
  private final Places places;
  private final Executor virtualThreads;
  private final Ids ids;

  /**
   * @param paths what is spoken where
   * @param memoryIsShort whether no new socket is to be taken, and no reader that lags to be kept
   */
  public SocketDoor(
      SocketSettings settings,
      Optional<Deflation> deflation,
      Map<String, Dialects> paths,
      Admission admission,
      Connections connections,
      BooleanSupplier memoryIsShort,
      Executor virtualThreads,
      Ids ids,
      InstantSource clock) {
    this.paths = paths;
    this.admission = admission;
    this.connections = connections;
    this.deflation = deflation;
    this.places = new Places(settings, memoryIsShort);
    this.virtualThreads = virtualThreads;
    this.ids = ids;
    this.surroundings =
        new SocketHandler.Surroundings(connections, new Vigil(clock), clock, memoryIsShort);
  }

  /** Functions by JSON-RPC, and events. */
  public static Dialect.Speaker jsonRpc(
      Dispatcher dispatcher,
      Admission admission,
      RateLimits limits,
      Executor virtualThreads,
      Ids ids) {
    Functions functions = new Functions(dispatcher);
    return jsonRpc(connection -> functions, admission, limits, virtualThreads, ids);
  }

  /** Other calls by JSON-RPC. */
  public static Dialect.Speaker jsonRpc(
      Answering.Maker answering,
      Admission admission,
      RateLimits limits,
      Executor virtualThreads,
      Ids ids) {
    Requests.Surroundings all = new Requests.Surroundings(admission, limits, virtualThreads, ids);
    return (connection, client, channel) ->
        new Requests(all, answering.on(connection), connection, client, channel);
  }

  @Override
  public boolean knows(String path) {
    return paths.containsKey(path);
  }

  @Override
  public void upgrade(
      ChannelHandlerContext context,
      FullHttpRequest request,
      String path,
      InetAddress client,
      Optional<String> token) {
    Channel channel = context.channel();
    Dialects dialects = paths.getOrDefault(path, Dialects.NONE);
    Optional<Dialects.Choice> choice =
        dialects.choose(request.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL));
    if (choice.isEmpty()) {
      refuse(channel, dialects.misfit());
      return;
    }
    Optional<Handshake> handshake = Handshake.of(request, choice.get(), deflation);
    if (handshake.isEmpty()) {
      WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(channel)
          .addListener(ChannelFutureListener.CLOSE);
      return;
    }
    // It may stand in a list (RFC 9110, 7.8), of which Netty's handshaker knows nothing.
    request.headers().set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
    channel.config().setAutoRead(false);
    try {
      Places.Place place = places.take(client, token.isPresent());
      channel.closeFuture().addListener(closed -> place.leave());
      if (token.isEmpty()) {
        open(channel, request, client, handshake.get(), place, Optional.empty());
      } else {
        authenticate(channel, request, client, handshake.get(), place, token.get());
      }
    } catch (Refusal full) {
      refuse(channel, full);
    }
  }

  private void authenticate(
      Channel channel,
      FullHttpRequest request,
      InetAddress client,
      Handshake handshake,
      Places.Place place,
      String token) {
    request.retain();
    virtualThreads.execute(() -> {
      try {
        Caller caller = admission.authenticate(token);
        connections.admit(channel, caller.signedIn().account());
        channel
            .eventLoop()
            .execute(() -> {
              open(channel, request, client, handshake, place, Optional.of(caller));
              request.release();
            });
      } catch (Refusal unwelcome) {
        request.release();
        channel.eventLoop().execute(() -> refuse(channel, unwelcome));
      } catch (RuntimeException bug) {
        request.release();
        channel.close();
        throw bug;
      }
    });
  }

  private void open(
      Channel channel,
      FullHttpRequest request,
      InetAddress client,
      Handshake handshake,
      Places.Place place,
      Optional<Caller> caller) {
    if (!channel.isActive()) {
      return;
    }
    Instant now = surroundings.vigil().now();
    try {
      removeHttp(channel.pipeline());
      handshake
          .answer(channel, request)
          .addListener(done -> {
            if (done.isSuccess()) {
              opened(channel, handshake, client, place, caller, now);
            } else {
              channel.close();
            }
          });
    } catch (WebSocketHandshakeException malformed) {
      refuse(
          channel,
          new Refusal(ErrorCode.INVALID_REQUEST, String.valueOf(malformed.getMessage()), Map.of()));
    }
  }

  private static void removeHttp(ChannelPipeline pipeline) {
    pipeline.remove(HttpServerKeepAliveHandler.class);
    pipeline.remove(HttpObjectAggregator.class);
  }

  private void opened(
      Channel channel,
      Handshake handshake,
      InetAddress client,
      Places.Place place,
      Optional<Caller> caller,
      Instant now) {
    ChannelPipeline pipeline = channel.pipeline();
    pipeline.removeLast();
    Connection connection = connections.opened(channel, handshake.form());
    SocketHandler handler =
        new SocketHandler(
            surroundings, handshake.speaker(), connection, client, place::signedIn, now);
    if (handshake.isCompressed()) {
      pipeline.addLast(new Inflation());
    }
    pipeline.addLast(new FragmentLimit());
    pipeline.addLast(new Utf8FrameValidator(false));
    pipeline.addLast(new WebSocketFrameAggregator(MAX_MESSAGE));
    pipeline.addLast(handler);
    caller.ifPresent(known -> signIn(connection, known));
    channel.config().setAutoRead(true);
  }

  private void signIn(Connection connection, Caller caller) {
    connections.signIn(connection, caller.signedIn());
    virtualThreads.execute(() -> {
      try {
        admission.current(caller.signedIn());
      } catch (Refusal refusal) {
        if (refusal.code() == ErrorCode.UNAUTHENTICATED) {
          connection.close(CloseReason.SESSION_ENDED);
        }
      }
    });
  }

  private void refuse(Channel channel, Refusal refusal) {
    Failure failure = new Failure(refusal.code(), refusal.getMessage(), refusal.data(), ids.next());
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(refusal.code().status()),
            Unpooled.wrappedBuffer(Json.MAPPER.writeValueAsBytes(failure.asProblem())));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "application/problem+json")
        .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    if (refusal.data().get("retryAfterMs") instanceof Long millis) {
      response.headers().set(HttpHeaderNames.RETRY_AFTER, Math.ceilDiv(millis, 1_000L));
    }
    channel.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }
}

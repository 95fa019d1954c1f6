package dev.parley.http;

import dev.parley.wire.ErrorCode;
import dev.parley.wire.Failure;
import dev.parley.wire.Ids;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what a request is: a socket, a call of the API, something to look at, or a stranger. One
 * request of a connection is answered before the next one is read.
 */
final class FrontDoor extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);
  private static final String API = "/api/";

  private static final int MOST_WAITING = 8;

  private final Doors doors;
  private final Queue<FullHttpRequest> waiting = new ArrayDeque<>();
  private boolean busy;

  /** What lies behind the front door, shared by all its channels. */
  record Doors(
      Guard guard,
      ClientAddress addresses,
      Credentials credentials,
      UpgradeDoor sockets,
      StreamingDoor streams,
      Rest rest,
      Map<String, Resource> resources,
      Assets assets,
      Executor virtualThreads,
      Ids ids,
      boolean secure) {}

  FrontDoor(Doors doors) {
    this.doors = doors;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    if (busy) {
      waiting.add(request.retain());
      context.channel().config().setAutoRead(waiting.size() < MOST_WAITING);
    } else {
      busy = true;
      begin(context, request);
    }
  }

  private void next(ChannelHandlerContext context) {
    context.channel().config().setAutoRead(true);
    FullHttpRequest request = waiting.poll();
    busy = request != null;
    if (request != null) {
      begin(context, request);
      request.release();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    waiting.forEach(FullHttpRequest::release);
    waiting.clear();
    context.fireChannelInactive();
  }

  private void begin(ChannelHandlerContext context, FullHttpRequest request) {
    String requestId = doors.ids().next();
    if (!request.decoderResult().isSuccess()) {
      reply(
          context, request, problem(ErrorCode.INVALID_REQUEST, "This is not HTTP/1.1", requestId));
      return;
    }
    Optional<String> objection = doors.guard().objection(request);
    if (objection.isPresent()) {
      reply(context, request, problem(ErrorCode.FORBIDDEN, objection.get(), requestId));
      return;
    }
    route(context, request, requestId);
  }

  private void route(ChannelHandlerContext context, FullHttpRequest request, String requestId) {
    Optional<String> decoded = path(request);
    if (decoded.isEmpty()) {
      reply(
          context, request, problem(ErrorCode.INVALID_REQUEST, "The path is malformed", requestId));
      return;
    }
    String path = decoded.get();
    InetAddress client = doors.addresses().of(context.channel(), request);
    Optional<String> token = doors.credentials().token(request);
    if (doors.sockets().knows(path) && asksForSocket(request)) {
      context.pipeline().remove(Patience.class);
      doors.sockets().upgrade(context, request, path, client, token);
    } else if (path.startsWith(API) && !doors.resources().containsKey(path)) {
      callApi(context, request, path.substring(API.length() - 1), client, token, requestId);
    } else if (doors.streams().knows(path)) {
      serve(context, request, path, client, requestId);
    } else if (doors.sockets().knows(path)) {
      reply(context, request, wantsSocket(requestId));
    } else {
      elsewhere(context, request, requestId, () -> look(request, path, requestId));
    }
  }

  private void serve(
      ChannelHandlerContext context,
      FullHttpRequest request,
      String path,
      InetAddress client,
      String requestId) {
    if (request.method().equals(HttpMethod.OPTIONS)) {
      reply(context, request, Answer.empty(204));
      return;
    }
    Exchange exchange =
        new Exchange(
            request, path, client, requestId, context.channel(), replier(context, request));
    request.retain();
    doors
        .virtualThreads()
        .execute(() -> {
          try {
            doors.streams().serve(exchange);
          } catch (RuntimeException | StackOverflowError bug) {
            LOG.atError()
                .addKeyValue("requestId", requestId)
                .setCause(bug)
                .log("a request failed unexpectedly");
            exchange.answer(
                problem(ErrorCode.INTERNAL_ERROR, "Something went wrong here", requestId));
          } finally {
            request.release();
          }
        });
  }

  private Exchange.Replier replier(ChannelHandlerContext context, FullHttpRequest request) {
    return new Exchange.Replier() {
      @Override
      public void whole(Answer answer) {
        request.retain();
        context
            .executor()
            .execute(() -> {
              reply(context, request, answer);
              request.release();
            });
      }

      @Override
      public void begin(Map<String, String> headers, Consumer<Runnable> whenEnded) {
        whenEnded.accept(() -> next(context));
        context.executor().execute(() -> beginStream(context, request, headers));
      }
    };
  }

  private void beginStream(
      ChannelHandlerContext context, FullHttpRequest request, Map<String, String> headers) {
    HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream")
        .set(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.IDENTITY)
        .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED)
        .set("X-Accel-Buffering", "no");
    headers.forEach(response.headers()::set);
    SecurityHeaders.add(response, doors.secure());
    Cors.add(response, doors.guard().listedOrigin(request), request);
    context.writeAndFlush(response, context.voidPromise());
  }

  private static Optional<String> path(FullHttpRequest request) {
    try {
      return Optional.of(new QueryStringDecoder(request.uri()).path());
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static boolean asksForSocket(FullHttpRequest request) {
    return request
        .headers()
        .containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
  }

  private static Answer wantsSocket(String requestId) {
    return problem(
            ErrorCode.INVALID_REQUEST, "A WebSocket handshake is wanted here", requestId, 426)
        .with("Upgrade", "websocket");
  }

  private void callApi(
      ChannelHandlerContext context,
      FullHttpRequest request,
      String path,
      InetAddress client,
      Optional<String> token,
      String requestId) {
    if (request.method().equals(HttpMethod.OPTIONS)) {
      reply(context, request, Answer.empty(204));
      return;
    }
    Rest.Asked asked = new Rest.Asked(request, path, client, token, requestId);
    elsewhere(context, request, requestId, () -> doors.rest().answer(asked));
  }

  /** Has the answer worked out where it may take its time, which the event loop must not. */
  private void elsewhere(
      ChannelHandlerContext context,
      FullHttpRequest request,
      String requestId,
      Supplier<Answer> work) {
    request.retain();
    doors
        .virtualThreads()
        .execute(() -> {
          Answer answer = guarded(work, requestId);
          context
              .executor()
              .execute(() -> {
                reply(context, request, answer);
                request.release();
              });
        });
  }

  private static Answer guarded(Supplier<Answer> work, String requestId) {
    try {
      return work.get();
    } catch (RuntimeException | StackOverflowError bug) {
      LOG.atError()
          .addKeyValue("requestId", requestId)
          .setCause(bug)
          .log("a request failed unexpectedly");
      return problem(ErrorCode.INTERNAL_ERROR, "Something went wrong here", requestId);
    }
  }

  private Answer look(FullHttpRequest request, String path, String requestId) {
    Optional<Resource> resource =
        Optional.ofNullable(doors.resources().get(path)).or(() -> doors.assets().find(path));
    if (resource.isEmpty()) {
      return problem(ErrorCode.NOT_FOUND, "There is nothing at this path", requestId);
    }
    if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
      return problem(ErrorCode.INVALID_REQUEST, "Only GET is known here", requestId, 405)
          .with("Allow", "GET");
    }
    return Etags.conditional(request, resource.get().get());
  }

  private static Answer problem(ErrorCode code, String message, String requestId) {
    return problem(code, message, requestId, code.status());
  }

  private static Answer problem(ErrorCode code, String message, String requestId, int status) {
    return Problems.of(new Failure(code, message, Map.of(), requestId), status);
  }

  private void reply(ChannelHandlerContext context, FullHttpRequest request, Answer answer) {
    FullHttpResponse response = answer.asResponse();
    if (request.method().equals(HttpMethod.HEAD)) {
      response = response.replace(io.netty.buffer.Unpooled.EMPTY_BUFFER);
    }
    SecurityHeaders.add(response, doors.secure());
    Cors.add(response, doors.guard().listedOrigin(request), request);
    context.writeAndFlush(response).addListener(written -> next(context));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    switch (cause) {
      case IOException gone -> {}
      // Whatever a stranger sends: no reason to fill the log with it.
      case CodecException malformed -> LOG.debug("a connection could not be read", malformed);
      default -> LOG.warn("a request could not be handled", cause);
    }
    context.close();
  }
}

package dev.parley.mcp;

import dev.parley.calls.Caller;
import dev.parley.calls.RateLimits;
import dev.parley.delivery.CloseReason;
import dev.parley.delivery.Connection;
import dev.parley.functions.Json;
import dev.parley.socket.Dialect;
import dev.parley.socket.Serially;
import dev.parley.wire.ErrorCode;
import dev.parley.wire.Ids;
import dev.parley.wire.Refusal;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * MCP on a socket, one message a frame, in both revisions. What a session keeps is kept as long as
 * the socket stands. Messages are taken in the order sent; requests then run beside each other.
 */
public final class McpSocket implements Dialect, Outlet {
  private static final int MOST_WAITING = 64;

  private final Surroundings around;
  private final Connection connection;
  private final InetAddress client;
  private final Channel channel;
  private final RateLimits.Allowance allowance;
  private final Serially inOrder;
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile Session session;
  private volatile boolean initialized;

  /** What all sockets share. */
  private record Surroundings(
      Reception reception,
      RateLimits limits,
      Executor virtualThreads,
      Ids ids,
      InstantSource clock) {}

  private McpSocket(
      Surroundings around, Connection connection, InetAddress client, Channel channel) {
    this.around = around;
    this.connection = connection;
    this.client = client;
    this.channel = channel;
    this.allowance = around.limits().allowance();
    this.inOrder = new Serially(around.virtualThreads());
    this.session = begin(Json.MAPPER.createObjectNode());
  }

  /** What is spoken with whoever offers the subprotocol {@code mcp}. */
  public static Dialect.Speaker speaker(
      Reception reception,
      RateLimits limits,
      Executor virtualThreads,
      Ids ids,
      InstantSource clock) {
    Surroundings around = new Surroundings(reception, limits, virtualThreads, ids, clock);
    return (connection, client, channel) -> {
      McpSocket socket = new McpSocket(around, connection, client, channel);
      connection.hear(event -> {});
      channel.closeFuture().addListener(closed -> socket.session.end());
      return socket;
    };
  }

  private Session begin(ObjectNode capabilities) {
    Session fresh = new Session("", "", capabilities, around.clock().instant());
    fresh.outlet(this);
    return fresh;
  }

  @Override
  public void text(byte[] utf8) {
    connection.asked();
    waiting.incrementAndGet();
    regulate();
    inOrder.execute(() -> {
      take(utf8);
      if (waiting.decrementAndGet() == MOST_WAITING / 2) {
        connection.onLoop(this::regulate);
      }
    });
  }

  @Override
  public void binary(byte[] bytes) {
    connection.close(1003, "text frames only");
  }

  @Override
  public void regulate() {
    channel.config().setAutoRead(connection.isClosing() || (!isFull() && channel.isWritable()));
  }

  @Override
  public boolean isFull() {
    return waiting.get() >= MOST_WAITING;
  }

  @Override
  public void send(ObjectNode message) {
    connection.say(Json.MAPPER.writeValueAsBytes(message));
  }

  @Override
  public boolean isOpen() {
    return channel.isActive();
  }

  private void answer(ObjectNode message) {
    connection.answer(Optional.of(Json.MAPPER.writeValueAsBytes(message)));
  }

  private void answerNothing() {
    connection.answer(Optional.empty());
  }

  private void take(byte[] utf8) {
    try {
      switch (Message.read(utf8)) {
        case Message.Request request -> take(request);
        case Message.Notification notification -> {
          session.hear(notification);
          answerNothing();
        }
        case Message.Response response -> {
          session.hear(response);
          answerNothing();
        }
      }
    } catch (Fault unreadable) {
      answer(Message.error(MissingNode.getInstance(), unreadable.asError()));
    }
  }

  private void take(Message.Request request) {
    String requestId = around.ids().next();
    try {
      allowance.take();
      Visitor visitor = around.reception().welcome(requestId, caller(), client);
      if (Revisions.isModern("", request.params())) {
        Modern.check(request);
        run(visitor, request, Modern.running(request, this), this::modern);
      } else if (request.method().equals("initialize")) {
        initialize(visitor, request);
      } else {
        checkInitialized(request);
        Optional<Level> level = Optional.of(session.level());
        run(visitor, request, new Running(this, request.params(), level), this::legacy);
      }
    } catch (RuntimeException failure) {
      fail(request, requestId, failure);
    }
  }

  /** Comes to the message that answers; to none if the request was taken back, or goes on. */
  private interface Work {
    Optional<ObjectNode> answer(
        Session within, Visitor visitor, Message.Request request, Running running);
  }

  private void run(Visitor visitor, Message.Request request, Running running, Work work) {
    Session within = session;
    within.begin(request.id(), running);
    around
        .virtualThreads()
        .execute(() -> {
          try {
            work.answer(within, visitor, request, running)
                .ifPresentOrElse(this::answer, this::answerNothing);
          } catch (RuntimeException | StackOverflowError failure) {
            fail(request, visitor.requestId(), failure);
          } finally {
            within.done(request.id());
          }
        });
  }

  private void fail(Message.Request request, String requestId, Throwable failure) {
    answer(Message.error(request.id(), Fault.of(failure, requestId).asError()));
  }

  private void checkInitialized(Message.Request request) {
    if (!initialized && !request.method().equals("ping")) {
      throw Fault.invalidRequest("initialize first, or bring _meta along");
    }
  }

  private void initialize(Visitor visitor, Message.Request request) {
    ObjectNode welcome = new Legacy(visitor.surface()).welcome(request.params());
    Session before = session;
    session = begin(Methods.object(request.params(), "capabilities"));
    initialized = true;
    before.end();
    answer(Message.result(request.id(), welcome));
  }

  private Optional<ObjectNode> legacy(
      Session within, Visitor visitor, Message.Request request, Running running) {
    return new Legacy(visitor.surface()).answer(within, visitor, request, running);
  }

  private Optional<ObjectNode> modern(
      Session within, Visitor visitor, Message.Request request, Running running) {
    Modern modern = around.reception().modern();
    Asked asked = modern.asked(visitor, request, running);
    if (request.method().equals("subscriptions/listen")) {
      within.watch(request.id(), Listening.begin(visitor.surface(), request, asked, this));
      if (running.isCancelled()) {
        within.unwatch(request.id());
      }
      return Optional.empty();
    }
    ObjectNode result = modern.answer(visitor.surface(), request, asked);
    return running.isCancelled()
        ? Optional.empty()
        : Optional.of(Message.result(request.id(), result));
  }

  /** Whoever the socket is signed in as, as of now; nobody if it came without a token. */
  private Optional<Caller> caller() {
    try {
      return connection.signedIn().map(around.reception().admission()::current);
    } catch (Refusal refusal) {
      if (refusal.code() == ErrorCode.UNAUTHENTICATED) {
        connection.close(CloseReason.SESSION_ENDED);
      }
      throw refusal;
    }
  }
}

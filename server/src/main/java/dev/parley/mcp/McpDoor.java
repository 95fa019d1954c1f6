package dev.parley.mcp;

import dev.parley.calls.Caller;
import dev.parley.calls.RateLimits;
import dev.parley.functions.Json;
import dev.parley.http.Answer;
import dev.parley.http.EventStream;
import dev.parley.http.Exchange;
import dev.parley.http.StreamingDoor;
import dev.parley.wire.ErrorCode;
import dev.parley.wire.Refusal;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers on {@code /mcp} in both revisions: a request that brings its metadata along is one of
 * 2026-07-28; {@code initialize} and whatever bears a session is older.
 */
public final class McpDoor implements StreamingDoor {
  private static final String PATH = "/mcp";
  private static final String SESSION = "Mcp-Session-Id";
  private static final String VERSION = "MCP-Protocol-Version";

  private final Reception reception;
  private final RateLimits limits;
  private final ProtectedResource resource;
  private final Sessions sessions;
  private final OpenStreams streams;

  public McpDoor(
      Reception reception, RateLimits limits, ProtectedResource resource, InstantSource clock) {
    this.reception = reception;
    this.limits = limits;
    this.resource = resource;
    this.sessions = new Sessions(clock);
    this.streams = new OpenStreams(clock);
  }

  @Override
  public boolean knows(String path) {
    return path.equals(PATH) || resource.knows(path);
  }

  /** Keeps streams alive and ends what nobody uses or may use; to be called every few seconds. */
  public void look() {
    streams.look();
    sessions.sweep();
  }

  /** Ends streams whose tokens have expired; to be called a few times a second. */
  public void endOver() {
    streams.endOver();
  }

  /**
   * Ends the streams of somebody whose right to them has ended.
   *
   * @param session by what they were signed in; empty for all of the account
   */
  public void ended(String account, Optional<String> session) {
    streams.end(account, session);
  }

  /** Ends all streams. */
  public void close() {
    streams.endAll();
  }

  @Override
  public void serve(Exchange exchange) {
    if (resource.knows(exchange.path())) {
      exchange.answer(resource.metadata(exchange));
      return;
    }
    try {
      Visitor visitor = visitor(exchange);
      switch (exchange.method()) {
        case "POST" -> post(visitor, exchange);
        case "GET" -> listen(visitor, exchange);
        case "DELETE" -> leave(visitor, exchange);
        default -> exchange.answer(Answer.empty(405).with("Allow", "GET, POST, DELETE"));
      }
    } catch (Fault fault) {
      refuse(exchange, fault);
    } catch (Refusal refusal) {
      refuse(exchange, refusal);
    }
  }

  private Visitor visitor(Exchange exchange) {
    Optional<Caller> caller = exchange.bearer().map(reception.admission()::authenticate);
    limits.check(caller, exchange.client());
    return reception.welcome(exchange.requestId(), caller, exchange.client());
  }

  private static void refuse(Exchange exchange, Fault fault) {
    ObjectNode error = Message.error(MissingNode.getInstance(), fault.asError());
    exchange.answer(Answer.json(fault.status(), Json.MAPPER.writeValueAsBytes(error)));
  }

  private void refuse(Exchange exchange, Refusal refusal) {
    ObjectNode error = Message.error(MissingNode.getInstance(), Fault.of(refusal).asError());
    Answer answer = Answer.json(refusal.code().status(), Json.MAPPER.writeValueAsBytes(error));
    if (refusal.data().get("retryAfterMs") instanceof Long millis) {
      answer = answer.with("Retry-After", Long.toString(Math.ceilDiv(millis, 1_000L)));
    }
    exchange.answer(
        refusal.code() == ErrorCode.UNAUTHENTICATED
            ? answer.with("WWW-Authenticate", resource.challenge(exchange))
            : answer);
  }

  private void post(Visitor visitor, Exchange exchange) {
    String type = exchange.header("Content-Type").split(";", 2)[0].strip();
    if (!type.equalsIgnoreCase(Answer.JSON)) {
      exchange.answer(Answer.text(415, "Content-Type must be application/json\n"));
      return;
    }
    switch (Message.read(exchange.body())) {
      case Message.Request request -> request(visitor, exchange, request);
      case Message.Notification notification -> hear(visitor, exchange, notification);
      case Message.Response response -> {
        session(visitor, exchange).hear(response);
        exchange.answer(Answer.empty(202));
      }
    }
  }

  private void hear(Visitor visitor, Exchange exchange, Message.Notification notification) {
    if (!Revisions.isModern(exchange.header(VERSION), notification.params())) {
      session(visitor, exchange).hear(notification);
    }
    exchange.answer(Answer.empty(202));
  }

  private Session session(Visitor visitor, Exchange exchange) {
    return sessions.find(exchange.header(SESSION), visitor.owner());
  }

  private void request(Visitor visitor, Exchange exchange, Message.Request request) {
    HttpOutlet outlet = new HttpOutlet(exchange);
    try {
      if (Revisions.isModern(exchange.header(VERSION), request.params())) {
        modern(visitor, exchange, request, outlet);
      } else if (request.method().equals("initialize")) {
        initialize(visitor, request, outlet);
      } else {
        legacy(session(visitor, exchange), visitor, request, outlet);
      }
    } catch (RuntimeException | StackOverflowError failure) {
      Fault fault = Fault.of(failure, visitor.requestId());
      outlet.finish(
          fault.status(), Message.error(request.id(), fault.asError()), headers(exchange, fault));
    }
  }

  /** A client that lacks a scope is told which (RFC 6750, section 3.1). */
  private Map<String, String> headers(Exchange exchange, Fault fault) {
    return fault.status() == 403
        ? Map.of(
            "WWW-Authenticate", resource.wants(exchange, fault.data().path("scope").asString("")))
        : Map.of();
  }

  private void modern(
      Visitor visitor, Exchange exchange, Message.Request request, HttpOutlet outlet) {
    Modern.check(request, exchange::header);
    Asked asked = reception.modern().asked(visitor, request, Modern.running(request, outlet));
    if (request.method().equals("subscriptions/listen")) {
      listen(visitor, exchange, request, outlet, asked);
    } else {
      ObjectNode result = reception.modern().answer(visitor.surface(), request, asked);
      outlet.finish(200, Message.result(request.id(), result), Map.of());
    }
  }

  private void listen(
      Visitor visitor, Exchange exchange, Message.Request request, HttpOutlet outlet, Asked asked) {
    if (!outlet.mayStream()) {
      throw Fault.invalidRequest("Accept must name text/event-stream");
    }
    streams.open(
        visitor,
        () -> {
          Listening listening = Listening.begin(visitor.surface(), request, asked, outlet);
          EventStream stream = outlet.stream();
          stream.onGone(listening::close);
          return new OpenStreams.Begun(
              stream,
              () -> authenticateAgain(exchange),
              () -> {
                listening.close();
                outlet.send(listening.farewell());
              });
        });
  }

  private void initialize(Visitor visitor, Message.Request request, HttpOutlet outlet) {
    ObjectNode welcome = new Legacy(visitor.surface()).welcome(request.params());
    Session session =
        sessions.begin(visitor.owner(), Methods.object(request.params(), "capabilities"));
    outlet.finish(200, Message.result(request.id(), welcome), Map.of(SESSION, session.id()));
  }

  private static void legacy(
      Session session, Visitor visitor, Message.Request request, HttpOutlet outlet) {
    Running running = new Running(outlet, request.params(), Optional.of(session.level()));
    session.begin(request.id(), running);
    try {
      new Legacy(visitor.surface())
          .answer(session, visitor, request, running)
          .ifPresentOrElse(message -> outlet.finish(200, message, Map.of()), outlet::abandon);
    } finally {
      session.done(request.id());
    }
  }

  /** The stream of an older client for what belongs to no request. */
  private void listen(Visitor visitor, Exchange exchange) {
    HttpOutlet outlet = new HttpOutlet(exchange);
    if (!outlet.mayStream()) {
      exchange.answer(Answer.empty(406));
      return;
    }
    if (exchange.header(SESSION).isEmpty()) {
      exchange.answer(Answer.empty(405).with("Allow", "POST"));
      return;
    }
    Session session = session(visitor, exchange);
    streams.open(
        visitor,
        () -> {
          EventStream stream = outlet.stream();
          stream.keepAlive();
          session.outlet(outlet);
          return new OpenStreams.Begun(stream, () -> authenticateAgain(exchange), () -> {});
        });
  }

  private void authenticateAgain(Exchange exchange) {
    exchange.bearer().ifPresent(reception.admission()::authenticate);
  }

  private void leave(Visitor visitor, Exchange exchange) {
    sessions.end(session(visitor, exchange));
    exchange.answer(Answer.empty(204));
  }
}

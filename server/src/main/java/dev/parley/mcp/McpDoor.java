package dev.parley.mcp;

import dev.parley.calls.Admission;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers on {@code /mcp} in both revisions: a request that brings its metadata along is one of
 * 2026-07-28; {@code initialize} and whatever bears a session is older.
 */
public final class McpDoor implements StreamingDoor {
  private static final Logger LOG = LoggerFactory.getLogger(McpDoor.class);
  private static final String PATH = "/mcp";
  private static final String SESSION = "Mcp-Session-Id";
  private static final String VERSION = "MCP-Protocol-Version";

  private final Surface surface;
  private final Optional<Surface> forStrangers;
  private final Admission admission;
  private final RateLimits limits;
  private final ProtectedResource resource;
  private final Sessions sessions;
  private final OpenStreams streams = new OpenStreams();
  private final Modern modern;

  /**
   * @param forStrangers what whoever brings no token gets; normally nothing
   */
  public McpDoor(
      Surface surface,
      Optional<Surface> forStrangers,
      Admission admission,
      RateLimits limits,
      ProtectedResource resource,
      InstantSource clock) {
    this.surface = surface;
    this.forStrangers = forStrangers;
    this.admission = admission;
    this.limits = limits;
    this.resource = resource;
    this.sessions = new Sessions(clock);
    this.modern = new Modern(new Seal(clock));
  }

  /** Who is at the other end, and what is for them. */
  private record Visitor(Optional<Caller> caller, Surface surface, Exchange exchange) {
    String owner() {
      return caller.map(Caller::id).orElse("");
    }
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
        case "POST" -> post(visitor);
        case "GET" -> listen(visitor);
        case "DELETE" -> leave(visitor);
        default -> exchange.answer(Answer.empty(405).with("Allow", "GET, POST, DELETE"));
      }
    } catch (Fault fault) {
      refuse(exchange, fault);
    } catch (Refusal refusal) {
      refuse(exchange, refusal);
    }
  }

  private Visitor visitor(Exchange exchange) {
    Optional<Caller> caller = exchange.bearer().map(admission::authenticate);
    limits.check(caller, exchange.client());
    Surface offered =
        caller
            .map(known -> surface)
            .or(() -> forStrangers)
            .orElseThrow(() -> Refusal.unauthenticated("Bring a bearer token"));
    return new Visitor(caller, offered, exchange);
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

  private void post(Visitor visitor) {
    Exchange exchange = visitor.exchange();
    String type = exchange.header("Content-Type").split(";", 2)[0].strip();
    if (!type.equalsIgnoreCase(Answer.JSON)) {
      exchange.answer(Answer.text(415, "Content-Type must be application/json\n"));
      return;
    }
    switch (Message.read(exchange.body())) {
      case Message.Request request -> request(visitor, request);
      case Message.Notification notification -> hear(visitor, notification);
      case Message.Response response -> {
        new Legacy(visitor.surface()).hear(session(visitor), response);
        exchange.answer(Answer.empty(202));
      }
    }
  }

  private void hear(Visitor visitor, Message.Notification notification) {
    if (!Revisions.isModern(visitor.exchange().header(VERSION), notification.params())) {
      new Legacy(visitor.surface()).hear(session(visitor), notification);
    }
    visitor.exchange().answer(Answer.empty(202));
  }

  private Session session(Visitor visitor) {
    return sessions.find(visitor.exchange().header(SESSION), visitor.owner());
  }

  private void request(Visitor visitor, Message.Request request) {
    HttpOutlet outlet = new HttpOutlet(visitor.exchange());
    try {
      if (Revisions.isModern(visitor.exchange().header(VERSION), request.params())) {
        modern(visitor, request, outlet);
      } else if (request.method().equals("initialize")) {
        initialize(visitor, request, outlet);
      } else {
        legacy(visitor, request, outlet);
      }
    } catch (Fault fault) {
      outlet.finish(
          fault.status(), Message.error(request.id(), fault.asError()), headers(visitor, fault));
    } catch (Refusal refusal) {
      Fault fault = Fault.of(refusal);
      outlet.finish(
          fault.status(), Message.error(request.id(), fault.asError()), headers(visitor, fault));
    } catch (RuntimeException | StackOverflowError bug) {
      String id = visitor.exchange().requestId();
      LOG.atError().addKeyValue("requestId", id).setCause(bug).log("a request over MCP failed");
      outlet.finish(500, Message.error(request.id(), Fault.internal(id).asError()), Map.of());
    }
  }

  /** A client that lacks a scope is told which (RFC 6750, section 3.1). */
  private Map<String, String> headers(Visitor visitor, Fault fault) {
    return fault.status() == 403
        ? Map.of(
            "WWW-Authenticate",
            resource.wants(visitor.exchange(), fault.data().path("scope").asString("")))
        : Map.of();
  }

  private void modern(Visitor visitor, Message.Request request, HttpOutlet outlet) {
    Exchange exchange = visitor.exchange();
    Modern.check(request, exchange::header);
    Running running = new Running(outlet, request.params(), Modern.level(request));
    Asked asked =
        modern.asked(exchange.requestId(), visitor.caller(), exchange.client(), request, running);
    if (request.method().equals("subscriptions/listen")) {
      listen(visitor, request, outlet, asked);
    } else {
      ObjectNode result = modern.answer(visitor.surface(), request, asked);
      outlet.finish(200, Message.result(request.id(), result), Map.of());
    }
  }

  private void listen(Visitor visitor, Message.Request request, HttpOutlet outlet, Asked asked) {
    streams.check(visitor.owner());
    if (!outlet.mayStream()) {
      throw Fault.invalidRequest("Accept must name text/event-stream");
    }
    Listening listening = Listening.begin(visitor.surface(), request, asked, outlet);
    EventStream stream = outlet.stream();
    stream.onGone(listening::end);
    streams.add(
        visitor.owner(),
        stream,
        () -> visitor.exchange().bearer().ifPresent(admission::authenticate),
        () -> {
          listening.end();
          outlet.send(listening.farewell());
        });
  }

  private void initialize(Visitor visitor, Message.Request request, HttpOutlet outlet) {
    ObjectNode welcome = new Legacy(visitor.surface()).welcome(request.params());
    Session session =
        sessions.begin(visitor.owner(), Methods.object(request.params(), "capabilities"));
    outlet.finish(200, Message.result(request.id(), welcome), Map.of(SESSION, session.id()));
  }

  private void legacy(Visitor visitor, Message.Request request, HttpOutlet outlet) {
    Exchange exchange = visitor.exchange();
    Session session = session(visitor);
    Running running = new Running(outlet, request.params(), Optional.of(session.level()));
    Asked asked =
        new Asked(
            exchange.requestId(),
            visitor.caller(),
            exchange.client(),
            session.capabilities(),
            Json.MAPPER.createObjectNode(),
            Optional.empty(),
            running);
    new Legacy(visitor.surface())
        .answer(session, request, outlet, running, asked)
        .ifPresentOrElse(message -> outlet.finish(200, message, Map.of()), outlet::abandon);
  }

  /** The stream of an older client for what belongs to no request. */
  private void listen(Visitor visitor) {
    HttpOutlet outlet = new HttpOutlet(visitor.exchange());
    if (!outlet.mayStream()) {
      visitor.exchange().answer(Answer.empty(406));
      return;
    }
    if (visitor.exchange().header(SESSION).isEmpty()) {
      visitor.exchange().answer(Answer.empty(405).with("Allow", "POST"));
      return;
    }
    Session session = session(visitor);
    streams.check(visitor.owner());
    EventStream stream = outlet.stream();
    stream.keepAlive();
    session.outlet(outlet);
    streams.add(
        visitor.owner(),
        stream,
        () -> visitor.exchange().bearer().ifPresent(admission::authenticate),
        () -> {});
  }

  private void leave(Visitor visitor) {
    sessions.end(session(visitor));
    visitor.exchange().answer(Answer.empty(204));
  }
}

package dev.parley.http;

import dev.parley.calls.Admission;
import dev.parley.calls.Call;
import dev.parley.calls.Caller;
import dev.parley.calls.Dispatcher;
import dev.parley.calls.Mark;
import dev.parley.calls.Outcome;
import dev.parley.calls.RateLimits;
import dev.parley.calls.Replays;
import dev.parley.calls.Route;
import dev.parley.functions.InvalidInput;
import dev.parley.functions.Json;
import dev.parley.functions.Registered;
import dev.parley.store.Change;
import dev.parley.wire.ErrorCode;
import dev.parley.wire.Failure;
import dev.parley.wire.Refusal;
import dev.parley.wire.Unreadable;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Calls functions over HTTP: by their routes, or any of them by name. */
final class Rest {
  private static final Logger LOG = LoggerFactory.getLogger(Rest.class);
  private static final String BY_NAME = "/call/";
  private static final int MAX_KEY = 128;

  private final Dispatcher dispatcher;
  private final RouteTable routes;
  private final Admission admission;
  private final RateLimits limits;
  private final Replays replays;
  private final Credentials credentials;
  private final InstantSource clock;

  Rest(
      Dispatcher dispatcher,
      Admission admission,
      RateLimits limits,
      Replays replays,
      Credentials credentials,
      InstantSource clock) {
    this.dispatcher = dispatcher;
    this.routes = new RouteTable(dispatcher.registry());
    this.admission = admission;
    this.limits = limits;
    this.replays = replays;
    this.credentials = credentials;
    this.clock = clock;
  }

  /** A request below {@code /api}. */
  record Asked(
      FullHttpRequest http,
      String path,
      InetAddress client,
      Optional<String> token,
      String requestId) {

    /** As for {@code GET}, but for the body, which the door leaves out. */
    String method() {
      HttpMethod method = http.method();
      return method.equals(HttpMethod.HEAD) ? "GET" : method.name();
    }

    boolean isSafe() {
      return method().equals("GET");
    }
  }

  /** A request that was matched with a function. */
  private record Wanted(RouteTable.Match match, ObjectNode params, boolean asCookie) {
    Registered<Call> function() {
      return match.function();
    }

    boolean bears(Mark mark) {
      return function().function().attributes().contains(mark);
    }
  }

  Answer answer(Asked asked) {
    try {
      Optional<RouteTable.Match> match = find(asked);
      return match.isPresent() ? call(asked, match.get()) : notFound(asked);
    } catch (InvalidInput invalid) {
      return problem(
          asked, ErrorCode.INVALID_PARAMS, invalid.getMessage(), Map.of("field", invalid.field()));
    } catch (Refusal refusal) {
      return problem(asked, refusal.code(), refusal.getMessage(), refusal.data());
    } catch (RuntimeException bug) {
      LOG.atError()
          .addKeyValue("requestId", asked.requestId())
          .setCause(bug)
          .log("a request failed");
      return problem(asked, ErrorCode.INTERNAL_ERROR, "Something went wrong here", Map.of());
    }
  }

  private Optional<RouteTable.Match> find(Asked asked) {
    String method = asked.method();
    if (asked.path().startsWith(BY_NAME)) {
      Route route = Route.post(asked.path());
      return dispatcher
          .registry()
          .find(asked.path().substring(BY_NAME.length()))
          .filter(function -> method.equals("POST"))
          .map(function -> new RouteTable.Match(route, function, Map.of()));
    }
    return routes.find(method, asked.path());
  }

  private Answer notFound(Asked asked) {
    Set<String> methods =
        asked.path().startsWith(BY_NAME) ? methodsByName(asked) : routes.methods(asked.path());
    Failure failure =
        new Failure(
            ErrorCode.NOT_FOUND,
            methods.isEmpty()
                ? "There is nothing at this path; see /docs"
                : "This path knows " + String.join(", ", methods),
            Map.of(),
            asked.requestId());
    return methods.isEmpty()
        ? Problems.of(failure)
        : Problems.of(failure, 405).with("Allow", String.join(", ", methods));
  }

  private Set<String> methodsByName(Asked asked) {
    String name = asked.path().substring(BY_NAME.length());
    return dispatcher.registry().find(name).isPresent() ? Set.of("POST") : Set.of();
  }

  private Answer call(Asked asked, RouteTable.Match match) {
    Optional<Answer> wrongType = refuseContentType(asked);
    if (wrongType.isPresent()) {
      return wrongType.get();
    }
    Optional<Caller> caller = caller(asked, match);
    limits.check(caller, asked.client());
    Wanted wanted = wanted(asked, match);
    Optional<Change.Idempotency> key = idempotency(asked, wanted, caller);
    Optional<byte[]> known = key.flatMap(given -> replayed(wanted, caller, given));
    if (known.isPresent()) {
      return success(asked, wanted, known.get(), Optional.empty());
    }
    Call call = new Call(asked.requestId(), caller, Optional.empty(), asked.client(), key);
    Outcome outcome = dispatcher.dispatch(call, wanted.function().name(), wanted.params());
    call.replied();
    return switch (outcome) {
      case Outcome.Answered answered -> success(asked, wanted, answered.result(), key);
      case Outcome.Refused refused -> Problems.of(refused.failure());
      case Outcome.Repeated repeated ->
          success(
              asked,
              wanted,
              replays.answerOf(key.orElseThrow()).orElseThrow(Rest::expired),
              Optional.empty());
    };
  }

  /**
   * What a repeated request was answered. Looked up before the function runs: it might find its own
   * first work in its way.
   */
  private Optional<byte[]> replayed(
      Wanted wanted, Optional<Caller> caller, Change.Idempotency key) {
    boolean may =
        caller.filter(known -> known.may(Dispatcher.permission(wanted.function()))).isPresent();
    return may ? replays.answerOf(key) : Optional.empty();
  }

  private static Refusal expired() {
    return Refusal.conflict("This Idempotency-Key has just expired; try again");
  }

  /** A form of another page can post without asking first, but never with this type. */
  private Optional<Answer> refuseContentType(Asked asked) {
    boolean safe = asked.isSafe();
    boolean bare =
        !asked.http().content().isReadable() && !asked.http().method().equals(HttpMethod.POST);
    String type = asked.http().headers().get(HttpHeaderNames.CONTENT_TYPE, "");
    if (safe || bare || type.split(";", 2)[0].strip().equalsIgnoreCase(Answer.JSON)) {
      return Optional.empty();
    }
    Failure failure =
        new Failure(
            ErrorCode.INVALID_REQUEST,
            "Content-Type must be application/json",
            Map.of("field", "Content-Type"),
            asked.requestId());
    return Optional.of(Problems.of(failure, 415));
  }

  /**
   * A stale cookie must not keep anybody from signing in anew; but tokens are not to be tried out.
   */
  private Optional<Caller> caller(Asked asked, RouteTable.Match match) {
    try {
      return asked.token().map(admission::authenticate);
    } catch (Refusal stale) {
      if (Dispatcher.permission(match.function()) == dev.parley.calls.Permission.OPEN
          && stale.code() == ErrorCode.UNAUTHENTICATED) {
        return Optional.empty();
      }
      limits.check(Optional.empty(), asked.client());
      throw stale;
    }
  }

  private Wanted wanted(Asked asked, RouteTable.Match match) {
    ObjectNode params = asked.isSafe() ? query(asked, match) : body(asked);
    match
        .parameters()
        .forEach((name, text) -> params.set(name, fromText(match.function(), name, text)));
    boolean opensSession = match.function().function().attributes().contains(Mark.OPENS_SESSION);
    return new Wanted(match, params, opensSession && takeCookie(params));
  }

  private static boolean takeCookie(ObjectNode params) {
    JsonNode cookie = params.remove("cookie");
    if (cookie == null) {
      return false;
    }
    if (!cookie.isBoolean()) {
      throw new InvalidInput("cookie", "must be true or false");
    }
    return cookie.booleanValue();
  }

  private static ObjectNode query(Asked asked, RouteTable.Match match) {
    ObjectNode params = Json.MAPPER.createObjectNode();
    parameters(asked)
        .forEach(
            (name, values) -> params.set(name, fromText(match.function(), name, values.getLast())));
    return params;
  }

  private static Map<String, List<String>> parameters(Asked asked) {
    try {
      return new QueryStringDecoder(asked.http().uri()).parameters();
    } catch (IllegalArgumentException malformed) {
      throw new InvalidInput("query", "must be percent-encoded UTF-8");
    }
  }

  private static JsonNode fromText(Registered<Call> function, String name, String text) {
    var component = function.input().components().get(name);
    return component == null
        ? tools.jackson.databind.node.StringNode.valueOf(text)
        : component.shape().fromText(text);
  }

  private static ObjectNode body(Asked asked) {
    byte[] bytes = ByteBufUtil.getBytes(asked.http().content());
    if (bytes.length == 0) {
      return Json.MAPPER.createObjectNode();
    }
    try {
      JsonNode body = Json.MAPPER.readTree(bytes);
      if (body instanceof ObjectNode params) {
        return params;
      }
      throw new InvalidInput("body", "must be a JSON object");
    } catch (JacksonException unreadable) {
      throw new Refusal(ErrorCode.PARSE_ERROR, Unreadable.why(unreadable), Map.of("field", "body"));
    }
  }

  private Optional<Change.Idempotency> idempotency(
      Asked asked, Wanted wanted, Optional<Caller> caller) {
    String key = asked.http().headers().get("Idempotency-Key", "");
    boolean useful =
        asked.http().method().equals(HttpMethod.POST) && !wanted.function().function().readOnly();
    if (key.isEmpty() || caller.isEmpty() || !useful) {
      return Optional.empty();
    }
    if (key.length() > MAX_KEY) {
      throw new InvalidInput("Idempotency-Key", "must have at most " + MAX_KEY + " characters");
    }
    return Optional.of(
        Replays.key(caller.get().id(), key, wanted.function().name(), wanted.params()));
  }

  private Answer success(
      Asked asked, Wanted wanted, byte[] result, Optional<Change.Idempotency> key) {
    if (!wanted.bears(Mark.CONFIDENTIAL)) {
      key.ifPresent(known -> replays.keep(known, result));
    }
    Answer answer = Answer.json(wanted.match().route().creates() ? 201 : 200, result);
    if (wanted.asCookie()) {
      return asCookie(answer);
    }
    if (wanted.bears(Mark.CLOSES_SESSION)) {
      return answer.with("Set-Cookie", credentials.clearCookie());
    }
    boolean safe = asked.isSafe();
    return safe ? Etags.conditional(asked.http(), answer) : answer;
  }

  private Answer asCookie(Answer answer) {
    ObjectNode body = (ObjectNode) Json.MAPPER.readTree(answer.body());
    String token = body.remove("token").stringValue();
    Instant expires = Instant.parse(body.path("expiresAt").stringValue());
    return Answer.json(answer.status(), Json.MAPPER.writeValueAsBytes(body))
        .with(
            "Set-Cookie", credentials.setCookie(token, Duration.between(clock.instant(), expires)));
  }

  private static Answer problem(
      Asked asked, ErrorCode code, String message, Map<String, Object> data) {
    return Problems.of(new Failure(code, message, data, asked.requestId()));
  }
}

package dev.parley.mcp;

import dev.parley.functions.Json;
import dev.parley.wire.ErrorCode;
import dev.parley.wire.Failure;
import dev.parley.wire.Refusal;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An error of the protocol: its code, and the HTTP status that the newer revision wants for it. The
 * codes from -32020 on are those of MCP 2026-07-28.
 */
public final class Fault extends RuntimeException {
  private static final Logger LOG = LoggerFactory.getLogger(Fault.class);

  static final int RESOURCE_NOT_FOUND = -32002;

  private static final int HEADER_MISMATCH = -32020;
  private static final int MISSING_CAPABILITY = -32021;
  private static final int UNSUPPORTED_VERSION = -32022;

  private final int code;
  private final int status;
  private final ObjectNode data;

  private Fault(int code, int status, String message, ObjectNode data) {
    super(message, null, false, false);
    this.code = code;
    this.status = status;
    this.data = data;
  }

  private static ObjectNode none() {
    return Json.MAPPER.createObjectNode();
  }

  static Fault of(Refusal refusal) {
    ErrorCode code = refusal.code();
    return new Fault(
        code.code(), code.status(), refusal.getMessage(), Json.MAPPER.valueToTree(refusal.data()));
  }

  static Fault of(Failure failure) {
    return of(new Refusal(failure.code(), failure.message(), failure.data()));
  }

  /** What a client is told of whatever went wrong; what is not its affair is logged. */
  static Fault of(Throwable failure, String requestId) {
    return switch (failure) {
      case Fault fault -> fault;
      case Refusal refusal -> of(refusal);
      default -> {
        LOG.atError()
            .addKeyValue("requestId", requestId)
            .setCause(failure)
            .log("a request over MCP failed");
        yield internal(requestId);
      }
    };
  }

  /**
   * @param scope what the token lacks
   */
  static Fault insufficientScope(String scope) {
    return new Fault(
        ErrorCode.FORBIDDEN.code(),
        403,
        "This needs the permission " + scope,
        none().put("scope", scope));
  }

  static Fault invalidRequest(String message) {
    return new Fault(ErrorCode.INVALID_REQUEST.code(), 400, message, none());
  }

  public static Fault invalidParams(String message) {
    return new Fault(ErrorCode.INVALID_PARAMS.code(), 200, message, none());
  }

  /** A request whose metadata is not as every request's must be. */
  static Fault invalidMeta(String message) {
    return new Fault(ErrorCode.INVALID_PARAMS.code(), 400, message, none());
  }

  static Fault unknownMethod(String method) {
    return new Fault(
        ErrorCode.METHOD_NOT_FOUND.code(), 404, "There is no method " + Json.shown(method), none());
  }

  /** Older revisions have another code for it: see {@link Legacy}. */
  public static Fault noResource(String uri) {
    return new Fault(
        ErrorCode.INVALID_PARAMS.code(), 200, "Resource not found", none().put("uri", uri));
  }

  /** More than is allowed at once; some of it has to end first. */
  static Fault tooMany(String message) {
    return of(Refusal.rateLimited(message, Duration.ofSeconds(1)));
  }

  static Fault noSession() {
    return new Fault(
        ErrorCode.INVALID_REQUEST.code(), 404, "There is no such session; initialize anew", none());
  }

  static Fault headerMismatch(String message) {
    return new Fault(HEADER_MISMATCH, 400, "Header mismatch: " + message, none());
  }

  static Fault unsupportedVersion(List<String> supported, String requested) {
    ObjectNode data = none();
    supported.forEach(data.putArray("supported")::add);
    data.put("requested", requested);
    return new Fault(UNSUPPORTED_VERSION, 400, "Unsupported protocol version", data);
  }

  /**
   * @param capability such as {@code sampling}
   */
  public static Fault missingCapability(String capability) {
    ObjectNode data = none();
    data.putObject("requiredCapabilities").putObject(capability);
    return new Fault(
        MISSING_CAPABILITY, 400, "This needs a client with the capability " + capability, data);
  }

  private static Fault internal(String requestId) {
    return new Fault(
        ErrorCode.INTERNAL_ERROR.code(),
        500,
        "Something went wrong here",
        none().put("requestId", requestId));
  }

  int code() {
    return code;
  }

  int status() {
    return status;
  }

  boolean isNoResource() {
    return code == ErrorCode.INVALID_PARAMS.code() && data.has("uri");
  }

  ObjectNode data() {
    return data;
  }

  ObjectNode asError() {
    return asError(code);
  }

  ObjectNode asError(int as) {
    ObjectNode error = none().put("code", as).put("message", String.valueOf(getMessage()));
    if (!data.isEmpty()) {
      error.set("data", data);
    }
    return error;
  }
}

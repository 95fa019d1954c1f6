package dev.parley.wire;

import java.time.Duration;
import java.util.Map;

/** An answer that says no: why, and with what data. Costs no stack trace, as none is ever shown. */
public final class Refusal extends RuntimeException {
  private final ErrorCode code;
  private final Map<String, Object> data;

  public Refusal(ErrorCode code, String message, Map<String, Object> data) {
    super(message, null, false, false);
    this.code = code;
    this.data = data;
  }

  public static Refusal unauthenticated(String message) {
    return new Refusal(ErrorCode.UNAUTHENTICATED, message, Map.of());
  }

  public static Refusal forbidden(String message) {
    return new Refusal(ErrorCode.FORBIDDEN, message, Map.of());
  }

  /**
   * @param what the kind of thing that does not exist for the caller: "conversation"
   */
  public static Refusal notFound(String what) {
    return new Refusal(ErrorCode.NOT_FOUND, "There is no such " + what, Map.of());
  }

  public static Refusal conflict(String message) {
    return new Refusal(ErrorCode.CONFLICT, message, Map.of());
  }

  public static Refusal rateLimited(String message, Duration retryAfter) {
    return new Refusal(ErrorCode.RATE_LIMITED, message, retryAfter(retryAfter));
  }

  /**
   * @param limit the most that is allowed, in the unit that the message names
   */
  public static Refusal tooLarge(String field, String message, long limit) {
    return new Refusal(ErrorCode.TOO_LARGE, message, Map.of("field", field, "limit", limit));
  }

  public static Refusal unavailable(String message) {
    return new Refusal(ErrorCode.UNAVAILABLE, message, Map.of());
  }

  public static Refusal overloaded(String message, Duration retryAfter) {
    return new Refusal(ErrorCode.OVERLOADED, message, retryAfter(retryAfter));
  }

  private static Map<String, Object> retryAfter(Duration duration) {
    return Map.of("retryAfterMs", Math.max(1, duration.toMillis()));
  }

  public ErrorCode code() {
    return code;
  }

  /** What a program needs to react: {@code field}, {@code limit}, {@code retryAfterMs}. */
  public Map<String, Object> data() {
    return data;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}

package dev.parley.bench;

import tools.jackson.databind.JsonNode;

/** The server answered a call with an error. */
public final class Refused extends RuntimeException {
  static final int UNAUTHENTICATED = -32001;
  static final int FORBIDDEN = -32002;
  static final int RATE_LIMITED = -32005;

  private final int code;
  private final long retryAfterMillis;

  Refused(int code, String message, long retryAfterMillis) {
    super(code + " " + message);
    this.code = code;
    this.retryAfterMillis = retryAfterMillis;
  }

  /** From the {@code error} of a JSON-RPC answer. */
  static Refused from(JsonNode error) {
    JsonNode data = error.path("data");
    String type = data.path("type").asString("");
    String words = error.path("message").asString("");
    String field = data.path("field").asString("");
    return new Refused(
        error.path("code").asInt(0),
        (type.isEmpty() ? "" : type + ": ") + words + (field.isEmpty() ? "" : " (" + field + ")"),
        data.path("retryAfterMs").asLong(0));
  }

  /** Of JSON-RPC, see WIRE. */
  public int code() {
    return code;
  }

  /** When to try again, in milliseconds; 0 if the server did not say. */
  long retryAfterMillis() {
    return retryAfterMillis;
  }
}

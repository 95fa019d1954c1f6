package dev.parley.wire;

import java.util.Locale;

/** Why a call was refused: the JSON-RPC code, the HTTP status and the word for both. */
public enum ErrorCode {
  PARSE_ERROR(-32700, 400, "Parse error"),
  INVALID_REQUEST(-32600, 400, "Invalid request"),
  METHOD_NOT_FOUND(-32601, 404, "Function not found"),
  INVALID_PARAMS(-32602, 400, "Invalid parameters"),
  INTERNAL_ERROR(-32603, 500, "Internal error"),
  UNAUTHENTICATED(-32001, 401, "Not signed in"),
  FORBIDDEN(-32002, 403, "Forbidden"),
  NOT_FOUND(-32003, 404, "Not found"),
  CONFLICT(-32004, 409, "Conflict"),
  RATE_LIMITED(-32005, 429, "Too many requests"),
  TOO_LARGE(-32006, 413, "Too large"),
  UNAVAILABLE(-32007, 503, "Unavailable"),
  OVERLOADED(-32008, 503, "Overloaded");

  private final int code;
  private final int status;
  private final String title;
  private final String word;

  ErrorCode(int code, int status, String title) {
    this.code = code;
    this.status = status;
    this.title = title;
    this.word = name().toLowerCase(Locale.ROOT);
  }

  /** The code of JSON-RPC's error object. */
  public int code() {
    return code;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** A short title for RFC 9457 problem details. */
  public String title() {
    return title;
  }

  /** The word that {@code data.type} bears. */
  public String word() {
    return word;
  }
}

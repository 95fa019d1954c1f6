package dev.parley.http;

import dev.parley.functions.Json;
import dev.parley.wire.ErrorCode;
import dev.parley.wire.Failure;

/** Failures as RFC 9457 problem details. */
final class Problems {
  private Problems() {}

  static Answer of(Failure failure) {
    return of(failure, failure.code().status());
  }

  /** With another status than the code's own. */
  static Answer of(Failure failure, int status) {
    var problem = failure.asProblem().put("status", status);
    Answer answer =
        new Answer(
            status, Answer.PROBLEM, Json.MAPPER.writeValueAsBytes(problem), java.util.Map.of());
    Object retry = failure.data().get("retryAfterMs");
    if (retry instanceof Long millis) {
      answer = answer.with("Retry-After", Long.toString(Math.ceilDiv(millis, 1_000L)));
    }
    return failure.code() == ErrorCode.UNAUTHENTICATED
        ? answer.with("WWW-Authenticate", "Bearer realm=\"parley\"")
        : answer;
  }
}

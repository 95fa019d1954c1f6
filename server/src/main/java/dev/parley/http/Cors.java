package dev.parley.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import java.util.Optional;

/** Lets pages of listed origins read answers. */
final class Cors {
  private Cors() {}

  static void add(HttpResponse response, Optional<String> listedOrigin, HttpRequest request) {
    HttpHeaders headers = response.headers();
    headers.add(HttpHeaderNames.VARY, "Accept-Encoding, Origin");
    if (listedOrigin.isEmpty()) {
      return;
    }
    headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, listedOrigin.get());
    headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
    headers.set(
        HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS,
        "ETag, Retry-After, Mcp-Session-Id, WWW-Authenticate");
    if (request.method().equals(HttpMethod.OPTIONS)) {
      headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, PATCH, DELETE");
      headers.set(
          HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS,
          "Authorization, Content-Type, Idempotency-Key, If-None-Match, Last-Event-ID,"
              + " MCP-Protocol-Version, Mcp-Method, Mcp-Name, Mcp-Session-Id");
      headers.set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, "600");
    }
  }
}

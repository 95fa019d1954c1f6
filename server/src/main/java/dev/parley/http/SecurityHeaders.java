package dev.parley.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;

/** Headers that keep a browser from being used against its user. */
final class SecurityHeaders {
  private static final String POLICY =
      "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:; style-src 'self'; "
          + "script-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  private SecurityHeaders() {}

  static void add(HttpResponse response, boolean secure) {
    HttpHeaders headers = response.headers();
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    if (secure) {
      headers.set("Strict-Transport-Security", "max-age=31536000");
    }
    if (!headers.contains("Cache-Control")) {
      headers.set("Cache-Control", "no-cache");
    }
  }
}

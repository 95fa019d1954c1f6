package dev.parley.bench;

import io.netty.handler.codec.http.FullHttpResponse;
import java.nio.charset.StandardCharsets;

/** The server answered a handshake with an HTTP error. */
final class HandshakeRefused extends RuntimeException {
  private static final int SHOWN = 300;

  private final int status;

  private HandshakeRefused(int status, String message) {
    super(message);
    this.status = status;
  }

  static HandshakeRefused by(FullHttpResponse response) {
    String body = response.content().toString(StandardCharsets.UTF_8);
    String shown = body.substring(0, Math.min(SHOWN, body.length()));
    return new HandshakeRefused(response.status().code(), response.status() + " " + shown.strip());
  }

  int status() {
    return status;
  }
}

package dev.parley.bench;

import java.net.URI;

/** Where a server listens. */
public record Endpoint(boolean secure, String host, int port) {

  /** From {@code http://host:port} or {@code https://host:port}. */
  static Endpoint of(String url) {
    URI uri = parse(url);
    boolean secure = "https".equals(uri.getScheme()) || "wss".equals(uri.getScheme());
    if (uri.getHost() == null) {
      throw new LoadFailure("--url needs the form http://host:port, not " + url);
    }
    int port = uri.getPort() > 0 ? uri.getPort() : secure ? 443 : 80;
    return new Endpoint(secure, uri.getHost(), port);
  }

  private static URI parse(String url) {
    try {
      return URI.create(url);
    } catch (IllegalArgumentException e) {
      throw new LoadFailure("--url is not an address: " + e.getMessage());
    }
  }

  static Endpoint loopback(int port) {
    return new Endpoint(false, "127.0.0.1", port);
  }

  URI socket(String path) {
    return URI.create((secure ? "wss://" : "ws://") + host + ":" + port + path);
  }

  URI http(String path) {
    return URI.create(this + path);
  }

  @Override
  public String toString() {
    return (secure ? "https://" : "http://") + host + ":" + port;
  }
}

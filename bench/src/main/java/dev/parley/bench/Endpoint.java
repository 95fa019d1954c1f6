package dev.parley.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

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

  /** On this machine, without TLS. */
  public static Endpoint loopback(int port) {
    return new Endpoint(false, "127.0.0.1", port);
  }

  /** A port of this machine on which nobody listens now. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new LoadFailure("no free port: " + e);
    }
  }

  URI socket(String path) {
    return URI.create((secure ? "wss://" : "ws://") + host + ":" + port + path);
  }

  /** The address of a path. */
  public URI http(String path) {
    return URI.create(this + path);
  }

  /** Whether a server is there that says that it can do its work. */
  public boolean isReady() {
    try (HttpClient http = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(http("/health/ready")).timeout(Duration.ofSeconds(5)).build();
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException | InterruptedException _) {
      return false;
    }
  }

  @Override
  public String toString() {
    return (secure ? "https://" : "http://") + host + ":" + port;
  }
}

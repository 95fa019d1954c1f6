package dev.parley.testing;

import dev.parley.functions.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Plain HTTP requests to a server, each on a connection of its own: one that is kept may be closed
 * just when it is used again, when a test has put the clock forward.
 */
public final class Http {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final TestServer server;
  private final Optional<String> token;

  Http(TestServer server, Optional<String> token) {
    this.server = server;
    this.token = token;
  }

  /** An answer. */
  public record Reply(int status, JsonNode body, HttpResponse<String> raw) {
    public String header(String name) {
      return raw.headers().firstValue(name).orElse("");
    }
  }

  public Reply get(String path) {
    return send("GET", path, Optional.empty(), Map.of());
  }

  public Reply post(String path, String json) {
    return send("POST", path, Optional.of(json), Map.of("Content-Type", "application/json"));
  }

  public Reply patch(String path, String json) {
    return send("PATCH", path, Optional.of(json), Map.of("Content-Type", "application/json"));
  }

  public Reply delete(String path) {
    return send("DELETE", path, Optional.empty(), Map.of());
  }

  /** Any request. */
  public Reply send(
      String method, String path, Optional<String> body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri(path))
            .header("Connection", "close")
            .method(
                method,
                body.map(HttpRequest.BodyPublishers::ofString)
                    .orElseGet(HttpRequest.BodyPublishers::noBody));
    headers.forEach(request::header);
    token.ifPresent(known -> request.header("Authorization", "Bearer " + known));
    try {
      HttpResponse<String> raw = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Reply(raw.statusCode(), body(raw), raw);
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private static JsonNode body(HttpResponse<String> raw) {
    boolean json = raw.headers().firstValue("content-type").orElse("").contains("json");
    return json ? Json.MAPPER.readTree(raw.body()) : Json.MAPPER.createObjectNode();
  }
}

package dev.parley.mcp;

import dev.parley.functions.Json;
import dev.parley.testing.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client of {@code /mcp} that says what a test wants it to say. It keeps no connection, which
 * might be closed just when it is used again, when a test has put the clock forward.
 */
final class Mcp {
  static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final TestServer server;
  private final Optional<String> token;

  Mcp(TestServer server, Optional<String> token) {
    this.server = server;
    this.token = token;
  }

  HttpRequest.Builder request() {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri("/mcp"))
            .header("Connection", "close")
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream");
    token.ifPresent(known -> request.header("Authorization", "Bearer " + known));
    return request;
  }

  HttpResponse<String> send(HttpRequest.Builder request, String body) {
    try {
      return CLIENT.send(
          request.POST(HttpRequest.BodyPublishers.ofString(body)).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** A request of 2026-07-28, with the headers that belong to it. */
  HttpRequest.Builder modern(String method, ObjectNode params) {
    HttpRequest.Builder request =
        request().header("MCP-Protocol-Version", Revisions.MODERN).header("Mcp-Method", method);
    String name = params.path("name").asString(params.path("uri").asString(""));
    if (!name.isEmpty()) {
      request.header("Mcp-Name", name);
    }
    return request;
  }

  static String body(String method, ObjectNode params) {
    ObjectNode all = params.deepCopy();
    ObjectNode meta = all.putObject("_meta");
    meta.put(Revisions.VERSION, Revisions.MODERN).putObject(Revisions.CAPABILITIES);
    return "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"" + method + "\",\"params\":" + all + "}";
  }

  JsonNode ask(String method, String json) {
    ObjectNode params = (ObjectNode) Json.MAPPER.readTree(json);
    return Json.MAPPER.readTree(send(modern(method, params), body(method, params)).body());
  }

  /** The result of a tool, as structured content. */
  JsonNode tool(String name, String arguments) {
    return ask("tools/call", "{\"name\":\"" + name + "\",\"arguments\":" + arguments + "}")
        .path("result");
  }

  /** Opens a stream and hands its lines on. */
  BufferedReader stream(String method, String json) throws IOException, InterruptedException {
    ObjectNode params = (ObjectNode) Json.MAPPER.readTree(json);
    HttpRequest request =
        modern(method, params)
            .POST(HttpRequest.BodyPublishers.ofString(body(method, params)))
            .build();
    return new BufferedReader(
        new InputStreamReader(
            CLIENT.send(request, HttpResponse.BodyHandlers.ofInputStream()).body(),
            StandardCharsets.UTF_8));
  }

  static JsonNode event(BufferedReader stream) throws IOException {
    for (String line = stream.readLine(); line != null; line = stream.readLine()) {
      if (line.startsWith("data:")) {
        return Json.MAPPER.readTree(line.substring(5));
      }
    }
    throw new IOException("the stream ended");
  }
}

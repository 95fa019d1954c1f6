package dev.parley;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * MCP on standard input and output, one message a line, for clients that start a program instead of
 * calling a server: the lines are the messages of a socket.
 */
@Command(
    name = "mcp",
    description = "Speak MCP on standard input and output for a server that runs.",
    mixinStandardHelpOptions = true)
final class SpeakMcp implements Callable<Integer> {
  @Mixin private final RunningServer server = new RunningServer();

  @Override
  public Integer call() throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    LinesOfMcp lines = new LinesOfMcp(System.out);
    WebSocket socket = open(client, server.token(client), lines);
    // Who reads cannot be interrupted: the process ends, and the thread with it.
    Thread.ofPlatform().daemon().start(() -> lines.carry(input(), socket));
    Optional<String> trouble = lines.awaitEnd();
    trouble.ifPresent(why -> System.err.println("parley: " + why));
    return trouble.isEmpty() ? 0 : 1;
  }

  private static BufferedReader input() {
    return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  }

  private WebSocket open(HttpClient client, Optional<String> token, LinesOfMcp lines)
      throws IOException {
    WebSocket.Builder builder = client.newWebSocketBuilder().subprotocols("mcp");
    token.ifPresent(known -> builder.header("Authorization", "Bearer " + known));
    URI uri = URI.create(server.url().replaceFirst("^http", "ws") + "/mcp");
    try {
      return builder.buildAsync(uri, lines).join();
    } catch (CompletionException failed) {
      throw reason(failed);
    }
  }

  private IOException reason(CompletionException failed) {
    return switch (failed.getCause()) {
      case ConnectException nobody -> server.nobody(nobody);
      case WebSocketHandshakeException refused ->
          new IOException(
              "the server refused with status " + refused.getResponse().statusCode(), refused);
      case null, default -> new IOException(Reason.of(failed), failed);
    };
  }
}

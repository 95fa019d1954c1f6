package dev.parley;

import dev.parley.functions.Json;
import java.io.BufferedReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Carries lines to a socket, and its messages back as lines. When there are no more lines, what was
 * asked before is still answered, if that takes no longer than ten seconds.
 */
final class LinesOfMcp implements WebSocket.Listener {
  private static final int PATIENCE_SECONDS = 10;

  private final PrintStream out;
  private final StringBuilder message = new StringBuilder();
  private final Set<JsonNode> unanswered = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Optional<String>> ended = new CompletableFuture<>();
  private volatile boolean noMoreLines;

  LinesOfMcp(PrintStream out) {
    this.out = new PrintStream(out, true, StandardCharsets.UTF_8);
  }

  /**
   * Waits until both sides are done.
   *
   * @return why it was not as it should be; empty if it was
   */
  Optional<String> awaitEnd() throws InterruptedException {
    try {
      return ended.get();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Reads lines to their end. */
  void carry(BufferedReader lines, WebSocket socket) {
    try {
      lines.lines().filter(line -> !line.isBlank()).forEach(line -> carry(line, socket));
    } catch (UncheckedIOException | CompletionException broken) {
      ended.complete(Optional.of(Reason.of(broken)));
    }
    noMoreLines = true;
    endIfAnswered();
    ended.completeOnTimeout(Optional.empty(), PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private void carry(String line, WebSocket socket) {
    JsonNode json = read(line);
    boolean asks = json.has("id") && json.has("method");
    // This is only answered when it is over.
    if (asks && !json.path("method").asString("").equals("subscriptions/listen")) {
      unanswered.add(json.path("id"));
    }
    socket.sendText(line, true).join();
  }

  private static JsonNode read(String json) {
    try {
      return Json.MAPPER.readTree(json);
    } catch (JacksonException unreadable) {
      return MissingNode.getInstance();
    }
  }

  private void endIfAnswered() {
    if (noMoreLines && unanswered.isEmpty()) {
      ended.complete(Optional.empty());
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
    message.append(part);
    if (last) {
      String line = message.toString();
      message.setLength(0);
      out.println(line);
      answered(read(line));
    }
    socket.request(1);
    return null;
  }

  private void answered(JsonNode json) {
    if (json.has("result") || json.has("error")) {
      unanswered.remove(json.path("id"));
      endIfAnswered();
    }
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    ended.complete(Optional.of("the server ended the connection: " + reason + " (" + code + ")"));
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    ended.complete(Optional.of("the connection broke: " + error.getMessage()));
  }
}

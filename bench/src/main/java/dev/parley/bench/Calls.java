package dev.parley.bench;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls of one connection that wait for their answers; everything but posts goes this way. */
final class Calls {
  static final JsonMapper JSON = JsonMapper.shared();

  private final AtomicLong ids = new AtomicLong();
  private final Map<Long, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();

  /**
   * Makes a call.
   *
   * @param send takes the text of the request, when everything is ready for the answer
   * @param read makes the outcome of the result, on the event loop, before anything that follows
   *     the answer on the connection is looked at
   */
  <T> CompletableFuture<T> call(
      String method, Map<String, ?> params, Consumer<byte[]> send, Function<JsonNode, T> read) {
    long id = ids.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    CompletableFuture<T> outcome = answer.thenApply(read);
    waiting.put(id, answer);
    var request = Map.of("jsonrpc", "2.0", "id", id, "method", method, "params", params);
    send.accept(JSON.writeValueAsBytes(request));
    return outcome;
  }

  /** Gives an answer to whoever waits for it; false if nobody does. */
  boolean answered(long id, JsonNode answer) {
    CompletableFuture<JsonNode> call = waiting.remove(id);
    if (call == null) {
      return false;
    }
    if (answer.has("error")) {
      call.completeExceptionally(Refused.from(answer.path("error")));
    } else {
      call.complete(answer.path("result"));
    }
    return true;
  }

  /** No answer will come any more. */
  void fail(Throwable cause) {
    waiting.values().forEach(call -> call.completeExceptionally(cause));
    waiting.clear();
  }
}

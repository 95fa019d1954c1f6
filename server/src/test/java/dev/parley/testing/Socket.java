package dev.parley.testing;

import dev.parley.functions.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A live socket of the JDK's own client: requests are answered, events are kept in order. */
public final class Socket implements AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> replies = new ConcurrentHashMap<>();
  private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<JsonNode> others = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final WebSocket webSocket;

  private Socket(URI uri, String subprotocol, Optional<String> token) {
    WebSocket.Builder builder = CLIENT.newWebSocketBuilder().subprotocols(subprotocol);
    token.ifPresent(known -> builder.header("Authorization", "Bearer " + known));
    this.webSocket = builder.buildAsync(uri, new Listener()).join();
  }

  /** Opens a socket, with a token on the handshake or none. */
  public static Socket open(TestServer server, Optional<String> token) {
    return open(server, "/ws", "parley.v1", token);
  }

  /** Opens a socket on which something else is spoken. */
  public static Socket open(
      TestServer server, String path, String subprotocol, Optional<String> token) {
    URI uri = URI.create("ws://127.0.0.1:" + server.port() + path);
    return new Socket(uri, subprotocol, token);
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        received(Json.MAPPER.readTree(text.toString()));
        text.setLength(0);
      }
      socket.request(1);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(code);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      closed.complete(1006);
    }
  }

  private void received(JsonNode frame) {
    if (frame.isArray()) {
      boolean events = frame.path(0).has("method");
      if (events) {
        frame.forEach(this::received);
      } else {
        others.add(frame);
      }
    } else if (frame.path("method").asString("").equals("event")) {
      events.add(frame.path("params"));
    } else if (frame.path("id").isInt() && replies.containsKey(frame.path("id").intValue())) {
      replies.remove(frame.path("id").intValue()).complete(frame);
    } else {
      others.add(frame);
    }
  }

  /** Calls a function; the whole reply comes, result or error. */
  public CompletableFuture<JsonNode> send(String method, String params) {
    int id = ids.incrementAndGet();
    CompletableFuture<JsonNode> reply = new CompletableFuture<>();
    replies.put(id, reply);
    ObjectNode frame = Json.MAPPER.createObjectNode().put("jsonrpc", "2.0").put("id", id);
    frame.put("method", method).set("params", Json.MAPPER.readTree(Json5.json(params)));
    raw(Json5.ascii(frame.toString()));
    return reply;
  }

  /** Calls a function and returns its result; fails the test if it is refused. */
  public JsonNode call(String method, String params) {
    JsonNode reply = await(send(method, params));
    if (reply.has("error")) {
      throw new AssertionError(method + " was refused: " + reply.path("error"));
    }
    return reply.path("result");
  }

  /** Calls a function and returns the whole reply, result or error. */
  public JsonNode tryCall(String method, String params) {
    return await(send(method, params));
  }

  /** Calls a function that is to be refused, and returns the error. */
  public JsonNode refused(String method, String params) {
    JsonNode reply = await(send(method, params));
    if (!reply.has("error")) {
      throw new AssertionError(method + " was not refused: " + reply.path("result"));
    }
    return reply.path("error");
  }

  /** Sends a text frame as it is. */
  public void raw(String text) {
    synchronized (webSocket) {
      webSocket.sendText(text, true).join();
    }
  }

  /** The socket itself, for frames that are not text. */
  public WebSocket webSocket() {
    return webSocket;
  }

  /** The next frame that is neither an event nor the reply to a {@link #send}. */
  public JsonNode other() {
    return poll(others, "a frame");
  }

  /** The next event, whatever it is. */
  public JsonNode event() {
    return poll(events, "an event");
  }

  /** The next event of a type; others before it are passed over. */
  public JsonNode event(String type) {
    return event(event -> event.path("type").stringValue().equals(type));
  }

  public JsonNode event(Predicate<JsonNode> wanted) {
    while (true) {
      JsonNode event = event();
      if (wanted.test(event)) {
        return event;
      }
    }
  }

  /** Logged events of a conversation up to a seq, in the order in which they came. */
  public List<JsonNode> logged(String conversation, long upTo) {
    List<JsonNode> all = new ArrayList<>();
    while (all.isEmpty() || all.getLast().path("seq").longValue() < upTo) {
      all.add(
          event(event ->
              event.has("seq") && event.path("conversation").stringValue().equals(conversation)));
    }
    return all;
  }

  /** Events that are here already. */
  public List<JsonNode> eventsSoFar() {
    List<JsonNode> all = new ArrayList<>();
    events.drainTo(all);
    return all;
  }

  /** The code that the socket is closed with. */
  public int closeCode() {
    return await(closed);
  }

  public boolean isClosed() {
    return closed.isDone();
  }

  /** Reads nothing and goes away without a word, like a machine that lost its network. */
  public void drop() {
    webSocket.abort();
  }

  @Override
  public void close() {
    webSocket.abort();
  }

  private JsonNode poll(BlockingQueue<JsonNode> queue, String what) {
    try {
      JsonNode next = queue.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (next == null) {
        throw new AssertionError(what + " was waited for in vain");
      }
      return next;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stopped);
    }
  }

  private static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError("a reply was waited for in vain", late);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stopped);
    } catch (java.util.concurrent.ExecutionException failed) {
      throw new AssertionError(failed);
    }
  }
}

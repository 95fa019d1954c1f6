package dev.parley;

import dev.parley.functions.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.sqlite.util.LibraryLoaderUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/**
 * Starts a server on data of its own, does what a first visitor does, and stops. From this run the
 * launcher has the JVM make the cache of classes that lets later starts be quick.
 */
@Command(
    name = "rehearse",
    description = "Start a server on data of its own, visit it, and stop it.",
    hidden = true,
    mixinStandardHelpOptions = true)
final class Rehearse implements Callable<Integer> {
  private static final String LOGIN = "{\"name\":\"rehearsal\",\"password\":\"dress rehearsal\"}";

  @Parameters(
      paramLabel = "FOLDER",
      description = "where SQLite's library is to be kept, as a file that the JVM can load")
  private Path libraries = Path.of("native");

  @Override
  public Integer call() throws Exception {
    unpack();
    Path folder = Files.createTempDirectory("parley-rehearsal");
    try {
      perform(folder);
      perform(folder);
    } finally {
      delete(folder);
    }
    return 0;
  }

  /** Otherwise each start unpacks it, and asks the system by a process of its own what it is. */
  private void unpack() throws IOException {
    String name = LibraryLoaderUtil.getNativeLibName();
    String packed = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
    Files.createDirectories(libraries);
    try (InputStream in = LibraryLoaderUtil.class.getResourceAsStream(packed)) {
      if (in != null) {
        Path whole = libraries.resolve(name + ".new");
        Files.copy(in, whole, StandardCopyOption.REPLACE_EXISTING);
        Files.move(whole, libraries.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  /** The first time on new data, the second time on data that is there. */
  private static void perform(Path folder) throws Exception {
    Map<String, String> settings =
        Map.of("PARLEY_DATA", folder.toString(), "PARLEY_PORT", "0", "PARLEY_REGISTRATION", "open");
    try (Parley parley = new Parley(Configuration.of(settings), Clock.systemUTC());
        HttpClient client = HttpClient.newHttpClient()) {
      parley.metrics().serve("127.0.0.1", 0);
      visit(client, "127.0.0.1:" + parley.port());
    }
  }

  private static void visit(HttpClient client, String server) throws Exception {
    URI base = URI.create("http://" + server);
    send(client, HttpRequest.newBuilder(base.resolve("/health/ready")).build());
    send(client, HttpRequest.newBuilder(base.resolve("/")).build());
    post(client, base, "accounts.register");
    String token = post(client, base, "sessions.open").path("token").stringValue();
    try (Visitor visitor = new Visitor(client, URI.create("ws://" + server + "/ws"), token)) {
      String room =
          visitor
              .call("conversations.create", Map.of("kind", "room", "title", "Rehearsal"))
              .at("/conversation/id")
              .stringValue();
      visitor.call("conversations.subscribe", Map.of("id", room));
      visitor.call("messages.post", Map.of("conversation", room, "content", "Is this on?"));
      visitor.call("messages.list", Map.of("conversation", room));
      visitor.call("conversations.list", Map.of());
    }
  }

  private static JsonNode post(HttpClient client, URI base, String function) throws Exception {
    return Json.MAPPER.readTree(
        send(
            client,
            HttpRequest.newBuilder(base.resolve("/api/call/" + function))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(LOGIN))
                .build()));
  }

  private static String send(HttpClient client, HttpRequest request) throws Exception {
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  /** Somebody with a socket who waits for each answer. */
  private static final class Visitor implements WebSocket.Listener, AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final WebSocket socket;
    private final StringBuilder text = new StringBuilder();
    private volatile CompletableFuture<JsonNode> answer = new CompletableFuture<>();

    Visitor(HttpClient client, URI uri, String token) throws Exception {
      this.socket =
          client
              .newWebSocketBuilder()
              .header("Authorization", "Bearer " + token)
              .buildAsync(uri, this)
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    JsonNode call(String method, Map<String, String> params) throws Exception {
      answer = new CompletableFuture<>();
      Map<String, Object> frame =
          Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", params);
      socket.sendText(Json.MAPPER.writeValueAsString(frame), true).join();
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS).path("result");
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        JsonNode frame = Json.MAPPER.readTree(text.toString());
        text.setLength(0);
        if (frame.has("id")) {
          answer.complete(frame);
        }
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
      socket.abort();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    }
  }
}

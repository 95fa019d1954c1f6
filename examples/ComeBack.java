import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A reader loses the network, things are said meanwhile, and it misses nothing: it remembers the seq
 * of the last event and comes back with {@code afterSeq}.
 *
 * <pre>./parley example ComeBack</pre>
 */
public final class ComeBack {
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  public static void main(String[] arguments) throws Exception {
    String server = arguments.length > 0 ? arguments[0] : "http://127.0.0.1:8080";
    String login =
        "{\"name\":\"eve-"
            + Long.toString(System.nanoTime(), 36)
            + "\",\"password\":\"a long password\"}";
    post(server, "", "/api/accounts", login);
    String token = post(server, "", "/api/sessions", login).path("token").stringValue();
    JsonNode room =
        post(server, token, "/api/conversations", "{\"kind\":\"room\",\"title\":\"Train\"}")
            .path("conversation");
    String id = room.path("id").stringValue();

    Reader reader = new Reader(server, token, id, 0, room.path("epoch").stringValue());
    say(server, token, id, "We leave the station.");
    long last = reader.next();

    reader.loseNetwork();
    System.out.println("   (a tunnel)");
    say(server, token, id, "It is dark in here.");
    say(server, token, id, "There is light again.");

    reader = new Reader(server, token, id, last, room.path("epoch").stringValue());
    while (last < 3) {
      last = reader.next();
    }
    reader.loseNetwork();
    CLIENT.close();
  }

  /** A socket that follows one room from a seq on. */
  private static final class Reader implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();
    private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
    private final WebSocket socket;

    Reader(String server, String token, String room, long afterSeq, String epoch) {
      socket =
          CLIENT
              .newWebSocketBuilder()
              .header("Authorization", "Bearer " + token)
              .buildAsync(URI.create(server.replaceFirst("^http", "ws") + "/ws"), this)
              .join();
      socket.sendText(
          """
          {"jsonrpc":"2.0","id":1,"method":"conversations.subscribe",
           "params":{"id":"%s","afterSeq":%d,"epoch":"%s"}}"""
              .formatted(room, afterSeq, epoch),
          true);
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        JsonNode event = JSON.readTree(text.toString()).path("params");
        if (event.has("seq")) {
          events.add(event);
        }
        text.setLength(0);
      }
      return WebSocket.Listener.super.onText(webSocket, data, last);
    }

    /** Prints the next event and returns its seq. */
    long next() throws InterruptedException {
      JsonNode event = events.take();
      long seq = event.path("seq").longValue();
      System.out.println(seq + "  " + event.at("/data/message/content").stringValue());
      return seq;
    }

    void loseNetwork() {
      socket.abort();
    }
  }

  private static void say(String server, String token, String room, String content)
      throws Exception {
    post(
        server,
        token,
        "/api/conversations/" + room + "/messages",
        "{\"content\":\"" + content + "\"}");
  }

  private static JsonNode post(String server, String token, String path, String json)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<String> answer =
        CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(answer.body());
    }
    return JSON.readTree(answer.body());
  }
}

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
 * A client of the persona server that was before, as it was: it lists, selects and streams. New is
 * only that it signs in.
 *
 * <pre>./parley example StreamAria</pre>
 */
public final class StreamAria {
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
  private final WebSocket socket;

  private StreamAria(String server) {
    this.socket =
        CLIENT
            .newWebSocketBuilder()
            .subprotocols("persona")
            .buildAsync(URI.create(server.replaceFirst("^http", "ws") + "/ws"), new Listener())
            .join();
  }

  public static void main(String[] arguments) throws Exception {
    String server = arguments.length > 0 ? arguments[0] : "http://127.0.0.1:8080";
    StreamAria client = new StreamAria(server);
    client.call("sessions.resume", "{\"token\":\"" + token(server) + "\"}");

    for (JsonNode persona : client.call("persona.list", "{}").path("personas")) {
      System.out.println(persona.path("name").stringValue() + ": " + persona.path("description"));
    }
    client.call("persona.switch", "{\"persona_id\":\"aria\"}");
    client.send("persona.chat_stream", "{\"message\":\"What do you think of music?\"}");
    String event = "";
    while (!event.equals("stream_complete")) {
      JsonNode frame = client.next();
      event = frame.path("event_type").stringValue();
      System.out.print(frame.path("chunk").asString(""));
    }
    System.out.println();
    client.socket.abort();
    CLIENT.close();
  }

  private JsonNode call(String method, String params) throws Exception {
    send(method, params);
    return next();
  }

  private void send(String method, String params) {
    String frame = "{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"method\":\"%s\",\"params\":%s}";
    socket.sendText(frame.formatted(method, params), true).join();
  }

  /** The next frame is the reply: nothing else is ever sent. */
  private JsonNode next() throws Exception {
    JsonNode frame = JSON.readTree(frames.take());
    if (frame.has("error")) {
      throw new IllegalStateException(frame.path("error").toString());
    }
    return frame.path("result");
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        frames.add(text.toString());
        text.setLength(0);
      }
      return WebSocket.Listener.super.onText(from, "", last);
    }
  }

  private static String token(String server) throws Exception {
    String login =
        "{\"name\":\"kim-"
            + Long.toString(System.nanoTime(), 36)
            + "\",\"password\":\"a long password\"}";
    post(server + "/api/accounts", login);
    return post(server + "/api/sessions", login).path("token").stringValue();
  }

  private static JsonNode post(String url, String json) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    return JSON.readTree(CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }
}

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
 * Somebody has a scripted persona open a room, in talk over a WebSocket. What it asks it takes from
 * the schema of the one function that it may call.
 *
 * <p>Start a server with {@code ./parley serve}, then:
 *
 * <pre>./parley example AskTheHost</pre>
 */
public final class AskTheHost {
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String[] TALK = {
    "Please open a room, title: Tea at four",
    "change the title to Tea at five",
    "what time is it?",
    "make it public, please",
    "visibility: secret",
    "topic: scones and jam",
    "yes"
  };

  private final BlockingQueue<JsonNode> replies = new LinkedBlockingQueue<>();
  private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
  private final WebSocket socket;

  private AskTheHost(String server, String token) {
    this.socket =
        CLIENT
            .newWebSocketBuilder()
            .subprotocols("parley.v1")
            .header("Authorization", "Bearer " + token)
            .buildAsync(URI.create(server.replaceFirst("^http", "ws") + "/ws"), new Listener())
            .join();
  }

  public static void main(String[] arguments) throws Exception {
    String server = arguments.length > 0 ? arguments[0] : "http://127.0.0.1:8080";
    String unique = Long.toString(System.nanoTime(), 36);
    String login = "{\"name\":\"ada-" + unique + "\",\"password\":\"a long password\"}";
    http(server, "", "accounts.register", login);
    String token = http(server, "", "sessions.open", login).path("token").stringValue();
    String host =
        http(
                server,
                token,
                "personas.create",
                "{\"name\":\"rosa-"
                    + unique
                    + "\",\"description\":\"A host\",\"functions\":[\"conversations.create\"]}")
            .at("/persona/id")
            .stringValue();

    AskTheHost client = new AskTheHost(server, token);
    String direct =
        client
            .call("personas.converse", "{\"persona\":\"" + host + "\"}")
            .at("/conversation/id")
            .stringValue();
    client.call("conversations.subscribe", "{\"id\":\"" + direct + "\"}");
    for (String line : TALK) {
      System.out.println("> " + line);
      String id =
          client
              .call(
                  "messages.post",
                  "{\"conversation\":\"" + direct + "\",\"content\":\"" + line + "\"}")
              .at("/message/id")
              .stringValue();
      System.out.println(client.answer(id) + "\n");
    }
    client.socket.abort();
    CLIENT.close();
  }

  private JsonNode call(String method, String params) throws Exception {
    String frame = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":%s}";
    socket.sendText(frame.formatted(method, params), true).join();
    JsonNode reply = replies.take();
    if (reply.has("error")) {
      throw new IllegalStateException(reply.path("error").toString());
    }
    return reply.path("result");
  }

  private String answer(String question) throws Exception {
    while (true) {
      JsonNode message = events.take().at("/params/data/message");
      if (message.path("replyTo").asString("").equals(question)) {
        return message.path("content").stringValue();
      }
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        received(JSON.readTree(text.toString()));
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  /** Several events may come in one frame. */
  private void received(JsonNode frame) {
    if (frame.isArray()) {
      frame.forEach(this::received);
    } else {
      (frame.has("id") ? replies : events).add(frame);
    }
  }

  private static JsonNode http(String server, String token, String function, String json)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server + "/api/call/" + function))
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

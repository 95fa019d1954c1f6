import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two people talk: one listens on a socket, the other posts over HTTP.
 *
 * <p>Start a server with {@code ./parley serve}, then:
 *
 * <pre>./parley example Talk</pre>
 */
public final class Talk {
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  public static void main(String[] arguments) throws Exception {
    String server = arguments.length > 0 ? arguments[0] : "http://127.0.0.1:8080";
    String run = Long.toString(System.nanoTime(), 36);

    String ada = signUp(server, "ada-" + run);
    String bob = signUp(server, "bob-" + run);
    String room =
        post(server, ada, "/api/conversations", "{\"kind\":\"room\",\"title\":\"Tea " + run + "\"}")
            .at("/conversation/id")
            .stringValue();

    CountDownLatch heard = new CountDownLatch(3);
    WebSocket socket = listen(server, bob, room, heard);
    for (String line : new String[] {"Tea is ready.", "Milk?", "I take that as a yes."}) {
      post(server, ada, "/api/conversations/" + room + "/messages", "{\"content\":\"" + line + "\"}");
    }
    heard.await();
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    CLIENT.close();
  }

  private static String signUp(String server, String name) throws Exception {
    String login = "{\"name\":\"" + name + "\",\"password\":\"a long password\"}";
    post(server, "", "/api/accounts", login);
    return post(server, "", "/api/sessions", login).path("token").stringValue();
  }

  private static WebSocket listen(
      String server, String token, String room, CountDownLatch heard) {
    WebSocket socket =
        CLIENT
            .newWebSocketBuilder()
            .subprotocols("parley.v1")
            .header("Authorization", "Bearer " + token)
            .buildAsync(
                URI.create(server.replaceFirst("^http", "ws") + "/ws"), new Printing(heard))
            .join();
    // From seq 0 on: what was said before this subscription comes, too, and exactly once.
    socket.sendText(
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"conversations.subscribe\",\"params\":{\"id\":\""
            + room
            + "\",\"afterSeq\":0}}",
        true);
    return socket;
  }

  private static final class Printing implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();
    private final CountDownLatch heard;

    Printing(CountDownLatch heard) {
      this.heard = heard;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        print(JSON.readTree(text.toString()));
        text.setLength(0);
      }
      return WebSocket.Listener.super.onText(socket, data, last);
    }

    private void print(JsonNode frame) {
      if (frame.isArray()) {
        frame.forEach(this::print);
        return;
      }
      JsonNode event = frame.path("params");
      if (event.path("type").asString("").equals("message.posted")) {
        JsonNode message = event.at("/data/message");
        System.out.printf(
            "%d  %s: %s%n",
            event.path("seq").longValue(),
            message.at("/sender/name").stringValue(),
            message.path("content").stringValue());
        heard.countDown();
      }
    }
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

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Somebody spoils a room's settings; its history tells what happened, and brings them back.
 *
 * <p>Start a server with {@code ./parley serve}, then:
 *
 * <pre>./parley example BringBack</pre>
 */
public final class BringBack {
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  public static void main(String[] arguments) throws Exception {
    String server = arguments.length > 0 ? arguments[0] : "http://127.0.0.1:8080";
    String token = signUp(server, "ada-" + Long.toString(System.nanoTime(), 36));
    String room =
        call(server, token, "conversations.create", "{\"kind\":\"room\",\"title\":\"Tea at five\"}")
            .at("/conversation/id")
            .stringValue();
    call(
        server,
        token,
        "conversations.update",
        "{\"id\":\"" + room + "\",\"title\":\"Tee at fife\",\"topic\":\"typing\"}");

    JsonNode versions = call(server, token, "history.list", id(room, "")).path("items");
    for (JsonNode version : versions) {
      System.out.printf(
          "%d  %s by %s%n",
          version.path("version").longValue(),
          version.path("function").stringValue(),
          version.at("/by/name").stringValue());
    }
    long good = versions.get(versions.size() - 1).path("version").longValue();

    JsonNode diff = call(server, token, "history.diff", id(room, ",\"from\":" + good));
    System.out.println(diff.path("text").stringValue());

    call(server, token, "history.restore", id(room, ",\"version\":" + good));
    JsonNode now = call(server, token, "conversations.get", id(room, ""));
    System.out.println("The room is called again: " + now.at("/conversation/title").stringValue());
    CLIENT.close();
  }

  private static String id(String id, String rest) {
    return "{\"id\":\"" + id + "\"" + rest + "}";
  }

  private static String signUp(String server, String name) throws Exception {
    String login = "{\"name\":\"" + name + "\",\"password\":\"a long password\"}";
    call(server, "", "accounts.register", login);
    return call(server, "", "sessions.open", login).path("token").stringValue();
  }

  private static JsonNode call(String server, String token, String function, String json)
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

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Somebody tells a persona something wrong and corrects it; the persona believes what is right, and
 * still knows what it believed before. Then it forgets.
 *
 * <p>Start a server with {@code ./parley serve}, then:
 *
 * <pre>./parley example RememberMe</pre>
 */
public final class RememberMe {
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  public static void main(String[] arguments) throws Exception {
    String server = arguments.length > 0 ? arguments[0] : "http://127.0.0.1:8080";
    String token = signUp(server, "ada-" + Long.toString(System.nanoTime(), 36));
    String persona =
        call(server, token, "personas.list", "{}").at("/items/0/id").stringValue();
    String to = "{\"persona\":\"" + persona + "\",\"text\":\"";
    String wrong =
        call(server, token, "memories.add", to + "lives in Paris\"}")
            .at("/memory/id")
            .stringValue();
    String before = java.time.Instant.now().toString();
    Thread.sleep(10);
    String right =
        call(
                server,
                token,
                "memories.correct",
                "{\"id\":\"" + wrong + "\",\"text\":\"lives in Rome\"}")
            .at("/memory/id")
            .stringValue();

    String question = to + "Where do I live?\"";
    System.out.println("Now: " + best(call(server, token, "memories.search", question + "}")));
    System.out.println(
        "Before: "
            + best(
                call(
                    server,
                    token,
                    "memories.search",
                    question + ",\"asOf\":\"" + before + "\"}")));
    call(server, token, "memories.forget", "{\"id\":\"" + right + "\"}");
    System.out.println("Forgotten: " + best(call(server, token, "memories.search", question + "}")));
    CLIENT.close();
  }

  private static String best(JsonNode found) {
    JsonNode first = found.at("/items/0/memory/text");
    return first.isMissingNode() ? "nothing" : first.stringValue();
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

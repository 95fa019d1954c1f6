import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Talks to the built-in persona in a direct conversation, over plain HTTP.
 *
 * <pre>./parley example AskThePersona</pre>
 */
public final class AskThePersona {
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  public static void main(String[] arguments) throws Exception {
    String server = arguments.length > 0 ? arguments[0] : "http://127.0.0.1:8080";
    String login =
        "{\"name\":\"kim-"
            + Long.toString(System.nanoTime(), 36)
            + "\",\"password\":\"a long password\"}";
    send("POST", server + "/api/accounts", "", login);
    String token = send("POST", server + "/api/sessions", "", login).path("token").stringValue();

    String guide =
        send("GET", server + "/api/personas", token, "").at("/items/0/id").stringValue();
    String direct =
        send(
                "POST",
                server + "/api/conversations",
                token,
                "{\"kind\":\"direct\",\"with\":\"" + guide + "\"}")
            .at("/conversation/id")
            .stringValue();
    String messages = server + "/api/conversations/" + direct + "/messages";

    for (String question : new String[] {"Hello!", "Are you a language model?", "Who is here?"}) {
      long asked =
          send("POST", messages, token, "{\"content\":\"" + question + "\"}")
              .at("/message/seq")
              .longValue();
      System.out.println("> " + question);
      System.out.println(answer(messages, token, asked));
    }
    CLIENT.close();
  }

  /** Sockets are told of an answer; without one, look until it is there. */
  private static String answer(String messages, String token, long asked) throws Exception {
    while (true) {
      JsonNode after = send("GET", messages + "?after=" + asked, token, "").path("items");
      if (!after.isEmpty()) {
        return after.path(0).path("content").stringValue();
      }
      Thread.sleep(50);
    }
  }

  private static JsonNode send(String method, String url, String token, String json)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(json));
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

package dev.parley;

import dev.parley.functions.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Calls any function of a running server. */
@Command(
    name = "call",
    description =
        "Call a function of a running server: parley call messages.search '{\"text\":\"hi\"}'",
    mixinStandardHelpOptions = true)
final class CallFunction implements Callable<Integer> {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  @Parameters(index = "0", paramLabel = "FUNCTION")
  private String function = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "JSON", defaultValue = "{}")
  private String params = "{}";

  @Option(names = "--url", description = "where the server is (or PARLEY_URL)")
  private @Nullable String url;

  @Option(names = "--token", description = "a session's token or an API key (or PARLEY_TOKEN)")
  private @Nullable String token;

  @Option(names = "--name", description = "sign in by name, with --password")
  private @Nullable String name;

  @Option(
      names = "--password",
      description = "asked for if absent",
      arity = "0..1",
      interactive = true)
  private @Nullable String password;

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      Optional<String> bearer = token(client);
      HttpResponse<String> answer = post(client, function, parsed(params), bearer);
      JsonNode body = read(answer);
      System.out.println(Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(body));
      return answer.statusCode() < 300 ? 0 : 1;
    }
  }

  private static JsonNode parsed(String json) {
    try {
      return Json.MAPPER.readTree(json);
    } catch (JacksonException unreadable) {
      throw new IllegalArgumentException("JSON: " + unreadable.getOriginalMessage());
    }
  }

  private JsonNode read(HttpResponse<String> answer) throws IOException {
    try {
      return Json.MAPPER.readTree(answer.body());
    } catch (JacksonException strange) {
      throw new IOException("whoever answers at " + base() + " is no Parley", strange);
    }
  }

  private Optional<String> token(HttpClient client) throws IOException, InterruptedException {
    if (name == null) {
      return Optional.ofNullable(token)
          .or(() -> Optional.ofNullable(System.getenv("PARLEY_TOKEN")));
    }
    ObjectNode login = Json.MAPPER.createObjectNode().put("name", name).put("password", password);
    HttpResponse<String> answer = post(client, "sessions.open", login, Optional.empty());
    JsonNode body = read(answer);
    if (answer.statusCode() >= 300) {
      throw new IOException("sign-in failed: " + body.path("detail").asString(answer.body()));
    }
    return Optional.of(body.path("token").stringValue());
  }

  private HttpResponse<String> post(
      HttpClient client, String called, JsonNode body, Optional<String> bearer)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base() + "/api/call/" + called))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    bearer.ifPresent(known -> request.header("Authorization", "Bearer " + known));
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (java.net.ConnectException nobody) {
      throw new IOException("nobody answers at " + base() + "; is the server running?", nobody);
    }
  }

  private String base() {
    String environment = System.getenv("PARLEY_URL");
    if (url != null) {
      return url;
    }
    if (environment != null) {
      return environment;
    }
    Configuration configuration = Configuration.of(System.getenv());
    return new Settings(configuration).url(configuration.number("PARLEY_PORT"));
  }
}

package dev.parley;

import dev.parley.functions.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The options by which a command finds a server that runs, and signs in there. */
final class RunningServer {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

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

  /** Where it is, without a slash at the end. */
  String url() {
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

  /**
   * What to show at the door, if there is anything.
   *
   * @throws IOException if whoever was named cannot sign in
   */
  Optional<String> token(HttpClient client) throws IOException, InterruptedException {
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

  /** Calls a function. */
  HttpResponse<String> post(
      HttpClient client, String function, JsonNode params, Optional<String> bearer)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url() + "/api/call/" + function))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(params.toString()));
    bearer.ifPresent(known -> request.header("Authorization", "Bearer " + known));
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (ConnectException nobody) {
      throw nobody(nobody);
    }
  }

  IOException nobody(ConnectException cause) {
    return new IOException("nobody answers at " + url() + "; is the server running?", cause);
  }

  /**
   * @throws IOException if it is no JSON, so no answer of ours
   */
  JsonNode read(HttpResponse<String> answer) throws IOException {
    try {
      return Json.MAPPER.readTree(answer.body());
    } catch (JacksonException strange) {
      throw new IOException("whoever answers at " + url() + " is no Parley", strange);
    }
  }
}

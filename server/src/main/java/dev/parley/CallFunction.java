package dev.parley;

import dev.parley.functions.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Calls any function of a running server. */
@Command(
    name = "call",
    description =
        "Call a function of a running server: parley call messages.search '{\"text\":\"hi\"}'",
    mixinStandardHelpOptions = true)
final class CallFunction implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "FUNCTION")
  private String function = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "JSON", defaultValue = "{}")
  private String params = "{}";

  @Mixin private final RunningServer server = new RunningServer();

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      Optional<String> bearer = server.token(client);
      HttpResponse<String> answer = server.post(client, function, parsed(params), bearer);
      JsonNode body = server.read(answer);
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
}

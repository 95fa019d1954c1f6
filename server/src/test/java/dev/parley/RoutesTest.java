package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.calls.Call;
import dev.parley.calls.Mark;
import dev.parley.calls.Route;
import dev.parley.functions.Registered;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Every function at its route, as the metrics count it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutesTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Pattern BRACES = Pattern.compile("\\{[^}]*}");

  private Parley parley;
  private int metrics;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    Map<String, String> settings =
        Map.of(
            "PARLEY_DATA", folder.toString(),
            "PARLEY_PORT", "0",
            "RATE_LIMIT_PER_CONNECTION", "0");
    parley = new Parley(Configuration.of(settings), Clock.systemUTC());
    metrics = parley.metrics().serve("127.0.0.1", 0);
  }

  @AfterAll
  void stop() {
    parley.close();
  }

  private static HttpResponse<String> send(int port, String method, String path) throws Exception {
    HttpRequest.BodyPublisher body =
        method.equals("GET")
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString("{}");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Content-Type", "application/json")
            .method(method, body)
            .build();
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private long calls(String function) throws Exception {
    return Pattern.compile(
            "parley_calls_seconds_count\\{function=\"" + Pattern.quote(function) + "\".*} (\\S+)")
        .matcher(send(metrics, "GET", "/metrics").body())
        .results()
        .mapToLong(found -> (long) Double.parseDouble(found.group(1)))
        .sum();
  }

  @Test
  void every_function_is_reached_by_its_route_and_by_its_name() throws Exception {
    for (Registered<Call> function : parley.dispatcher().registry().all()) {
      if (!isSocketOnly(function)) {
        Route route = function.function().attribute(Route.class).orElseThrow();
        long before = calls(function.name());
        send(parley.port(), route.method(), "/api" + BRACES.matcher(route.path()).replaceAll("x"));
        assertThat(calls(function.name())).as(route.toString()).isEqualTo(before + 1);
        send(parley.port(), "POST", "/api/call/" + function.name());
        assertThat(calls(function.name())).as(function.name()).isEqualTo(before + 2);
      }
    }
  }

  private static boolean isSocketOnly(Registered<Call> function) {
    return function.function().attributes().contains(Mark.SOCKET_ONLY);
  }

  @Test
  void a_name_that_a_stranger_makes_up_does_not_become_a_metric() throws Exception {
    send(parley.port(), "POST", "/api/call/made-up-by-a-stranger");
    send(parley.port(), "GET", "/api/ping");
    assertThat(send(metrics, "GET", "/metrics").body())
        .doesNotContain("made-up-by-a-stranger")
        .contains(
            "# TYPE parley_calls_seconds histogram",
            "parley_connections ",
            "parley_connections_signed_in ",
            "parley_changes_waiting ",
            "parley_statements_slow",
            "jvm_memory_used_bytes");
    assertThat(send(metrics, "GET", "/").statusCode()).isEqualTo(404);
  }
}

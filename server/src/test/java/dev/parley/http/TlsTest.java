package dev.parley.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Certificate;
import dev.parley.testing.Database;
import dev.parley.testing.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The port with a certificate that the test makes for itself. */
class TlsTest {
  private static final String ADA = "{\"name\":\"ada\",\"password\":\"long enough\"";

  @Test
  void the_port_speaks_tls_and_then_cookies_are_for_tls_only(@TempDir Path folder)
      throws Exception {
    Certificate certificate = Certificate.in(folder);
    try (TestServer server = TestServer.start(Database.SQLITE, certificate.settings());
        HttpClient client = HttpClient.newBuilder().sslContext(certificate.trusting()).build()) {
      HttpResponse<String> registered = post(client, server, "/api/accounts", ADA + "}");
      assertThat(registered.statusCode()).isEqualTo(201);
      assertThat(registered.headers().firstValue("Strict-Transport-Security")).isPresent();
      String cookie =
          post(client, server, "/api/sessions", ADA + ",\"cookie\":true}")
              .headers()
              .firstValue("Set-Cookie")
              .orElseThrow();
      assertThat(cookie).startsWith("__Host-parley=").contains("; Secure");
      String tooLarge = "x".repeat(3 * 1024 * 1024);
      assertThat(post(client, server, "/api/accounts", tooLarge).statusCode()).isEqualTo(413);
      WebSocket socket = signedIn(client, server, cookie.split(";", 2)[0]);
      assertThat(socket.isOutputClosed()).isFalse();
      socket.abort();
    }
  }

  private static WebSocket signedIn(HttpClient client, TestServer server, String cookie)
      throws Exception {
    return client
        .newWebSocketBuilder()
        .header("Cookie", cookie)
        .buildAsync(
            URI.create("wss://localhost:" + server.port() + "/ws"), new WebSocket.Listener() {})
        .get(20, TimeUnit.SECONDS);
  }

  private static HttpResponse<String> post(
      HttpClient client, TestServer server, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }
}

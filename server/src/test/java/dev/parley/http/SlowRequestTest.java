package dev.parley.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.testing.Certificate;
import dev.parley.testing.Database;
import dev.parley.testing.RawHttp;
import dev.parley.testing.RawSocket;
import dev.parley.testing.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections that cost a place and ask for nothing, or take for ever to ask. */
class SlowRequestTest {
  private static final String PING = "GET /api/ping HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final String POST =
      "POST /api/accounts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
          + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n";

  private static TestServer server(Map<String, String> settings) {
    TestServer server = TestServer.start(Database.SQLITE, settings);
    server.clock().stop();
    return server;
  }

  /** All that comes until the server ends the connection, for which time passes. */
  private static String endOf(TestServer server, RawHttp connection) {
    CompletableFuture<String> all = CompletableFuture.supplyAsync(connection::all);
    await()
        .until(() -> {
          server.clock().advance(Duration.ofSeconds(1));
          return all.isDone();
        });
    return all.join();
  }

  @Test
  void a_head_that_drips_in_is_answered_with_408_and_the_connection_ends() {
    try (TestServer server = server(Map.of());
        RawHttp dripping = new RawHttp(server)) {
      dripping.send("GET /api/ping HTTP/1.1\r\n").send("Host: local");
      assertThat(endOf(server, dripping)).startsWith("HTTP/1.1 408").contains("20 seconds");
      try (RawHttp later = new RawHttp(server)) {
        later.send(PING).until("\"at\"");
        later.send("GET /api/pi");
        assertThat(endOf(server, later)).contains("HTTP/1.1 408");
      }
    }
  }

  @Test
  void a_body_that_drips_in_is_answered_with_408_a_minute_after_its_first_byte() {
    try (TestServer server = server(Map.of());
        RawHttp dripping = new RawHttp(server);
        RawHttp other = new RawHttp(server)) {
      dripping.send(POST).until("100 Continue\r\n\r\n");
      other.send(POST).until("100 Continue\r\n\r\n");
      server.clock().advance(Duration.ofSeconds(59));
      other.send("{}");
      assertThat(other.until("\r\n")).startsWith("HTTP/1.1 400");
      dripping.send("{");
      server.clock().advance(Duration.ofSeconds(1));
      assertThat(dripping.all()).startsWith("HTTP/1.1 408").contains("60 seconds");
    }
  }

  @Test
  void whoever_asks_for_nothing_is_closed_without_a_word() {
    try (TestServer server = server(Map.of());
        RawHttp silent = new RawHttp(server);
        RawHttp quiet = new RawHttp(server)) {
      quiet.send(PING).until("\"at\"");
      assertThat(endOf(server, silent)).isEmpty();
      assertThat(endOf(server, quiet)).doesNotContain("408");
    }
  }

  @Test
  void a_handshake_of_tls_that_is_never_finished_is_ended(@TempDir Path folder) {
    try (TestServer server = server(Certificate.in(folder).settings());
        RawHttp shaking = new RawHttp(server)) {
      shaking.send(new byte[] {22, 3, 1, 2, 0, 1});
      assertThat(endOf(server, shaking)).isEmpty();
    }
  }

  @Test
  void a_request_that_is_being_answered_is_waited_for_as_long_as_it_takes() {
    try (TestServer server = server(Map.of());
        RawHttp listening = new RawHttp(server)) {
      String body =
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{"
              + "\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
              + "\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}}}";
      String head =
          " /mcp HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
              + server.user("ada").token()
              + "\r\nAccept: application/json, text/event-stream\r\n";
      String welcome =
          listening
              .send(
                  "POST"
                      + head
                      + "Content-Type: application/json\r\nContent-Length: "
                      + body.length()
                      + "\r\n\r\n"
                      + body)
              .until("serverInfo");
      String session =
          welcome
              .lines()
              .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("mcp-session"))
              .findFirst()
              .orElseThrow();
      listening.send("GET" + head + session + "\r\n\r\n").until("text/event-stream");
      listening.until(":\n\n");
      server.clock().advance(Duration.ofMinutes(10));
      for (int loop = 0; loop < Runtime.getRuntime().availableProcessors(); loop++) {
        try (RawHttp silent = new RawHttp(server)) {
          assertThat(endOf(server, silent)).isEmpty();
        }
      }
      server.restart();
      listening.until("0\r\n\r\n");
    }
  }

  @Test
  void connections_beyond_the_limit_are_told_so_and_places_come_back() {
    try (TestServer server = server(Map.of("PARLEY_HTTP_CONNECTIONS", "2"))) {
      RawHttp first = new RawHttp(server);
      first.send(PING).until("\"at\"");
      try (RawHttp second = new RawHttp(server)) {
        second.send(PING).until("\"at\"");
        assertThat(refusal(server, "127.0.0.1"))
            .startsWith("HTTP/1.1 503")
            .contains("retry-after: 5");
        first.close();
        await().until(() -> refusal(server, "127.0.0.1").startsWith("HTTP/1.1 200"));
      }
    }
  }

  @Test
  void what_has_become_a_socket_leaves_its_place_to_others() {
    try (TestServer server = server(Map.of("PARLEY_HTTP_CONNECTIONS", "1"))) {
      List<RawSocket> sockets = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        sockets.add(RawSocket.open(server, RawSocket.headers(server, Optional.empty())));
      }
      assertThat(sockets).allMatch(socket -> socket.status() == 101);
      sockets.forEach(RawSocket::close);
    }
  }

  @Test
  void one_address_leaves_places_to_others_and_a_trusted_proxy_is_not_one() {
    try (TestServer server = server(Map.of("PARLEY_CONNECTIONS_PER_ADDRESS", "1"));
        RawHttp first = new RawHttp(server)) {
      first.send(PING).until("\"at\"");
      assertThat(refusal(server, "127.0.0.1"))
          .startsWith("HTTP/1.1 429")
          .contains("retry-after: 5");
      assertThat(refusal(server, "127.0.0.2")).startsWith("HTTP/1.1 200");
    }
    try (TestServer server =
            server(
                Map.of(
                    "PARLEY_CONNECTIONS_PER_ADDRESS", "1",
                    "PARLEY_TRUSTED_PROXIES", "127.0.0.1"));
        RawHttp first = new RawHttp(server)) {
      first.send(PING).until("\"at\"");
      assertThat(refusal(server, "127.0.0.1")).startsWith("HTTP/1.1 200");
    }
  }

  /** The head of what a new connection is told. */
  private static String refusal(TestServer server, String from) {
    try (RawHttp connection = new RawHttp(server, from)) {
      String head = connection.send(PING).until("\r\n\r\n");
      return head.substring(0, 12) + head.substring(12).toLowerCase(Locale.ROOT);
    }
  }
}

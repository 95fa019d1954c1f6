package dev.parley.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Database;
import dev.parley.testing.Http;
import dev.parley.testing.RawHttp;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Requests as no well-behaved client sends them, and pages that are not welcome. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RawRequestTest {
  private TestServer server;
  private User ada;

  @BeforeAll
  void start() {
    server =
        TestServer.start(
            Database.SQLITE,
            Map.of(
                "PARLEY_ORIGINS", "https://app.example.com",
                "PARLEY_TRUSTED_PROXIES", "127.0.0.0/8"));
    ada = server.user("ada");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void only_names_of_this_server_are_answered() {
    for (String host : List.of("127.0.0.1:1", "localhost", "[::1]:80", "app.example.com")) {
      assertThat(raw("GET /api/ping", "Host: " + host, "")).as(host).startsWith("HTTP/1.1 200");
    }
    for (String host : List.of("evil.example", "localhost.evil.example", "", "a b")) {
      assertThat(raw("GET /api/ping", "Host: " + host, "")).as(host).startsWith("HTTP/1.1 403");
      assertThat(handshake(host, "")).as(host).startsWith("HTTP/1.1 403");
    }
  }

  @Test
  void pages_of_other_origins_are_kept_out_and_of_listed_ones_let_in() {
    String bearer = "Authorization: Bearer " + ada.token() + "\r\nOrigin: ";
    for (String origin : List.of("https://evil.example", "null", "https://app.example.com.evil")) {
      assertThat(handshake("127.0.0.1", bearer + origin + "\r\n"))
          .as(origin)
          .startsWith("HTTP/1.1 403");
      assertThat(raw("GET /api/ping", "Host: localhost\r\nOrigin: " + origin, ""))
          .as(origin)
          .startsWith("HTTP/1.1 403");
    }
    assertThat(handshake("127.0.0.1", bearer + "https://app.example.com\r\n"))
        .startsWith("HTTP/1.1 101");
    assertThat(handshake("127.0.0.1:7", bearer + "http://127.0.0.1:7\r\n"))
        .startsWith("HTTP/1.1 101");
    assertThat(raw("GET /api/ping", "Host: localhost\r\nOrigin: https://app.example.com", ""))
        .containsIgnoringCase("access-control-allow-origin: https://app.example.com")
        .containsIgnoringCase("access-control-allow-credentials: true");
    assertThat(raw("GET /api/ping", "Host: localhost", ""))
        .doesNotContainIgnoringCase("access-control-allow");
  }

  @Test
  void a_browser_may_ask_first_what_a_listed_origin_may() {
    String asking =
        "Host: localhost\r\nAccess-Control-Request-Method: PATCH\r\n"
            + "Access-Control-Request-Headers: content-type, idempotency-key\r\nOrigin: ";
    String allowed = raw("OPTIONS /api/accounts/me", asking + "https://app.example.com", "");
    assertThat(allowed)
        .startsWith("HTTP/1.1 204")
        .containsIgnoringCase("access-control-allow-methods: GET, POST, PATCH, DELETE")
        .containsIgnoringCase("vary: accept-encoding, origin")
        .contains("Authorization, Content-Type, Idempotency-Key");
    assertThat(raw("OPTIONS /api/accounts/me", asking + "https://evil.example", ""))
        .startsWith("HTTP/1.1 403")
        .doesNotContainIgnoringCase("access-control-allow");
  }

  @Test
  void a_malformed_path_query_or_request_is_answered() {
    for (String path : List.of("/api/%zz", "/%", "/" + "a".repeat(9_000))) {
      assertThat(raw("GET " + path, "Host: localhost", "")).startsWith("HTTP/1.1 400");
    }
    assertThat(raw("GET /api/accounts?query=%zz", "Host: localhost\r\n" + bearer(), ""))
        .startsWith("HTTP/1.1 400")
        .contains("\"field\":\"query\"");
    assertThat(raw("GET /api/conversations/%00", "Host: localhost\r\n" + bearer(), ""))
        .startsWith("HTTP/1.1 400");
    assertThat(raw("GET /api/ping", "Host: localhost\r\nX: " + "a".repeat(20_000), ""))
        .startsWith("HTTP/1.1 400");
    try (RawHttp garbage = new RawHttp(server)) {
      assertThat(garbage.send("\u0016\u0003\u0001 hello\r\n\r\n").until("\r\n"))
          .startsWith("HTTP/1.1 400");
    }
  }

  @Test
  void bytes_that_are_no_utf_8_are_told_so_and_not_stored() {
    for (String bytes : List.of("\u00ff\u00fe", "\u00c0\u0080", "\u00ed\u00a0\u0080", "\u00e9")) {
      assertThat(post("{\"kind\":\"room\",\"title\":\"" + bytes + "\"}"))
          .startsWith("HTTP/1.1 400");
    }
  }

  private String bearer() {
    return "Authorization: Bearer " + ada.token();
  }

  private String post(String body) {
    return raw(
        "POST /api/conversations",
        "Host: localhost\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n"
            + bearer(),
        body);
  }

  @Test
  void pipelined_requests_are_answered_in_their_order() {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 99; i++) {
      String path = i % 3 == 0 ? "/api/ping" : i % 3 == 1 ? "/health/live" : "/nope";
      many.append("GET ").append(path).append(" HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }
    many.append("GET /nope HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    try (RawHttp raw = new RawHttp(server)) {
      List<String> answers = List.of(raw.send(many.toString()).all().split("HTTP/1.1 ", -1));
      assertThat(answers).hasSize(101);
      for (int i = 0; i < 99; i++) {
        String wanted = i % 3 == 0 ? "\"at\"" : i % 3 == 1 ? "alive" : "nothing at this path";
        assertThat(answers.get(i + 1)).contains(wanted);
      }
    }
  }

  @Test
  void a_request_may_come_byte_by_byte() {
    String body = "{\"kind\":\"room\",\"title\":\"Bit by bit\"}";
    try (RawHttp raw = new RawHttp(server)) {
      String request =
          "POST /api/conversations HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
              + "Content-Type: application/json\r\nContent-Length: "
              + body.length()
              + "\r\n"
              + bearer()
              + "\r\n\r\n"
              + body;
      request.chars().forEach(one -> raw.send(String.valueOf((char) one)));
      assertThat(raw.all()).startsWith("HTTP/1.1 201").contains("Bit by bit");
    }
  }

  @Test
  void a_body_without_a_length_has_a_limit_too() {
    String piece = "100000\r\n" + "x".repeat(0x100000) + "\r\n";
    try (RawHttp raw = new RawHttp(server)) {
      raw.send(
          "POST /api/accounts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n");
      raw.send(piece).send(piece).send("0\r\n\r\n");
      assertThat(raw.until("\r\n")).startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void a_proxy_is_believed_about_the_last_hop_only_however_it_says_so() {
    for (int i = 0; i < 5; i++) {
      assertThat(guess("X-Forwarded-For: 198.51.100.7")).startsWith("HTTP/1.1 401");
    }
    assertThat(guess("X-Forwarded-For: 198.51.100.7")).startsWith("HTTP/1.1 429");
    assertThat(guess("X-Forwarded-For: 203.0.113.9, 198.51.100.7")).startsWith("HTTP/1.1 429");
    assertThat(guess("X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-For: 198.51.100.7"))
        .startsWith("HTTP/1.1 429");
    assertThat(guess("X-Forwarded-For: 198.51.100.8")).startsWith("HTTP/1.1 401");
  }

  private String guess(String header) {
    String body = "{\"name\":\"proxied\",\"password\":\"wrong\"}";
    return raw(
        "POST /api/sessions",
        "Host: localhost\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n"
            + header,
        body);
  }

  @Test
  void tokens_cannot_be_tried_out_without_end() {
    try (TestServer strict =
        TestServer.start(Database.SQLITE, Map.of("RATE_LIMIT_PER_CONNECTION", "20"))) {
      List<Integer> answers =
          java.util.stream.IntStream.range(0, 30)
              .mapToObj(i -> strict.http("guess-" + i).get("/api/accounts/me"))
              .map(Http.Reply::status)
              .toList();
      assertThat(answers).startsWith(401).contains(429);
      Http.Reply limited = strict.http().send("GET", "/api/ping", Optional.empty(), Map.of());
      assertThat(limited.status()).isEqualTo(429);
      assertThat(limited.body().path("retryAfterMs").longValue()).isPositive();
    }
  }

  private String raw(String start, String headers, String body) {
    try (RawHttp raw = new RawHttp(server)) {
      return raw.send(start + " HTTP/1.1\r\nConnection: close\r\n" + headers + "\r\n\r\n" + body)
          .all();
    }
  }

  private String handshake(String host, String headers) {
    try (RawHttp raw = new RawHttp(server)) {
      return raw.handshake(host, headers);
    }
  }
}

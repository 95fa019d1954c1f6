package dev.parley.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Database;
import dev.parley.testing.Http;
import dev.parley.testing.RawHttp;
import dev.parley.testing.Rows;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests as clients mean them; no database changes what the door does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpDoorTest {
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  private TestServer server;
  private User ada;

  @BeforeAll
  void start() {
    server = TestServer.start(Database.SQLITE);
    ada = server.user("ada");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void a_refusal_is_a_problem_with_the_status_of_its_kind() {
    assertProblem(server.http().get("/api/accounts/me"), 401, -32001, "unauthenticated");
    assertThat(server.http().get("/api/accounts/me").header("WWW-Authenticate"))
        .startsWith("Bearer");
    assertProblem(ada.http().get("/api/invitations"), 403, -32002, "forbidden");
    assertProblem(ada.http().get("/api/conversations/nope"), 404, -32003, "not_found");
    assertProblem(server.http().post("/api/accounts", credentials("")), 409, -32004, "conflict");
    assertProblem(ada.http().get("/api/conversations?limit=0"), 400, -32602, "invalid_params");
    assertProblem(ada.http().post("/api/conversations", "{"), 400, -32700, "parse_error");
    assertProblem(ada.http().post("/api/call/no.such", "{}"), 404, -32003, "not_found");
    Http.Reply socketOnly = ada.tryCall("conversations.subscribe", "{id: 'x'}");
    assertProblem(socketOnly, 404, -32601, "method_not_found");
    assertThat(socketOnly.body().path("detail").stringValue()).contains("sockets only");
  }

  private static void assertProblem(Http.Reply reply, int status, int code, String word) {
    assertThat(reply.status()).as(reply.raw().body()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.body().path("status").intValue()).isEqualTo(status);
    assertThat(reply.body().path("code").intValue()).isEqualTo(code);
    assertThat(reply.body().path("error").stringValue()).isEqualTo(word);
    for (String field : List.of("type", "title", "detail", "requestId")) {
      assertThat(reply.body().path(field).isString()).as(field).isTrue();
    }
  }

  private String credentials(String more) {
    return "{\"name\":\"%s\",\"password\":\"%s\"%s}".formatted(ada.name(), User.PASSWORD, more);
  }

  @Test
  void a_browser_gets_its_token_as_a_cookie_that_no_script_sees() {
    Http.Reply signedIn = server.http().post("/api/sessions", credentials(",\"cookie\":true"));
    assertThat(signedIn.status()).isEqualTo(201);
    assertThat(signedIn.body().has("token")).isFalse();
    assertThat(signedIn.body().has("account")).isTrue();
    String cookie = signedIn.header("Set-Cookie");
    assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=");
    Map<String, String> bearing = Map.of("Cookie", cookie.split(";", 2)[0]);
    assertThat(send("GET", "/api/accounts/me", "", bearing).status()).isEqualTo(200);
    assertThat(handshake(cookie)).startsWith("HTTP/1.1 101");
    Http.Reply signedOut = send("DELETE", "/api/sessions/current", "", bearing);
    assertThat(signedOut.status()).isEqualTo(200);
    assertThat(signedOut.header("Set-Cookie")).contains("Max-Age=0");
    assertThat(send("GET", "/api/accounts/me", "", bearing).status()).isEqualTo(401);
    assertThat(handshake(cookie)).startsWith("HTTP/1.1 401");
    assertThat(send("POST", "/api/sessions", credentials(""), bearing).status())
        .as("a stale cookie is in nobody's way")
        .isEqualTo(201);
  }

  private String handshake(String cookie) {
    try (RawHttp raw = new RawHttp(server)) {
      return raw.handshake("localhost", "Cookie: " + cookie.split(";", 2)[0] + "\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"true\"", "1", "null", "{}"})
  void whether_to_have_a_cookie_is_a_plain_question(String answer) {
    Http.Reply reply = server.http().post("/api/sessions", credentials(",\"cookie\":" + answer));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body().path("field").stringValue()).isEqualTo("cookie");
  }

  private Http.Reply send(String method, String path, String body, Map<String, String> headers) {
    Map<String, String> all = new HashMap<>(body.isEmpty() ? Map.of() : JSON);
    all.putAll(headers);
    return server
        .http()
        .send(method, path, body.isEmpty() ? Optional.empty() : Optional.of(body), all);
  }

  @Test
  void an_unchanged_answer_is_not_sent_again() {
    String path = "/api/conversations?limit=3";
    String tag = ada.http().get(path).header("ETag");
    assertThat(tag).startsWith("W/\"");
    for (String known : List.of(tag, "\"x\", " + tag, tag.substring(2), "*")) {
      Http.Reply second = ifNoneMatch(path, known);
      assertThat(second.status()).as(known).isEqualTo(304);
      assertThat(second.raw().body()).isEmpty();
      assertThat(second.header("ETag")).isEqualTo(tag);
    }
    ada.room("A new one");
    assertThat(ifNoneMatch(path, tag).status()).isEqualTo(200);
  }

  private Http.Reply ifNoneMatch(String path, String tag) {
    return ada.http().send("GET", path, Optional.empty(), Map.of("If-None-Match", tag));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip|gzip",
        "br|br",
        "gzip, br|br",
        "gzip;q=1.0, br;q=0.1|gzip",
        "gzip;q=0|''",
        "br;q=0, gzip|gzip",
        "identity|''",
        "*|br"
      })
  void a_long_answer_is_compressed_as_the_client_likes_it(String accepted, String encoding) {
    try (RawHttp raw = new RawHttp(server)) {
      String head =
          raw.send(
                  "GET /api/functions HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: "
                      + accepted
                      + "\r\n\r\n")
              .until("\r\n\r\n");
      assertThat(head).startsWith("HTTP/1.1 200").containsIgnoringCase("vary: accept-encoding");
      assertThat(head.contains("content-encoding: ")).isEqualTo(!encoding.isEmpty());
      assertThat(head).contains(encoding.isEmpty() ? "" : "content-encoding: " + encoding);
    }
  }

  @Test
  void a_short_answer_is_not_compressed() {
    Http.Reply reply = send("GET", "/api/ping", "", Map.of("Accept-Encoding", "gzip, br"));
    assertThat(reply.header("Content-Encoding")).isEmpty();
    assertThat(reply.body().has("at")).isTrue();
  }

  @Test
  void fields_limits_and_cursors_are_checked() {
    String room = ada.room("One of many");
    ada.post(room, "hello");
    assertThat(ada.http().get("/api/conversations?limit=1").body().path("items")).hasSize(1);
    String messages = "/api/conversations/" + room + "/messages?fields=";
    assertThat(ada.http().get(messages + "id,seq").body().at("/items/0").propertyNames())
        .containsExactly("id", "seq");
    Http.Reply fields = ada.http().get(messages + "nope");
    assertThat(fields.status()).isEqualTo(400);
    assertThat(fields.body().path("field").stringValue()).isEqualTo("fields");
    for (String wrong :
        List.of("limit=0", "limit=101", "limit=x", "cursor=x", "cursor=%00", "nope=1")) {
      Http.Reply reply = ada.http().get("/api/conversations?" + wrong);
      assertThat(reply.status()).as(wrong).isEqualTo(400);
      assertThat(reply.body().path("field").stringValue()).isEqualTo(wrong.split("=", 2)[0]);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data"})
  void what_a_form_can_post_is_refused(String type) {
    Http.Reply reply =
        ada.http()
            .send(
                "POST",
                "/api/conversations",
                Optional.of("{\"kind\":\"room\",\"title\":\"Forged\"}"),
                Map.of("Content-Type", type));
    assertThat(reply.status()).isEqualTo(415);
    assertThat(Rows.dump(server)).doesNotContain("Forged");
  }

  @Test
  void a_body_too_large_is_answered_though_it_is_still_being_sent() {
    Http.Reply reply = ada.http().post("/api/conversations", "x".repeat(10 * 1024 * 1024));
    assertProblem(reply, 413, -32006, "too_large");
    assertThat(reply.body().path("limit").intValue()).isEqualTo(1024 * 1024);
    assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @Test
  void what_is_no_json_is_told_so() {
    for (String body : List.of("{", "[1]", "1", "null", "{\"a\":1}x", "{\"a\":1,\"a\":2}", "'x'")) {
      Http.Reply reply = ada.http().post("/api/conversations", body);
      assertThat(reply.status()).as(body).isEqualTo(400);
      assertThat(reply.body().path("field").stringValue()).as(body).isEqualTo("body");
    }
    assertProblem(
        ada.http().post("/api/conversations", "[".repeat(1_000_000)), 400, -32700, "parse_error");
  }

  @Test
  void unknown_paths_wrong_methods_and_heads_are_told_apart() {
    for (String path : List.of("/nope", "/api", "/api/", "/api/nope", "/assets/nope.js")) {
      assertThat(ada.http().get(path).status()).as(path).isEqualTo(404);
    }
    Http.Reply wrong = ada.http().send("PUT", "/api/accounts/me", Optional.of("{}"), JSON);
    assertThat(wrong.status()).isEqualTo(405);
    assertThat(wrong.header("Allow")).isEqualTo("GET, PATCH");
    assertThat(ada.http().get("/api/call/messages.post").status()).isEqualTo(405);
    assertThat(ada.http().get("/api/call/messages.post").header("Allow")).isEqualTo("POST");
    assertThat(ada.http().post("/docs", "{}").status()).isEqualTo(405);
    for (String path : List.of("/", "/docs", "/api/ping", "/api/accounts/me", "/health/live")) {
      Http.Reply head = ada.http().send("HEAD", path, Optional.empty(), Map.of());
      assertThat(head.status()).as(path).isEqualTo(200);
      assertThat(head.raw().body()).isEmpty();
    }
  }

  @Test
  void every_answer_bears_headers_that_protect_its_reader() {
    for (String path : List.of("/", "/docs", "/api/ping", "/nope")) {
      Http.Reply reply = server.http().get(path);
      assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(reply.header("Content-Security-Policy"))
          .contains("default-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(reply.header("Referrer-Policy")).isEqualTo("no-referrer");
    }
  }

  @Test
  void the_server_says_that_it_lives_and_is_ready() {
    assertThat(server.http().get("/health/live").raw().body()).isEqualTo("alive\n");
    assertThat(server.http().get("/health/ready").raw().body()).isEqualTo("ready\n");
  }
}

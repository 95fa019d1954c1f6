package dev.parley.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.testing.Database;
import dev.parley.testing.Http;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Streams that stay open, and what ends them. */
class McpStreamsTest {
  private TestServer server = TestServer.start(Database.SQLITE);
  private User ada = server.user("ada");
  private String room = ada.room("News");

  @BeforeEach
  void start() {
    assertThat(room).isNotEmpty();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Mcp with(String token) {
    return new Mcp(server, Optional.of(token));
  }

  private String listen() {
    return "{\"notifications\":{\"resourceSubscriptions\":[\"parley://conversations/"
        + room
        + "\"]}}";
  }

  private BufferedReader listening(Mcp client) throws Exception {
    BufferedReader stream = client.stream("subscriptions/listen", listen());
    assertThat(Mcp.event(stream).path("method").stringValue()).endsWith("acknowledged");
    return stream;
  }

  /** The answer to the request that the stream was, and then nothing. */
  private static void assertThatItEnds(BufferedReader stream) throws IOException {
    JsonNode farewell = Mcp.event(stream);
    assertThat(farewell.path("id").intValue()).isEqualTo(7);
    assertThat(farewell.at("/result/resultType").stringValue()).isEqualTo("complete");
    assertThat(rest(stream)).noneMatch(line -> line.startsWith("data:"));
  }

  private static List<String> rest(BufferedReader stream) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = stream.readLine(); line != null; line = stream.readLine()) {
      lines.add(line);
    }
    return lines;
  }

  @Test
  void a_stream_ends_with_the_session_that_it_was_opened_by_and_no_other_one() throws Exception {
    String token = ada.newToken();
    try (BufferedReader ending = listening(with(token));
        BufferedReader staying = listening(with(ada.token()))) {
      Http.Reply closed = server.http(token).post("/api/call/sessions.close", "{}");
      assertThat(closed.status()).isLessThan(300);
      assertThatItEnds(ending);
      ada.post(room, "still here");
      assertThat(Mcp.event(staying).path("method").stringValue()).endsWith("updated");
    }
  }

  @Test
  void a_stream_ends_with_the_key_that_it_was_opened_by() throws Exception {
    JsonNode key = ada.call("apiKeys.create", "{label: 'agent', scopes: ['read']}");
    try (BufferedReader stream = listening(with(key.findPath("token").stringValue()))) {
      ada.call("apiKeys.revoke", "{id: '%s'}".formatted(key.findPath("id").stringValue()));
      assertThatItEnds(stream);
    }
  }

  @Test
  void all_streams_end_with_an_account_that_is_disabled() throws Exception {
    User owner = server.owner();
    try (BufferedReader stream = listening(with(ada.token()))) {
      owner.call("accounts.disable", "{id: '%s'}".formatted(ada.id()));
      assertThatItEnds(stream);
    }
  }

  @Test
  void a_stream_ends_when_its_session_expires() throws Exception {
    try (BufferedReader stream = listening(with(ada.token()))) {
      server.clock().advance(Duration.ofDays(400));
      assertThatItEnds(stream);
    }
  }

  @Test
  void a_listener_that_may_read_no_more_hears_no_more() throws Exception {
    User bob = server.user("bob");
    String secret = ada.room("Secret", "private");
    ada.call("conversations.invite", "{id: '%s', account: '%s'}".formatted(secret, bob.id()));
    String both =
        "{\"notifications\":{\"resourceSubscriptions\":[\"parley://conversations/%s\",\"parley://conversations/%s\"]}}"
            .formatted(secret, room);
    try (BufferedReader stream = with(bob.token()).stream("subscriptions/listen", both)) {
      assertThat(Mcp.event(stream).path("method").stringValue()).endsWith("acknowledged");
      ada.call("conversations.remove", "{id: '%s', member: '%s'}".formatted(secret, bob.id()));
      for (int i = 0; i < 5; i++) {
        ada.post(secret, "without bob");
        ada.post(room, "for everybody");
        assertThat(Mcp.event(stream).at("/params/uri").stringValue()).endsWith(room);
      }
    }
  }

  @Test
  void the_stream_of_an_older_session_ends_with_its_token() throws Exception {
    String token = ada.newToken();
    Mcp client = with(token);
    HttpResponse<String> begun = client.send(client.request(), McpTest.INITIALIZE);
    String session = begun.headers().firstValue("Mcp-Session-Id").orElseThrow();
    HttpRequest get = client.request().header("Mcp-Session-Id", session).GET().build();
    try (BufferedReader stream = open(get)) {
      server.http(token).post("/api/call/sessions.close", "{}");
      assertThat(rest(stream)).noneMatch(line -> line.startsWith("data:"));
    }
  }

  private static BufferedReader open(HttpRequest request) throws Exception {
    return new BufferedReader(
        new InputStreamReader(
            Mcp.CLIENT.send(request, HttpResponse.BodyHandlers.ofInputStream()).body(),
            StandardCharsets.UTF_8));
  }

  @Test
  void an_account_has_so_many_streams_and_the_next_one_is_told_when_to_come_back()
      throws Exception {
    List<BufferedReader> streams = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      streams.add(listening(with(ada.token())));
    }
    JsonNode refused = with(ada.token()).ask("subscriptions/listen", listen());
    assertThat(refused.at("/error/code").intValue()).isEqualTo(-32005);
    assertThat(refused.at("/error/message").stringValue()).contains("16 open streams");
    assertThat(refused.at("/error/data/retryAfterMs").longValue()).isPositive();
    for (BufferedReader stream : streams) {
      stream.close();
    }
  }

  @Test
  void however_many_are_opened_at_once_an_account_has_no_more_streams_and_gets_them_back()
      throws Exception {
    List<BufferedReader> streams = openedAtOnce(48);
    List<Boolean> lives = new ArrayList<>();
    for (BufferedReader stream : streams) {
      lives.add(isAcknowledged(stream));
    }
    assertThat(lives).filteredOn(alive -> alive).hasSize(16);
    for (BufferedReader stream : streams) {
      stream.close();
    }
    await()
        .until(() -> {
          try (BufferedReader again = with(ada.token()).stream("subscriptions/listen", listen())) {
            return isAcknowledged(again);
          }
        });
  }

  private List<BufferedReader> openedAtOnce(int number) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<BufferedReader>> opening = new ArrayList<>();
      for (int i = 0; i < number; i++) {
        opening.add(
            threads.submit(() -> {
              start.await();
              return with(ada.token()).stream("subscriptions/listen", listen());
            }));
      }
      start.countDown();
      List<BufferedReader> streams = new ArrayList<>();
      for (Future<BufferedReader> one : opening) {
        streams.add(one.get());
      }
      return streams;
    }
  }

  private static boolean isAcknowledged(BufferedReader stream) throws IOException {
    String line = stream.readLine();
    while (line != null && !line.startsWith("data:") && !line.startsWith("{")) {
      line = stream.readLine();
    }
    return line != null && line.contains("acknowledged");
  }

  @Test
  void streams_are_told_their_end_when_the_server_stops() throws Exception {
    try (BufferedReader stream = listening(with(ada.token()))) {
      server.restart();
      assertThatItEnds(stream);
    }
  }
}

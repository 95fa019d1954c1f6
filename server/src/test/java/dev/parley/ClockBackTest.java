package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.testing.Database;
import dev.parley.testing.RawSocket;
import dev.parley.testing.Socket;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The server's clock is put back by an hour, as an administrator or a time server may do. */
class ClockBackTest {
  private static final Duration HOUR_BACK = Duration.ofHours(-1);

  private static TestServer server(Map<String, String> settings) {
    TestServer server = TestServer.start(Database.SQLITE, settings);
    server.clock().stop();
    return server;
  }

  /** Lets time pass, a few seconds at a time, until something happens; well within the hour. */
  private static void passUntil(TestServer server, Callable<Boolean> happened) {
    Duration[] passed = {Duration.ZERO};
    await()
        .pollInterval(Duration.ofMillis(100))
        .atMost(Duration.ofMinutes(1))
        .until(() -> {
          Duration step = Duration.ofSeconds(1);
          server.clock().advance(step);
          passed[0] = passed[0].plus(step);
          assertThat(passed[0]).isLessThan(Duration.ofMinutes(10));
          return happened.call();
        });
  }

  @Test
  void messages_keep_their_order_their_ids_too_and_nobody_is_signed_out() {
    try (TestServer server = server(Map.of())) {
      User ada = server.user("ada");
      String room = ada.room("Back");
      try (Socket socket = ada.socket()) {
        socket.call("conversations.subscribe", "{id: '%s'}".formatted(room));
        List<JsonNode> posted = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
          posted.add(ada.post(room, "message " + i));
          server.clock().advance(HOUR_BACK);
        }
        assertThat(posted).extracting(one -> one.path("seq").longValue()).isSorted();
        assertThat(posted).extracting(one -> one.path("id").stringValue()).isSorted();
        long head = posted.getLast().path("seq").longValue();
        assertThat(socket.logged(room, head))
            .extracting(event -> event.at("/data/message/id").stringValue())
            .containsExactlyElementsOf(
                posted.stream().map(one -> one.path("id").stringValue()).toList());
        assertThat(socket.call("system.ping", "{}").has("at")).isTrue();
      }
    }
  }

  @Test
  void sockets_are_pinged_and_those_that_are_silent_closed_in_time() {
    try (TestServer server = server(Map.of())) {
      User ada = server.user("ada");
      try (RawSocket silent = RawSocket.of(server, ada)) {
        server.clock().advance(HOUR_BACK);
        CompletableFuture<Integer> closed = CompletableFuture.supplyAsync(silent::closeCode);
        passUntil(server, closed::isDone);
        assertThat(closed.join()).isEqualTo(3012);
      }
    }
  }

  @Test
  void typing_ends_in_time() {
    try (TestServer server = server(Map.of())) {
      User ada = server.user("ada");
      String room = ada.room("Typing");
      try (Socket socket = ada.socket()) {
        socket.call("conversations.subscribe", "{id: '%s'}".formatted(room));
        socket.call("typing.set", "{conversation: '%s', on: true}".formatted(room));
        assertThat(socket.event("typing").at("/data/on").booleanValue()).isTrue();
        server.clock().advance(HOUR_BACK);
        CompletableFuture<JsonNode> end =
            CompletableFuture.supplyAsync(() -> socket.event("typing"));
        passUntil(server, end::isDone);
        assertThat(end.join().at("/data/on").booleanValue()).isFalse();
      }
    }
  }

  @Test
  void a_connection_gets_its_allowance_back_in_time() {
    try (TestServer server = server(Map.of("RATE_LIMIT_PER_CONNECTION", "30"))) {
      User ada = server.user("ada");
      try (Socket socket = ada.socket()) {
        JsonNode answer = socket.tryCall("system.ping", "{}");
        while (answer.has("result")) {
          answer = socket.tryCall("system.ping", "{}");
        }
        assertThat(answer.at("/error/code").intValue()).isEqualTo(-32005);
        server.clock().advance(HOUR_BACK);
        passUntil(server, () -> socket.tryCall("system.ping", "{}").has("result"));
      }
    }
  }

  @Test
  void who_guessed_a_password_wrong_waits_no_longer_than_told() {
    try (TestServer server = server(Map.of())) {
      User ada = server.user("ada");
      while (status(server, ada, "wrong") != 429) {
        assertThat(status(server, ada, "wrong")).isIn(401, 429);
      }
      server.clock().advance(HOUR_BACK);
      passUntil(server, () -> status(server, ada, User.PASSWORD) == 201);
    }
  }

  private static int status(TestServer server, User user, String password) {
    return server
        .http()
        .post(
            "/api/sessions",
            "{\"name\":\"%s\",\"password\":\"%s\"}".formatted(user.name(), password))
        .status();
  }
}

package dev.parley.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.testing.Database;
import dev.parley.testing.RawSocket;
import dev.parley.testing.Socket;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How many sockets and subscriptions there may be, how many requests, and whose place is whose. */
class SocketLimitsTest {
  private static TestServer server(String... settings) {
    Map<String, String> all = new HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    TestServer server = TestServer.start(Database.SQLITE, all);
    server.clock().stop();
    return server;
  }

  private static int code(JsonNode error) {
    return error.path("code").intValue();
  }

  @Test
  void a_socket_has_at_most_its_number_of_subscriptions() {
    try (TestServer server = server()) {
      User ada = server.user("ada");
      String one = ada.room("one");
      try (Socket socket = ada.socket()) {
        List<String> rooms = new ArrayList<>();
        for (int i = 0; i < 128; i++) {
          rooms.add(ada.room("room " + i));
          socket.call("conversations.subscribe", "{id: '%s'}".formatted(rooms.getLast()));
        }
        JsonNode refused = socket.refused("conversations.subscribe", "{id: '%s'}".formatted(one));
        assertThat(code(refused)).isEqualTo(-32006);
        assertThat(refused.at("/data/limit").intValue()).isEqualTo(128);
        socket.call("conversations.subscribe", "{id: '%s'}".formatted(rooms.getFirst()));
        socket.call("conversations.unsubscribe", "{id: '%s'}".formatted(rooms.getFirst()));
        socket.call("conversations.subscribe", "{id: '%s'}".formatted(one));
      }
    }
  }

  @Test
  void requests_beyond_the_rate_are_told_when_to_come_back() {
    try (TestServer server = server("RATE_LIMIT_PER_CONNECTION", "5");
        Socket stranger = Socket.open(server, Optional.empty())) {
      for (int i = 0; i < 5; i++) {
        stranger.call("system.ping", "{}");
      }
      JsonNode refused = stranger.refused("system.ping", "{}");
      assertThat(code(refused)).isEqualTo(-32005);
      assertThat(refused.at("/data/retryAfterMs").longValue()).isBetween(1L, 60_000L);
      server.clock().advance(Duration.ofMinutes(1));
      assertThat(stranger.call("system.ping", "{}").has("at")).isTrue();
    }
  }

  @Test
  void sockets_beyond_the_limits_are_refused_at_the_handshake_and_places_come_back() {
    try (TestServer server = server("WEBSOCKET_MAX_CONNECTIONS", "2")) {
      User ada = server.user("ada");
      RawSocket first = RawSocket.of(server, ada);
      RawSocket second = RawSocket.of(server, ada);
      try (RawSocket third = RawSocket.of(server, ada)) {
        assertThat(third.status()).isEqualTo(503);
        assertThat(third.response().toLowerCase(Locale.ROOT)).contains("retry-after:");
      }
      first.close();
      await().until(() -> opens(server, Optional.of(ada.token())) == 101);
      second.close();
    }
    try (TestServer server = server("PARLEY_CONNECTIONS_PER_ADDRESS", "1");
        RawSocket only = RawSocket.open(server, RawSocket.headers(server, Optional.empty()))) {
      assertThat(only.status()).isEqualTo(101);
      assertThat(opens(server, Optional.empty())).isEqualTo(429);
    }
    try (TestServer server = server("PARLEY_UNAUTHENTICATED", "1");
        RawSocket only = RawSocket.open(server, RawSocket.headers(server, Optional.empty()))) {
      assertThat(only.status()).isEqualTo(101);
      assertThat(opens(server, Optional.empty())).isEqualTo(503);
      assertThat(opens(server, Optional.of(server.user("ada").token()))).isEqualTo(101);
    }
  }

  @Test
  void sockets_of_an_account_beyond_its_limit_are_refused_and_its_places_come_back() {
    try (TestServer server = server("PARLEY_CONNECTIONS_PER_ACCOUNT", "2")) {
      User ada = server.user("ada");
      String resume = "{token: '%s'}".formatted(ada.newToken());
      try (Socket stranger = Socket.open(server, Optional.empty());
          RawSocket first = RawSocket.of(server, ada)) {
        try (Socket second = Socket.open(server, Optional.of(ada.newToken()))) {
          assertThat(second.call("system.ping", "{}").has("at")).isTrue();
          try (RawSocket third = RawSocket.of(server, ada)) {
            assertThat(third.status()).isEqualTo(429);
            assertThat(third.response().toLowerCase(Locale.ROOT)).contains("retry-after: 5");
          }
          JsonNode refused = stranger.refused("sessions.resume", resume);
          assertThat(code(refused)).isEqualTo(-32005);
          assertThat(refused.at("/data/retryAfterMs").longValue()).isPositive();
          assertThat(opens(server, Optional.of(server.user("bob").token()))).isEqualTo(101);
        }
        await().until(() -> opens(server, Optional.of(ada.token())) == 101);
        await().until(() -> !stranger.send("sessions.resume", resume).join().has("error"));
        assertThat(opens(server, Optional.of(ada.token()))).isEqualTo(429);
        assertThat(first.status()).isEqualTo(101);
      }
    }
  }

  @Test
  void an_account_has_as_many_sockets_as_an_address_if_nobody_says_otherwise() {
    try (TestServer server =
        server("PARLEY_CONNECTIONS_PER_ADDRESS", "1", "PARLEY_TRUSTED_PROXIES", "127.0.0.0/8")) {
      User ada = server.user("ada");
      try (RawSocket first = RawSocket.open(server, from("198.51.100.1", server, ada));
          RawSocket second = RawSocket.open(server, from("198.51.100.2", server, ada))) {
        assertThat(first.status()).isEqualTo(101);
        assertThat(second.status()).isEqualTo(429);
      }
    }
  }

  private static Map<String, String> from(String address, TestServer server, User user) {
    Map<String, String> headers = RawSocket.headers(server, Optional.of(user.token()));
    headers.put("X-Forwarded-For", address);
    return headers;
  }

  private static int opens(TestServer server, Optional<String> token) {
    try (RawSocket socket = RawSocket.open(server, RawSocket.headers(server, token))) {
      return socket.status();
    }
  }
}

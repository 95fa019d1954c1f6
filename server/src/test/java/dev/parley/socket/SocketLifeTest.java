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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * From the handshake to the close code: signing in, deadlines, goodbyes. Time passes only where a
 * test says so.
 */
class SocketLifeTest {
  /** Mentions of 32 kB; Linux keeps at most 4 MiB that a socket has not sent. */
  private static final int MORE_THAN_THE_KERNEL_AND_A_MEBIBYTE = 200;

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
  void before_sign_in_only_the_open_functions_answer_and_the_socket_lives() {
    try (TestServer server = server();
        Socket stranger = Socket.open(server, Optional.empty())) {
      User ada = server.user("ada");
      assertThat(code(stranger.refused("conversations.list", "{}"))).isEqualTo(-32001);
      assertThat(code(stranger.refused("no.such", "{}"))).isEqualTo(-32001);
      assertThat(code(stranger.refused("conversations.subscribe", "{id: 'x'}"))).isEqualTo(-32001);
      assertThat(stranger.call("system.ping", "{}").has("at")).isTrue();
      assertThat(stranger.call("functions.list", "{}").path("functions").size()).isGreaterThan(20);
      JsonNode opened =
          stranger.call(
              "sessions.open", "{name: '%s', password: '%s'}".formatted(ada.name(), User.PASSWORD));
      assertThat(code(stranger.refused("conversations.list", "{}"))).isEqualTo(-32001);
      String token = "{token: '%s'}".formatted(opened.path("token").stringValue());
      assertThat(code(stranger.refused("sessions.resume", "{token: 'wrong'}"))).isEqualTo(-32001);
      assertThat(stranger.call("sessions.resume", token).at("/account/id").stringValue())
          .isEqualTo(ada.id());
      assertThat(code(stranger.refused("sessions.resume", token))).isEqualTo(-32004);
      assertThat(stranger.call("conversations.list", "{}").has("items")).isTrue();
    }
  }

  @Test
  void ten_seconds_without_signing_in_close_with_3502_and_a_signed_in_socket_stays() {
    try (TestServer server = server();
        Socket stranger = Socket.open(server, Optional.empty());
        Socket known = server.user("ada").socket()) {
      server.clock().advance(Duration.ofSeconds(10));
      assertThat(stranger.closeCode()).isEqualTo(3502);
      assertThat(known.call("system.ping", "{}").has("at")).isTrue();
    }
  }

  @Test
  void a_socket_that_does_not_answer_a_ping_within_eight_seconds_is_closed_with_3012() {
    try (TestServer server = server()) {
      User ada = server.user("ada");
      try (RawSocket silent = RawSocket.of(server, ada);
          RawSocket alive = RawSocket.of(server, ada)) {
        server.clock().advance(Duration.ofSeconds(25));
        silent.next(RawSocket.PING);
        alive.frame(RawSocket.PONG, alive.next(RawSocket.PING).payload());
        alive.call(1, "system.ping", "{}");
        alive.reply(1);
        server.clock().advance(Duration.ofSeconds(8));
        assertThat(silent.closeCode()).isEqualTo(3012);
        alive.call(2, "system.ping", "{}");
        assertThat(alive.reply(2).has("result")).isTrue();
      }
    }
  }

  @Test
  void a_frame_that_drips_in_byte_by_byte_is_no_sign_of_life() {
    try (TestServer server = server();
        RawSocket dripping = RawSocket.of(server, server.user("ada"))) {
      byte[] frame = RawSocket.encoded(0x81, new byte[100], true);
      drip(dripping, frame, 0, 40);
      server.clock().advance(Duration.ofSeconds(25));
      dripping.next(RawSocket.PING);
      drip(dripping, frame, 40, 80);
      server.clock().advance(Duration.ofSeconds(8));
      drip(dripping, frame, 80, 90);
      assertThat(dripping.next(RawSocket.CLOSE).closeCode()).isEqualTo(3012);
    }
  }

  private static void drip(RawSocket socket, byte[] frame, int from, int to) {
    for (int i = from; i < to; i++) {
      socket.bytes(new byte[] {frame[i]});
    }
  }

  /**
   * Somebody is looked at every second, whatever the clock says: how long the reader has been slow
   * counts from anywhere within the ninth second to the tenth, and is over within the twentieth.
   */
  @Test
  void a_reader_with_over_a_mebibyte_unwritten_for_ten_seconds_is_closed_with_3008() {
    try (TestServer server = server()) {
      User ada = server.user("ada");
      User bob = server.user("bob");
      String room = ada.room("Large");
      bob.join(room);
      String mention = "@" + ada.name() + " " + "x".repeat(32_000);
      List<Socket> strangers = strangers(server);
      server.clock().advance(Duration.ofSeconds(9));
      try (RawSocket slow = RawSocket.narrow(server, ada)) {
        for (int i = 0; i < MORE_THAN_THE_KERNEL_AND_A_MEBIBYTE; i++) {
          bob.post(room, mention);
        }
        advanceTheirTenSeconds(server, strangers, Duration.ofSeconds(1));
        advanceTheirTenSeconds(server, strangers(server), Duration.ofSeconds(10));
        assertThat(slow.closeCode()).isEqualTo(3008);
      }
    }
  }

  /** One on each event loop at least, who will be sent away after ten seconds. */
  private static List<Socket> strangers(TestServer server) {
    return Stream.generate(() -> Socket.open(server, Optional.empty()))
        .limit(Runtime.getRuntime().availableProcessors())
        .toList();
  }

  /** Returns when the strangers' time was over, and so everybody was looked at after that. */
  private static void advanceTheirTenSeconds(
      TestServer server, List<Socket> strangers, Duration rest) {
    server.clock().advance(rest);
    strangers.forEach(stranger -> assertThat(stranger.closeCode()).isEqualTo(3502));
  }

  @Test
  void a_socket_that_was_told_goodbye_and_stays_is_ended() {
    try (TestServer server = server();
        RawSocket stubborn = RawSocket.of(server, server.user("ada"))) {
      stubborn.frame(RawSocket.BINARY, new byte[] {1});
      assertThat(stubborn.next(RawSocket.CLOSE).closeCode()).isEqualTo(1003);
      CompletableFuture<Void> ended = CompletableFuture.runAsync(stubborn::awaitEnd);
      await()
          .until(() -> {
            server.clock().advance(Duration.ofSeconds(5));
            return ended.isDone();
          });
    }
  }

  @Test
  void a_socket_that_broke_the_protocol_and_stays_gives_its_place_back() {
    try (TestServer server = server("WEBSOCKET_MAX_CONNECTIONS", "1")) {
      User ada = server.user("ada");
      try (RawSocket stubborn = RawSocket.of(server, ada)) {
        stubborn.bytes(RawSocket.encoded(0xC1, new byte[] {1}, true));
        assertThat(stubborn.next(RawSocket.CLOSE).closeCode()).isEqualTo(1002);
        await()
            .until(() -> {
              server.clock().advance(Duration.ofSeconds(5));
              return opens(server, Optional.of(ada.token())) == 101;
            });
      }
    }
  }

  @Test
  void a_shutdown_answers_what_is_under_way_and_closes_with_3001() {
    TestServer server = server();
    User ada = server.user("ada");
    String room = ada.room("Last words");
    List<CompletableFuture<JsonNode>> replies = new ArrayList<>();
    try (Socket socket = ada.socket()) {
      for (int i = 0; i < 50; i++) {
        replies.add(
            socket.send("messages.post", "{conversation: '%s', content: 'm'}".formatted(room)));
      }
      await().until(replies.getFirst()::isDone);
      server.restart();
      assertThat(socket.closeCode()).isEqualTo(3001);
      long posted = replies.stream().filter(CompletableFuture::isDone).count();
      long kept = replies.stream().filter(one -> succeeded(one)).count();
      assertThat(posted).isPositive();
      assertThat(
              ada.call("messages.list", "{conversation: '%s', limit: 100}".formatted(room))
                  .path("total")
                  .longValue())
          .isEqualTo(kept);
    }
    server.close();
  }

  private static boolean succeeded(CompletableFuture<JsonNode> reply) {
    return reply.isDone() && reply.join().has("result");
  }

  @Test
  void the_session_s_end_closes_its_socket_with_3500_and_no_other() {
    try (TestServer server = server()) {
      User ada = server.user("ada");
      String other = ada.newToken();
      try (Socket ending = ada.socket();
          Socket staying = Socket.open(server, Optional.of(other))) {
        ada.call("sessions.close", "{}");
        assertThat(ending.closeCode()).isEqualTo(3500);
        assertThat(staying.call("system.ping", "{}").has("at")).isTrue();
      }
    }
  }

  private static int opens(TestServer server, Optional<String> token) {
    try (RawSocket socket = RawSocket.open(server, RawSocket.headers(server, token))) {
      return socket.status();
    }
  }
}

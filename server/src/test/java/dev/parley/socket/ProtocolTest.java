package dev.parley.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Certificate;
import dev.parley.testing.Database;
import dev.parley.testing.RawSocket;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455, byte by byte. Time stands still: whatever ends a socket here is no deadline. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProtocolTest {
  private static final byte[] PING =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"system.ping\"}".getBytes(StandardCharsets.UTF_8);

  private TestServer server = TestServer.start(Database.SQLITE);
  private User ada = server.user("ada");

  @BeforeAll
  void start() {
    assertThat(server.port()).isPositive();
    server.clock().stop();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private Map<String, String> headers() {
    return RawSocket.headers(server, Optional.of(ada.token()));
  }

  private int closeCodeAfter(byte[] bytes) {
    try (RawSocket socket = RawSocket.of(server, ada)) {
      socket.bytes(bytes);
      return socket.closeCode();
    }
  }

  private static byte[] masked(int first, byte[] payload) {
    return RawSocket.encoded(first, payload, true);
  }

  private static byte[] filled(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 'x');
    return bytes;
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  @Test
  void a_handshake_is_answered_with_the_key_of_the_rfc() {
    try (RawSocket socket = RawSocket.open(server, headers())) {
      assertThat(socket.status()).isEqualTo(101);
      assertThat(socket.response().toLowerCase(Locale.ROOT))
          .contains("sec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo=")
          .doesNotContain("sec-websocket-protocol");
    }
  }

  @Test
  void header_values_may_be_written_in_any_case() {
    Map<String, String> headers = headers();
    headers.put("Upgrade", "WebSocket");
    headers.put("Connection", "keep-alive, UPGRADE");
    try (RawSocket socket = RawSocket.open(server, headers)) {
      assertThat(socket.status()).isEqualTo(101);
    }
  }

  @Test
  void the_subprotocol_is_chosen_among_those_offered() {
    Map<String, String> headers = headers();
    headers.put("Sec-WebSocket-Protocol", "other, parley.v1");
    try (RawSocket socket = RawSocket.open(server, headers)) {
      assertThat(socket.response().toLowerCase(Locale.ROOT))
          .contains("sec-websocket-protocol: parley.v1");
    }
    headers.put("Sec-WebSocket-Protocol", "other");
    try (RawSocket socket = RawSocket.open(server, headers)) {
      assertThat(socket.response().toLowerCase(Locale.ROOT))
          .doesNotContain("sec-websocket-protocol");
    }
  }

  @Test
  void a_handshake_without_a_key_is_a_bad_request() {
    Map<String, String> headers = headers();
    headers.remove("Sec-WebSocket-Key");
    try (RawSocket socket = RawSocket.open(server, headers)) {
      assertThat(socket.status()).isEqualTo(400);
    }
  }

  @Test
  void another_version_is_told_which_one_is_spoken() {
    Map<String, String> headers = headers();
    headers.put("Sec-WebSocket-Version", "12");
    try (RawSocket socket = RawSocket.open(server, headers)) {
      assertThat(socket.status()).isEqualTo(426);
      assertThat(socket.response().toLowerCase(Locale.ROOT)).contains("sec-websocket-version: 13");
    }
  }

  @Test
  void a_wrong_token_does_not_get_a_socket() {
    Map<String, String> headers = RawSocket.headers(server, Optional.of("nonsense"));
    try (RawSocket socket = RawSocket.open(server, headers)) {
      assertThat(socket.status()).isEqualTo(401);
    }
  }

  @Test
  void a_foreign_origin_does_not_get_a_socket() {
    Map<String, String> headers = headers();
    headers.put("Origin", "https://evil.example");
    try (RawSocket socket = RawSocket.open(server, headers)) {
      assertThat(socket.status()).isEqualTo(403);
    }
  }

  @Test
  void a_message_may_come_in_pieces_with_pings_between_them() {
    try (RawSocket socket = RawSocket.of(server, ada)) {
      socket.piece(RawSocket.TEXT, Arrays.copyOf(PING, 10));
      socket.frame(RawSocket.PING, bytes(1, 2, 3));
      socket.piece(RawSocket.CONTINUATION, new byte[0]);
      socket.frame(RawSocket.CONTINUATION, Arrays.copyOfRange(PING, 10, PING.length));
      assertThat(socket.next(RawSocket.PONG).payload()).containsExactly(1, 2, 3);
      assertThat(socket.reply(1).at("/result/at").isString()).isTrue();
    }
  }

  @Test
  void a_binary_frame_closes_with_1003() {
    assertThat(closeCodeAfter(masked(0x82, PING))).isEqualTo(1003);
  }

  @Test
  void a_frame_of_a_mebibyte_is_read_and_a_byte_more_is_1009() {
    try (RawSocket socket = RawSocket.of(server, ada)) {
      socket.frame(RawSocket.TEXT, filled(1024 * 1024));
      assertThat(socket.next(RawSocket.TEXT).json().at("/error/code").intValue()).isEqualTo(-32700);
    }
    assertThat(closeCodeAfter(masked(0x81, filled(1024 * 1024 + 1)))).isEqualTo(1009);
  }

  @Test
  void a_frame_of_ten_megabytes_closes_with_1009() {
    assertThat(closeCodeAfter(masked(0x81, filled(10_000_000)))).isEqualTo(1009);
  }

  @Test
  void pieces_of_more_than_a_mebibyte_together_close_with_1009() {
    try (RawSocket socket = RawSocket.of(server, ada)) {
      socket.piece(RawSocket.TEXT, filled(600_000));
      socket.frame(RawSocket.CONTINUATION, filled(600_000));
      assertThat(socket.closeCode()).isEqualTo(1009);
    }
  }

  @Test
  void a_message_in_thousands_of_pieces_closes_with_1009() {
    try (RawSocket socket = RawSocket.of(server, ada)) {
      socket.piece(RawSocket.TEXT, bytes(' '));
      for (int i = 0; i < 1_100; i++) {
        socket.piece(RawSocket.CONTINUATION, bytes(' '));
      }
      assertThat(socket.closeCode()).isEqualTo(1009);
    }
  }

  @Test
  void invalid_utf8_closes_with_1007() {
    assertThat(closeCodeAfter(masked(0x81, bytes('"', 0xC3, 0x28, '"')))).isEqualTo(1007);
    assertThat(closeCodeAfter(masked(0x81, bytes('"', 0xED, 0xA0, 0x80, '"')))).isEqualTo(1007);
  }

  @Test
  void invalid_utf8_over_two_pieces_closes_with_1007_and_valid_does_not() {
    try (RawSocket socket = RawSocket.of(server, ada)) {
      socket.piece(RawSocket.TEXT, bytes('"', 0xE2));
      socket.frame(RawSocket.CONTINUATION, bytes(0x82, 0xAC, '"'));
      assertThat(socket.next(RawSocket.TEXT).json().at("/error/code").intValue()).isEqualTo(-32600);
      socket.piece(RawSocket.TEXT, bytes('"', 0xE2));
      socket.frame(RawSocket.CONTINUATION, bytes(0x28, 0xA1, '"'));
      assertThat(socket.closeCode()).isEqualTo(1007);
    }
  }

  @Test
  void whoever_is_still_sending_reads_why_the_socket_was_closed_and_a_clean_end() {
    try (RawSocket socket = RawSocket.of(server, ada)) {
      socket.bytes(RawSocket.encoded(0x81, PING, false));
      for (int i = 0; i < 100; i++) {
        socket.bytes(filled(100_000));
      }
      assertThat(socket.next(RawSocket.CLOSE).closeCode()).isEqualTo(1002);
      assertThat(socket.endsCleanly()).isTrue();
    }
  }

  @Test
  void over_tls_too_a_broken_frame_is_told_its_code_and_the_socket_ends(@TempDir Path folder) {
    Certificate certificate = Certificate.in(folder);
    try (TestServer secure = TestServer.start(Database.SQLITE, certificate.settings())) {
      secure.clock().stop();
      try (RawSocket socket = RawSocket.tls(secure, certificate.trusting())) {
        socket.bytes(RawSocket.encoded(0x81, PING, false));
        assertThat(socket.next(RawSocket.CLOSE).closeCode()).isEqualTo(1002);
        assertThat(socket.endsCleanly()).isTrue();
      }
    }
  }

  @Test
  void a_broken_frame_instead_of_the_answer_to_a_close_frame_ends_the_socket() {
    try (RawSocket socket = RawSocket.of(server, ada)) {
      socket.frame(RawSocket.BINARY, PING);
      assertThat(socket.next(RawSocket.CLOSE).closeCode()).isEqualTo(1003);
      socket.bytes(RawSocket.encoded(0x88, bytes(0x03, 0xEB), false));
      assertThat(socket.endsCleanly()).isTrue();
    }
  }

  @Test
  void a_character_of_four_bytes_may_be_split_anywhere_over_pieces_and_pings() {
    byte[] ping =
        "{\"jsonrpc\":\"2.0\",\"id\":\"\uD83D\uDE00\",\"method\":\"system.ping\"}"
            .getBytes(StandardCharsets.UTF_8);
    try (RawSocket socket = RawSocket.of(server, ada)) {
      socket.piece(RawSocket.TEXT, new byte[0]);
      for (byte one : ping) {
        socket.piece(RawSocket.CONTINUATION, bytes(one));
        socket.frame(RawSocket.PING, bytes(one));
      }
      socket.frame(RawSocket.CONTINUATION, new byte[0]);
      assertThat(socket.next(RawSocket.TEXT).json().path("id").stringValue())
          .isEqualTo("\uD83D\uDE00");
    }
  }

  @Test
  void a_character_that_is_not_finished_at_the_end_of_its_message_closes_with_1007() {
    try (RawSocket socket = RawSocket.of(server, ada)) {
      socket.piece(RawSocket.TEXT, bytes('"', 0xF0, 0x9F));
      socket.frame(RawSocket.CONTINUATION, bytes(0x98));
      assertThat(socket.closeCode()).isEqualTo(1007);
    }
  }

  @Test
  void a_message_may_have_as_many_pieces_as_the_limit_says_and_the_next_one_counts_anew() {
    try (RawSocket socket = RawSocket.of(server, ada)) {
      for (int message = 1; message <= 2; message++) {
        socket.piece(RawSocket.TEXT, PING);
        for (int i = 1; i < FragmentLimit.MOST; i++) {
          socket.piece(RawSocket.CONTINUATION, bytes(' '));
        }
        socket.frame(RawSocket.CONTINUATION, bytes(' '));
        assertThat(socket.reply(1).has("result")).isTrue();
      }
    }
  }

  @Test
  void a_client_that_only_ends_its_half_of_the_connection_is_let_go() {
    try (RawSocket socket = RawSocket.of(server, ada)) {
      socket.endOutput();
      assertThat(socket.endsCleanly()).isTrue();
    }
  }

  @Test
  void a_client_that_ends_its_half_within_a_frame_is_let_go() {
    try (RawSocket socket = RawSocket.of(server, ada)) {
      socket.bytes(Arrays.copyOf(masked(0x81, PING), 10));
      socket.endOutput();
      assertThat(socket.endsCleanly()).isTrue();
    }
  }

  @Test
  void a_control_frame_in_pieces_closes_with_1002_within_a_message_too() {
    try (RawSocket socket = RawSocket.of(server, ada)) {
      socket.piece(RawSocket.TEXT, bytes('"'));
      socket.piece(RawSocket.PING, bytes(1));
      assertThat(socket.closeCode()).isEqualTo(1002);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"WebSocket", "WEBSOCKET", "h2c, websocket"})
  void the_upgrade_may_be_spelt_in_any_case_and_among_others(String upgrade) {
    Map<String, String> headers = headers();
    headers.put("Upgrade", upgrade);
    headers.put("Connection", "keep-alive, Upgrade");
    try (RawSocket socket = RawSocket.open(server, headers)) {
      assertThat(socket.status()).isEqualTo(101);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0xC1, 0xA1, 0x91})
  void reserved_bits_close_with_1002(int first) {
    assertThat(closeCodeAfter(masked(first, PING))).isEqualTo(1002);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x83, 0x87, 0x8B, 0x8F})
  void reserved_opcodes_close_with_1002(int first) {
    assertThat(closeCodeAfter(masked(first, bytes(1)))).isEqualTo(1002);
  }

  @Test
  void an_unmasked_frame_closes_with_1002() {
    assertThat(closeCodeAfter(RawSocket.encoded(0x81, PING, false))).isEqualTo(1002);
  }

  @Test
  void a_control_frame_in_pieces_or_too_long_closes_with_1002() {
    assertThat(closeCodeAfter(masked(RawSocket.PING, bytes(1)))).isEqualTo(1002);
    assertThat(closeCodeAfter(masked(0x89, filled(126)))).isEqualTo(1002);
  }

  @Test
  void a_piece_without_a_beginning_and_a_beginning_within_a_message_close_with_1002() {
    assertThat(closeCodeAfter(masked(0x80, PING))).isEqualTo(1002);
    try (RawSocket socket = RawSocket.of(server, ada)) {
      socket.piece(RawSocket.TEXT, bytes('"'));
      socket.frame(RawSocket.TEXT, PING);
      assertThat(socket.closeCode()).isEqualTo(1002);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1100, 2999, 65535})
  void a_close_code_that_nobody_may_send_is_answered_with_1002(int code) {
    assertThat(closeCodeAfter(masked(0x88, bytes(code >> 8, code)))).isEqualTo(1002);
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1001, 1011, 3000, 4999})
  void a_close_frame_is_answered_with_its_own_code(int code) {
    assertThat(closeCodeAfter(masked(0x88, bytes(code >> 8, code)))).isEqualTo(code);
  }

  @Test
  void a_close_frame_without_a_code_is_answered_and_one_of_a_single_byte_is_wrong() {
    assertThat(closeCodeAfter(masked(0x88, new byte[0]))).isEqualTo(1005);
    assertThat(closeCodeAfter(masked(0x88, bytes(3)))).isEqualTo(1002);
  }

  @Test
  void a_close_reason_that_is_not_utf8_closes_with_1007() {
    assertThat(closeCodeAfter(masked(0x88, bytes(0x03, 0xE8, 0xC3, 0x28)))).isEqualTo(1007);
  }

  @Test
  void nothing_is_answered_after_the_close_frame() {
    try (RawSocket socket = RawSocket.of(server, ada)) {
      socket.frame(RawSocket.BINARY, PING);
      socket.frame(RawSocket.TEXT, PING);
      assertThat(socket.next(frame -> frame.opcode() != RawSocket.PING).opcode())
          .isEqualTo(RawSocket.CLOSE);
      socket.frame(RawSocket.CLOSE, bytes(0x03, 0xEB));
      socket.awaitEnd();
    }
  }
}

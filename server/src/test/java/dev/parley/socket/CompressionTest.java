package dev.parley.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Database;
import dev.parley.testing.Deflated;
import dev.parley.testing.RawSocket;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** permessage-deflate (RFC 7692), byte by byte. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompressionTest {
  private static final int COMPRESSED_TEXT = 0xC1;
  private static final int LAST = 0x80;
  private static final String OFFER = "permessage-deflate; client_max_window_bits";
  private static final String TAKEN =
      "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

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

  private RawSocket offering(String extensions) {
    Map<String, String> headers = RawSocket.headers(server, Optional.of(ada.token()));
    headers.put("Sec-WebSocket-Extensions", extensions);
    return RawSocket.open(server, headers);
  }

  private static Optional<String> taken(RawSocket socket) {
    return Arrays.stream(socket.response().split("\r\n"))
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-extensions:"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] ping(int id) {
    return utf8("{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"system.ping\"}".formatted(id));
  }

  private static byte[] masked(int first, byte[] payload) {
    return RawSocket.encoded(first, payload, true);
  }

  private int closeCodeAfter(byte[]... frames) {
    try (RawSocket socket = offering(OFFER)) {
      for (byte[] frame : frames) {
        socket.bytes(frame);
      }
      return socket.closeCode();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "permessage-deflate",
        "permessage-deflate; client_max_window_bits",
        "permessage-deflate; client_max_window_bits=9",
        "permessage-deflate; client_max_window_bits=\"10\"",
        "Permessage-Deflate; server_no_context_takeover; client_no_context_takeover",
        "x-webkit-deflate-frame, permessage-deflate",
        "permessage-deflate; server_max_window_bits=10, permessage-deflate",
        "permessage-deflate; mode=best, permessage-deflate;client_no_context_takeover"
      })
  void an_offer_is_taken_and_nobody_keeps_a_window(String offer) {
    try (RawSocket socket = offering(offer)) {
      assertThat(taken(socket)).contains(TAKEN);
    }
  }

  @Test
  void a_window_of_full_size_is_confirmed() {
    try (RawSocket socket = offering("permessage-deflate; server_max_window_bits=15")) {
      assertThat(taken(socket)).contains(TAKEN + "; server_max_window_bits=15");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "permessage-deflate; server_max_window_bits=9",
        "permessage-deflate; server_max_window_bits",
        "permessage-deflate; server_max_window_bits=16",
        "permessage-deflate; client_max_window_bits=7",
        "permessage-deflate; client_max_window_bits=16",
        "permessage-deflate; client_max_window_bits=",
        "permessage-deflate; server_no_context_takeover=1",
        "permessage-deflate; client_no_context_takeover; client_no_context_takeover",
        "permessage-deflate; unknown",
        "permessage-bzip2",
        ";;;,,,",
      })
  void an_offer_that_cannot_be_met_is_declined_and_the_socket_works_without(String offer) {
    try (RawSocket socket = offering(offer)) {
      assertThat(socket.status()).isEqualTo(101);
      assertThat(taken(socket)).isEmpty();
      socket.frame(RawSocket.TEXT, ping(1));
      assertThat(socket.reply(1).has("result")).isTrue();
      socket.bytes(masked(COMPRESSED_TEXT, Deflated.deflate(ping(2))));
      assertThat(socket.closeCode()).isEqualTo(1002);
    }
  }

  @Test
  void a_server_that_does_not_compress_takes_no_offer() {
    try (TestServer plain =
            TestServer.start(Database.SQLITE, Map.of("ENABLE_COMPRESSION", "false"));
        RawSocket socket =
            RawSocket.open(
                plain,
                Map.of(
                    "Host", "127.0.0.1:" + plain.port(),
                    "Upgrade", "websocket",
                    "Connection", "Upgrade",
                    "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==",
                    "Sec-WebSocket-Version", "13",
                    "Sec-WebSocket-Extensions", OFFER))) {
      assertThat(socket.status()).isEqualTo(101);
      assertThat(taken(socket)).isEmpty();
    }
  }

  @Test
  void compressed_and_plain_requests_are_answered_alike() {
    try (RawSocket socket = offering(OFFER)) {
      for (int id = 1; id <= 4; id++) {
        byte[] request = ping(id);
        socket.bytes(
            id % 2 == 0
                ? masked(LAST | RawSocket.TEXT, request)
                : masked(COMPRESSED_TEXT, Deflated.deflate(request)));
        assertThat(socket.reply(id).has("result")).isTrue();
      }
    }
  }

  @Test
  void a_compressed_message_may_come_in_pieces_with_a_ping_between_them() {
    byte[] deflated = Deflated.deflate(ping(5));
    try (RawSocket socket = offering(OFFER)) {
      socket.bytes(masked(0x41, Arrays.copyOf(deflated, 7)));
      socket.bytes(masked(LAST | RawSocket.PING, utf8("between")));
      socket.bytes(masked(RawSocket.CONTINUATION, Arrays.copyOfRange(deflated, 7, 9)));
      socket.bytes(masked(RawSocket.CONTINUATION, new byte[0]));
      socket.bytes(masked(LAST, Arrays.copyOfRange(deflated, 9, deflated.length)));
      assertThat(socket.next(RawSocket.PONG).text()).isEqualTo("between");
      assertThat(socket.reply(5).has("result")).isTrue();
    }
  }

  /** RFC 7692, 7.2.3.4: a block marked as the last one, and the empty one that follows it. */
  @Test
  void a_block_that_is_marked_as_the_last_one_is_understood() {
    try (RawSocket socket = offering(OFFER)) {
      byte[] hello = {(byte) 0xf3, 0x48, (byte) 0xcd, (byte) 0xc9, (byte) 0xc9, 0x07, 0x00};
      socket.bytes(masked(COMPRESSED_TEXT, hello));
      JsonNode reply = socket.next(RawSocket.TEXT).json();
      assertThat(reply.at("/error/code").intValue()).isEqualTo(-32700);
      socket.bytes(masked(COMPRESSED_TEXT, Deflated.deflate(ping(6))));
      assertThat(socket.reply(6).has("result")).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1002", "2, 1002", "5, 1002", "6, 1002", "7, 1002"})
  void other_reserved_bits_stay_forbidden(int reserved, int code) {
    assertThat(closeCodeAfter(masked(LAST | reserved << 4 | RawSocket.TEXT, ping(1))))
        .isEqualTo(code);
  }

  @Test
  void a_reserved_bit_is_forbidden_on_control_frames_and_on_later_pieces() {
    byte[] deflated = Deflated.deflate(ping(1));
    assertThat(closeCodeAfter(masked(LAST | 0x40 | RawSocket.PING, new byte[0]))).isEqualTo(1002);
    assertThat(
            closeCodeAfter(
                masked(0x41, Arrays.copyOf(deflated, 7)),
                masked(LAST | 0x40, Arrays.copyOfRange(deflated, 7, deflated.length))))
        .isEqualTo(1002);
    assertThat(closeCodeAfter(masked(0x01, utf8("{")), masked(LAST | 0x40, deflated)))
        .isEqualTo(1002);
  }

  @Test
  void what_is_not_deflated_or_not_utf_8_closes_with_1007() {
    byte[] noise = new byte[64];
    Arrays.fill(noise, (byte) 0xFF);
    assertThat(closeCodeAfter(masked(COMPRESSED_TEXT, noise))).isEqualTo(1007);
    byte[] noText = {'"', (byte) 0xC3, (byte) 0x28, '"'};
    assertThat(closeCodeAfter(masked(COMPRESSED_TEXT, Deflated.deflate(noText)))).isEqualTo(1007);
  }

  @Test
  void a_message_refers_to_no_earlier_one() {
    byte[] first = Deflated.deflate(utf8("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"nothing\"}"));
    byte[] takesOver = {0x02, 0x13, 0x00, 0x00}; // A match far behind a window that is new.
    assertThat(closeCodeAfter(masked(COMPRESSED_TEXT, first), masked(COMPRESSED_TEXT, takesOver)))
        .isEqualTo(1007);
  }

  @Test
  void a_bomb_closes_with_1009_whether_it_comes_whole_or_in_pieces() {
    byte[] bomb = Deflated.deflate(new byte[64 * 1024 * 1024]);
    assertThat(bomb.length).isLessThan(SocketDoor.MAX_MESSAGE);
    assertThat(closeCodeAfter(masked(COMPRESSED_TEXT, bomb))).isEqualTo(1009);
    byte[][] pieces = new byte[17][];
    pieces[0] = masked(0x41, Arrays.copyOf(bomb, 1_000));
    for (int i = 1; i < pieces.length; i++) {
      pieces[i] =
          masked(RawSocket.CONTINUATION, Arrays.copyOfRange(bomb, i * 1_000, (i + 1) * 1_000));
    }
    assertThat(closeCodeAfter(pieces)).isEqualTo(1009);
  }

  @Test
  void the_longest_message_fits_compressed_too() {
    String spaces = " ".repeat(SocketDoor.MAX_MESSAGE - ping(8).length);
    byte[] longest = utf8(new String(ping(8), StandardCharsets.UTF_8) + spaces);
    try (RawSocket socket = offering(OFFER)) {
      socket.bytes(masked(COMPRESSED_TEXT, Deflated.deflate(longest)));
      assertThat(socket.reply(8).has("result")).isTrue();
    }
    byte[] longer = Arrays.copyOf(longest, longest.length + 1);
    longer[longest.length] = ' ';
    assertThat(closeCodeAfter(masked(COMPRESSED_TEXT, Deflated.deflate(longer)))).isEqualTo(1009);
  }

  /** Each reader inflates each frame with a window of its own: so none refers to an earlier one. */
  @Test
  void an_event_from_1_kib_on_is_the_same_compressed_bytes_for_all_who_negotiated_it() {
    String room = ada.room("Compressed");
    List<RawSocket> readers = List.of(offering(OFFER), offering(OFFER), RawSocket.of(server, ada));
    readers.forEach(reader -> {
      reader.call(1, "conversations.subscribe", "{id: '%s'}".formatted(room));
      reader.reply(1);
    });
    ada.post(room, "short");
    ada.post(room, "tea ".repeat(500));
    ada.post(room, "tea ".repeat(500));
    Set<String> texts = new HashSet<>();
    for (RawSocket reader : readers) {
      boolean negotiated = reader != readers.getLast();
      assertThat(event(reader, 1).compressed()).isFalse();
      RawSocket.Frame second = event(reader, 2);
      assertThat(second.compressed()).isEqualTo(negotiated);
      assertThat(event(reader, 3).compressed()).isEqualTo(negotiated);
      assertThat(second.json().at("/params/data/message/content").stringValue())
          .isEqualTo("tea ".repeat(500));
      assertThat(second.payload().length).isLessThan(negotiated ? 600 : 3_000);
      texts.add(second.text());
      reader.close();
    }
    assertThat(texts).hasSize(1);
  }

  private static RawSocket.Frame event(RawSocket reader, int seq) {
    return reader.next(frame ->
        frame.opcode() == RawSocket.TEXT && frame.json().at("/params/seq").asInt(0) == seq);
  }

  @Test
  void a_long_reply_is_compressed() {
    String room = ada.room("Replies");
    ada.post(room, "tea ".repeat(500));
    try (RawSocket socket = offering(OFFER)) {
      socket.call(1, "messages.list", "{conversation: '%s'}".formatted(room));
      RawSocket.Frame reply = socket.next(frame -> frame.json().path("id").asInt(0) == 1);
      assertThat(reply.compressed()).isTrue();
      assertThat(reply.json().at("/result/items/0/content").stringValue()).startsWith("tea tea");
    }
  }
}

package dev.parley.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.RawSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the door does while it is told that memory is short. Time stands still. */
class ShortOfMemoryTest {
  private static final byte[] MEBIBYTE = new byte[1024 * 1024];

  /** Linux keeps at most 4 MiB that a socket has not sent. */
  private static final int MORE_THAN_THE_KERNEL_AND_A_MEBIBYTE = 8;

  static {
    Arrays.fill(MEBIBYTE, (byte) ' ');
  }

  @Test
  void no_new_socket_is_taken_until_there_is_room_again_and_those_that_are_in_stay() {
    try (EchoServer server = new EchoServer();
        RawSocket early = RawSocket.narrow(server.port(), Optional.empty())) {
      server.memoryIsShort(true);
      try (RawSocket late = RawSocket.narrow(server.port(), Optional.empty())) {
        assertThat(late.status()).isEqualTo(503);
        assertThat(late.response().toLowerCase(Locale.ROOT)).contains("retry-after: 5");
      }
      early.text("still here");
      assertThat(early.next(RawSocket.TEXT).text()).isEqualTo("still here");
      server.memoryIsShort(false);
      try (RawSocket late = RawSocket.narrow(server.port(), Optional.empty())) {
        assertThat(late.status()).isEqualTo(101);
      }
    }
  }

  /**
   * Quick readers on all event loops are due a ping: when they have it, everybody was looked at.
   */
  @Test
  void a_reader_with_over_a_mebibyte_unwritten_is_not_waited_for() {
    try (EchoServer server = new EchoServer()) {
      List<RawSocket> quick = Stream.generate(() -> signedIn(server)).limit(loops()).toList();
      server.clock().advance(Duration.ofSeconds(20));
      try (RawSocket slow = signedIn(server)) {
        for (int i = 0; i < MORE_THAN_THE_KERNEL_AND_A_MEBIBYTE; i++) {
          slow.frame(RawSocket.TEXT, MEBIBYTE);
        }
        quick.forEach(ShortOfMemoryTest::echoes);
        server.memoryIsShort(true);
        server.clock().advance(Duration.ofSeconds(5));
        quick.forEach(socket -> socket.next(RawSocket.PING));
        assertThat(slow.closeCode()).isEqualTo(3008);
        quick.forEach(ShortOfMemoryTest::echoes);
      }
      quick.forEach(RawSocket::close);
    }
  }

  private static int loops() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static RawSocket signedIn(EchoServer server) {
    return RawSocket.narrow(server.port(), Optional.of("any token"));
  }

  private static void echoes(RawSocket socket) {
    socket.text("quick");
    assertThat(socket.next(RawSocket.TEXT).text()).isEqualTo("quick");
  }
}

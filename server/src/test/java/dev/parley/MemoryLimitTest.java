package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.testing.ChildServer;
import dev.parley.testing.Database;
import dev.parley.testing.RawSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A server of its own whose memory is really filled: by messages that are begun and not ended. */
class MemoryLimitTest {
  private static final int MOST_FILLERS = 500;
  private static final byte[] BEGINNING = new byte[1_000_000];

  static {
    Arrays.fill(BEGINNING, (byte) ' ');
  }

  private static String token(ChildServer server, String name) throws Exception {
    Map<String, String> who = Map.of("name", name, "password", "correct horse");
    server.call("", "accounts.register", who);
    return server.call("", "sessions.open", who).path("token").stringValue();
  }

  /** Asks, and passes over what comes before the answer. */
  private static JsonNode ask(RawSocket socket, int id, String method, String params) {
    socket.call(id, method, params);
    return socket.reply(id).path("result");
  }

  private static String nextEvent(RawSocket socket) {
    return socket
        .next(frame -> frame.opcode() == RawSocket.TEXT && frame.json().has("method"))
        .json()
        .at("/params/type")
        .stringValue();
  }

  private static void typing(RawSocket socket, String room, boolean on) {
    ask(socket, 1, "typing.set", "{conversation: '%s', on: %s}".formatted(room, on));
  }

  @Test
  void a_server_that_runs_out_of_memory_sheds_then_refuses_and_serves_on() throws Exception {
    try (ChildServer server =
        ChildServer.start(Database.SQLITE, Map.of("MEMORY_LIMIT_MB", "160"))) {
      String ada = token(server, "ada");
      Map<String, String> about = Map.of("kind", "room", "title", "Tea", "visibility", "public");
      String room =
          server.call(ada, "conversations.create", about).at("/conversation/id").stringValue();
      try (RawSocket reader = RawSocket.of(server, ada);
          RawSocket writer = RawSocket.of(server, ada)) {
        ask(reader, 1, "conversations.subscribe", "{id: '%s'}".formatted(room));
        typing(writer, room, true);
        typing(writer, room, false);
        assertThat(nextEvent(reader)).isEqualTo("typing");
        assertThat(nextEvent(reader)).isEqualTo("typing");

        Deque<RawSocket> fillers = fill(server, ada);
        RawSocket refused = fillers.removeLast();
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.response().toLowerCase(Locale.ROOT)).contains("retry-after: 5");
        typing(writer, room, true);
        String post = "{conversation: '%s', content: 'still here'}".formatted(room);
        assertThat(ask(writer, 2, "messages.post", post).has("message")).isTrue();
        assertThat(nextEvent(reader)).isEqualTo("message.posted");

        fillers.forEach(RawSocket::close);
      }
      await().atMost(Duration.ofMinutes(1)).until(() -> takesSockets(server, ada));
      assertThat(server.logged("new sockets are refused")).hasSize(1);
    }
  }

  private static Deque<RawSocket> fill(ChildServer server, String token) {
    Deque<RawSocket> fillers = new ArrayDeque<>();
    do {
      fillers.add(RawSocket.of(server, token));
      fillers.getLast().piece(RawSocket.TEXT, BEGINNING);
    } while (fillers.getLast().status() == 101 && fillers.size() < MOST_FILLERS);
    return fillers;
  }

  private static boolean takesSockets(ChildServer server, String token) throws IOException {
    try (RawSocket socket = RawSocket.of(server, token)) {
      return socket.status() == 101;
    }
  }
}

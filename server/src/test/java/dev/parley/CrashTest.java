package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.ChildServer;
import dev.parley.testing.Database;
import dev.parley.testing.RawSocket;
import dev.parley.testing.Witness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * What is acknowledged must be committed, not only be so soon: whoever reads an acknowledgement
 * looks into the database at once, hundreds of times, and whoever reads the last one kills the
 * server at once, with many posts under way. The posts are long, so that writing them takes its
 * time.
 */
class CrashTest {
  private static final int ROUNDS = 2;
  private static final int SOCKETS = 16;
  private static final int IN_FLIGHT = 4;
  private static final String LONG = "x".repeat(20_000);

  private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
  private final Set<String> unanswered = ConcurrentHashMap.newKeySet();

  @ParameterizedTest
  @EnumSource(Database.class)
  void what_was_acknowledged_is_there_once_after_the_process_was_killed(Database database)
      throws IOException, InterruptedException, ExecutionException {
    long seed = System.nanoTime();
    System.out.println("seed of the crash on " + database + ": " + seed);
    Random random = new Random(seed);
    try (ChildServer server = ChildServer.start(database)) {
      Map<String, String> login = Map.of("name", "poster", "password", "a long password");
      server.call("", "accounts.register", login);
      String token = server.call("", "sessions.open", login).path("token").stringValue();
      String room =
          server
              .call(token, "conversations.create", Map.of("kind", "room", "title", "Crash"))
              .at("/conversation/id")
              .stringValue();
      for (int round = 0; round < ROUNDS; round++) {
        int before = acknowledged.size();
        int enough = 30 + random.nextInt(120);
        postUntilKilled(server, token, room, "round" + round, enough);
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(before + enough);
        server.startAgain();
        for (String again : unanswered) {
          acknowledged.put(again, post(server, token, room, again));
        }
        unanswered.clear();
        assertThatNothingIsLost(server, token, room);
      }
    }
  }

  private void assertThatNothingIsLost(ChildServer server, String token, String room)
      throws IOException, InterruptedException {
    Map<String, Long> found = history(server, token, room);
    assertThat(found).containsExactlyInAnyOrderEntriesOf(acknowledged);
    assertThat(found.values().stream().sorted())
        .containsExactlyElementsOf(LongStream.rangeClosed(1, found.size()).boxed().toList());
    JsonNode conversation =
        server.call(token, "conversations.get", Map.of("id", room)).path("conversation");
    assertThat(conversation.path("lastSeq").longValue()).isEqualTo(found.size());
    assertThat(conversation.path("messages").longValue()).isEqualTo(found.size());
    assertThat(conversation.path("unread").longValue()).isZero();
  }

  private void postUntilKilled(
      ChildServer server, String token, String room, String round, int enough)
      throws InterruptedException, ExecutionException {
    AtomicInteger left = new AtomicInteger(enough);
    List<RawSocket> sockets = new ArrayList<>();
    for (int i = 0; i < SOCKETS; i++) {
      sockets.add(RawSocket.of(server, token));
    }
    List<Future<?>> posters = new ArrayList<>();
    try (ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
      for (int i = 0; i < SOCKETS; i++) {
        RawSocket socket = sockets.get(i);
        String poster = round + "-" + i + "-";
        posters.add(threads.submit(() -> postAll(server, socket, room, poster, left)));
      }
    }
    for (Future<?> poster : posters) {
      poster.get();
    }
  }

  /** Posts until the server is gone, and hears what it had still said. */
  private void postAll(
      ChildServer server, RawSocket socket, String room, String poster, AtomicInteger left) {
    try (socket;
        Witness witness = server.witness()) {
      for (int sent = 0; sent < IN_FLIGHT; sent++) {
        send(socket, room, poster, sent);
      }
      for (int next = IN_FLIGHT; ; next++) {
        JsonNode reply = socket.next(CrashTest::isReply).json();
        assertThat(reply.has("result")).as("%s", reply).isTrue();
        int missing = left.decrementAndGet();
        if (missing == 0) {
          server.kill();
        }
        String clientId = poster + reply.path("id").intValue();
        long seq = reply.at("/result/message/seq").longValue();
        acknowledged.put(clientId, seq);
        unanswered.remove(clientId);
        if (missing > 0) {
          assertThat(witness.clientId(room, seq)).contains(clientId);
          send(socket, room, poster, next);
        }
      }
    } catch (UncheckedIOException gone) {
      assertThat(left.get()).isNotPositive();
    }
  }

  private void send(RawSocket socket, String room, String poster, int number) {
    unanswered.add(poster + number);
    socket.call(
        number,
        "messages.post",
        "{conversation: '%s', content: '%s', clientId: '%s'}"
            .formatted(room, LONG, poster + number));
  }

  private static boolean isReply(RawSocket.Frame frame) {
    return frame.opcode() == RawSocket.TEXT && frame.json().has("id");
  }

  private static long post(ChildServer server, String token, String room, String clientId)
      throws IOException, InterruptedException {
    return server
        .call(
            token,
            "messages.post",
            Map.of("conversation", room, "content", LONG, "clientId", clientId))
        .at("/message/seq")
        .longValue();
  }

  private static Map<String, Long> history(ChildServer server, String token, String room)
      throws IOException, InterruptedException {
    List<JsonNode> all = new ArrayList<>();
    JsonNode page;
    long after = 0;
    do {
      page =
          server.call(
              token, "messages.list", Map.of("conversation", room, "after", after, "limit", 100));
      page.path("items").forEach(all::add);
      after = page.path("next").asLong(0);
    } while (page.has("next"));
    Map<String, Long> found = new HashMap<>();
    for (JsonNode message : all) {
      Long twice =
          found.put(message.path("clientId").stringValue(), message.path("seq").longValue());
      assertThat(twice).as("%s is there twice", message).isNull();
    }
    return found;
  }
}

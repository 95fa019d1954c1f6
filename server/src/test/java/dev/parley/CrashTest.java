package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.ChildServer;
import dev.parley.testing.Database;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class CrashTest {
  private static final int CLIENTS = 20;

  private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
  private final Map<String, String> unanswered = new ConcurrentHashMap<>();

  @ParameterizedTest
  @EnumSource(Database.class)
  void what_was_acknowledged_is_there_once_after_the_process_was_killed(Database database)
      throws IOException, InterruptedException {
    long seed = System.nanoTime();
    System.out.println("seed of the crash on " + database + ": " + seed);
    int enough = 50 + new Random(seed).nextInt(400);
    try (ChildServer server = ChildServer.start(database)) {
      Map<String, String> login = Map.of("name", "poster", "password", "a long password");
      server.call("", "accounts.register", login);
      String token = server.call("", "sessions.open", login).path("token").stringValue();
      String room =
          server
              .call(token, "conversations.create", Map.of("kind", "room", "title", "Crash"))
              .at("/conversation/id")
              .stringValue();

      postUntilKilled(server, token, room, enough);
      assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(enough);
      server.startAgain();
      for (Map.Entry<String, String> again : unanswered.entrySet()) {
        acknowledged.put(again.getKey(), post(server, token, room, again.getKey()));
      }

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
  }

  private void postUntilKilled(ChildServer server, String token, String room, int enough)
      throws InterruptedException {
    CountDownLatch reached = new CountDownLatch(enough);
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CLIENTS; i++) {
        String client = "client" + i + "-";
        clients.execute(() -> postAll(server, token, room, client, reached));
      }
      reached.await();
      server.kill();
    }
  }

  private void postAll(
      ChildServer server, String token, String room, String client, CountDownLatch reached) {
    for (int n = 0; ; n++) {
      String clientId = client + n;
      try {
        acknowledged.put(clientId, post(server, token, room, clientId));
        reached.countDown();
      } catch (IOException | InterruptedException killed) {
        unanswered.put(clientId, clientId);
        return;
      }
    }
  }

  private static long post(ChildServer server, String token, String room, String clientId)
      throws IOException, InterruptedException {
    return server
        .call(
            token,
            "messages.post",
            Map.of("conversation", room, "content", clientId, "clientId", clientId))
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

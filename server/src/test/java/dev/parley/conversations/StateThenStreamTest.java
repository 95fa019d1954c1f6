package dev.parley.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Database;
import dev.parley.testing.Socket;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * Zulip's property: state that is fetched at any moment, and the events after it applied, are the
 * state that is fetched at the end.
 */
@ParameterizedClass
@EnumSource(Database.class)
class StateThenStreamTest {
  private static final int ACTORS = 6;
  private static final int ACTS = 40;

  @Parameter Database database = Database.SQLITE;

  /** What a client knows of a room. */
  private static final class Known {
    final Map<String, JsonNode> messages = new TreeMap<>();
    final Map<String, String> roles = new TreeMap<>();
    long memberCount;
    long messageCount;
    String title = "";
    String topic = "";
    long asOf;

    /** Fetches, part by part; each part as of its own place. */
    static Known fetched(User reader, String room) {
      Known known = new Known();
      JsonNode got = reader.call("conversations.get", "{id: '%s'}".formatted(room));
      known.asOf = got.at("/asOf/seq").longValue();
      known.settings(got.path("conversation"));
      known.memberCount = got.at("/conversation/members").longValue();
      known.messageCount = got.at("/conversation/messages").longValue();
      reader
          .call("conversations.members", "{id: '%s', limit: 100}".formatted(room))
          .path("items")
          .forEach(one ->
              known.roles.put(one.at("/member/id").stringValue(), one.path("role").stringValue()));
      for (long after = 0; after >= 0; ) {
        JsonNode page =
            reader.call(
                "messages.list",
                "{conversation: '%s', after: %d, limit: 100}".formatted(room, after));
        page.path("items").forEach(known::put);
        after = page.path("next").asLong(-1);
      }
      return known;
    }

    private void put(JsonNode message) {
      messages.put(message.path("id").stringValue(), message);
    }

    private void settings(JsonNode conversation) {
      title = conversation.path("title").stringValue();
      topic = conversation.path("topic").asString("");
    }

    void apply(JsonNode event) {
      JsonNode data = event.path("data");
      String type = event.path("type").stringValue();
      switch (type) {
        case "member.joined", "member.changed" ->
            roles.put(data.at("/member/id").stringValue(), data.path("role").stringValue());
        case "member.left" -> roles.remove(data.at("/member/id").stringValue());
        case "conversation.changed" -> {
          settings(data.path("conversation"));
          assertThat(data.at("/conversation/lastSeq")).isEqualTo(event.path("seq"));
        }
        default -> put(data.path("message"));
      }
      memberCount += type.equals("member.joined") ? 1 : type.equals("member.left") ? -1 : 0;
      messageCount += type.equals("message.posted") ? 1 : 0;
      if (type.equals("conversation.changed")) {
        assertThat(data.at("/conversation/members").longValue()).isEqualTo(memberCount);
        assertThat(data.at("/conversation/messages").longValue()).isEqualTo(messageCount);
      }
    }
  }

  @Test
  void state_fetched_at_any_moment_and_the_events_after_it_are_the_state_at_the_end()
      throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed of state then stream on " + database + ": " + seed);
    try (TestServer server = TestServer.start(database);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      User owner = server.user("owner");
      String room = owner.room("Everything");
      List<Future<?>> acting = new ArrayList<>();
      for (int i = 0; i < ACTORS; i++) {
        Random random = new Random(seed + i);
        User actor = server.user("actor");
        actor.join(room);
        acting.add(threads.submit(() -> act(owner, actor, room, random)));
      }
      List<Known> fetched = new ArrayList<>();
      while (!acting.stream().allMatch(Future::isDone)) {
        fetched.add(Known.fetched(owner, room));
      }
      for (Future<?> one : acting) {
        one.get(2, TimeUnit.MINUTES);
      }
      Known end = Known.fetched(owner, room);
      List<JsonNode> log = log(owner, room, end.asOf);
      assertThat(fetched).hasSizeGreaterThan(2);
      for (Known known : fetched) {
        log.stream()
            .filter(event -> event.path("seq").longValue() > known.asOf)
            .forEach(known::apply);
        assertThat(known).usingRecursiveComparison().ignoringFields("asOf").isEqualTo(end);
      }
      assertThat((long) end.messages.size()).isEqualTo(end.messageCount);
      assertThat((long) end.roles.size()).isEqualTo(end.memberCount);
    }
  }

  private static List<JsonNode> log(User reader, String room, long head) {
    try (Socket socket = reader.socket()) {
      socket.call("conversations.subscribe", "{id: '%s', afterSeq: 0}".formatted(room));
      return socket.logged(room, head);
    }
  }

  private static void act(User owner, User actor, String room, Random random) {
    for (int i = 0; i < ACTS; i++) {
      JsonNode some = some(actor, room, random);
      String id = some.path("id").asString("none");
      switch (random.nextInt(9)) {
        case 0, 1 ->
            actor.tryCall(
                "messages.post", "{conversation: '%s', content: 'm%d'}".formatted(room, i));
        case 2 -> actor.tryCall("messages.edit", "{id: '%s', content: 'e%d'}".formatted(id, i));
        case 3 -> owner.tryCall("messages.delete", "{id: '%s'}".formatted(id));
        case 4, 5 ->
            actor.tryCall(
                "messages.react",
                "{id: '%s', emoji: '%s', on: %b}"
                    .formatted(id, random.nextBoolean() ? "a" : "b", random.nextInt(3) > 0));
        case 6 ->
            owner.tryCall(
                "conversations.update",
                "{id: '%s', title: 'T%d', topic: 'of %s'}".formatted(room, i, actor.name()));
        case 7 -> {
          actor.tryCall("conversations.leave", "{id: '%s'}".formatted(room));
          actor.tryCall("conversations.join", "{id: '%s'}".formatted(room));
        }
        default ->
            owner.tryCall(
                "conversations.setRole",
                "{id: '%s', member: '%s', role: '%s'}"
                    .formatted(room, actor.id(), random.nextBoolean() ? "moderator" : "member"));
      }
    }
  }

  /** One of the newest messages, so that several act on the same one. */
  private static JsonNode some(User actor, String room, Random random) {
    JsonNode newest =
        actor.call("messages.list", "{conversation: '%s', limit: 4}".formatted(room)).path("items");
    return newest.path(random.nextInt(4));
  }
}

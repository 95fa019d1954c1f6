package dev.parley.conversations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.testing.Database;
import dev.parley.testing.OnBothDatabases;
import dev.parley.testing.Socket;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

/**
 * Zulip's property: state that is fetched at any moment, and the events after it applied, are the
 * state that is fetched afresh.
 */
@OnBothDatabases
class StateThenStreamTest {
  private static final int ACTORS = 6;
  private static final int ACTS = 40;
  private static final int FOLLOWERS = 3;
  private static final int CUTS = 4;
  private static final int ACTS_TO_A_CUT = 10;

  @Parameter private Database database;

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
      List<KnownRoom> fetched = new ArrayList<>();
      while (!acting.stream().allMatch(Future::isDone)) {
        fetched.add(KnownRoom.fetched(owner, room));
      }
      for (Future<?> one : acting) {
        one.get(2, TimeUnit.MINUTES);
      }
      KnownRoom end = KnownRoom.fetched(owner, room);
      List<JsonNode> log = log(owner, room, end.asOf);
      assertThat(fetched).hasSizeGreaterThan(2);
      for (KnownRoom known : fetched) {
        log.stream()
            .filter(event -> event.path("seq").longValue() > known.asOf)
            .forEach(known::apply);
        assertThat(known).usingRecursiveComparison().ignoringFields("asOf").isEqualTo(end);
      }
      assertThat((long) end.messages.size()).isEqualTo(end.messageCount);
      assertThat((long) end.roles.size()).isEqualTo(end.memberCount);
    }
  }

  @Test
  void who_comes_and_goes_knows_at_every_cut_what_a_fresh_one_fetches() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed of those who come and go on " + database + ": " + seed);
    try (TestServer server = TestServer.start(database);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      User owner = server.user("owner");
      String room = owner.room("Followed");
      List<Follower> followers = new ArrayList<>();
      for (int i = 0; i < FOLLOWERS; i++) {
        User actor = server.user("actor");
        actor.join(room);
        followers.add(new Follower(actor, room, new Random(seed - i)));
      }
      for (int cut = 0; cut < CUTS; cut++) {
        List<Future<?>> acting = new ArrayList<>();
        for (Follower follower : followers) {
          Random random = new Random(seed + followers.size() * cut + acting.size());
          acting.add(threads.submit(() -> actAndLook(owner, follower, room, random)));
        }
        for (Future<?> one : acting) {
          one.get(2, TimeUnit.MINUTES);
        }
        KnownRoom fresh = KnownRoom.fetched(owner, room);
        for (Follower follower : followers) {
          assertThat(follower.roomAt(fresh.asOf))
              .usingRecursiveComparison()
              .ignoringFields("asOf")
              .isEqualTo(fresh);
          KnownList list = KnownList.fetched(follower.user());
          await().untilAsserted(() -> assertThat(follower.list()).isEqualTo(list));
        }
      }
      followers.forEach(Follower::close);
    }
  }

  private static void actAndLook(User owner, Follower follower, String room, Random random) {
    User actor = follower.user();
    for (int i = 0; i < ACTS_TO_A_CUT; i++) {
      switch (random.nextInt(5)) {
        case 0 ->
            actor.tryCall(
                "messages.post",
                "{conversation: '%s', content: 'hear, @%s'}".formatted(room, owner.name()));
        case 1 ->
            owner.tryCall(
                "messages.post",
                "{conversation: '%s', content: 'hear, @%s'}".formatted(room, actor.name()));
        case 2 ->
            actor.tryCall(
                "reads.mark",
                "{conversation: '%s', seq: %d}".formatted(room, random.nextInt(1, 200)));
        case 3 -> act(owner, actor, room, random, i);
        default -> actor.room("Own " + i);
      }
      follower.look();
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
      act(owner, actor, room, random, i);
    }
  }

  private static void act(User owner, User actor, String room, Random random, int i) {
    JsonNode some = some(actor, room, random);
    String id = some.path("id").asString("none");
    switch (random.nextInt(9)) {
      case 0, 1 ->
          actor.tryCall("messages.post", "{conversation: '%s', content: 'm%d'}".formatted(room, i));
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

  /** One of the newest messages, so that several act on the same one. */
  private static JsonNode some(User actor, String room, Random random) {
    JsonNode newest =
        actor.call("messages.list", "{conversation: '%s', limit: 4}".formatted(room)).path("items");
    return newest.path(random.nextInt(4));
  }
}

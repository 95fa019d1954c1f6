package dev.parley.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Database;
import dev.parley.testing.Http;
import dev.parley.testing.OnBothDatabases;
import dev.parley.testing.Socket;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

@OnBothDatabases
class MessageTest {
  @Parameter private Database database;
  private TestServer server;
  private User ada;
  private User bob;

  @BeforeParameterizedClassInvocation
  void start() {
    server = TestServer.start(database);
    ada = server.user("ada");
    bob = server.user("bob");
  }

  @AfterParameterizedClassInvocation
  void stop() {
    server.close();
  }

  private String room(String title) {
    String room = ada.room(title);
    bob.join(room);
    return room;
  }

  @Test
  void a_message_sent_twice_with_one_client_id_is_posted_once_even_at_the_same_time()
      throws Exception {
    String room = room("Twice");
    String params = "{conversation: '%s', content: 'only once', clientId: 'c1'}".formatted(room);
    List<Future<String>> ids = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 16; i++) {
        ids.add(
            threads.submit(
                () -> ada.call("messages.post", params).at("/message/id").stringValue()));
      }
    }
    HashSet<String> different = new HashSet<>();
    for (Future<String> id : ids) {
      different.add(id.get());
    }
    assertThat(different).hasSize(1);
    assertThat(list(ada, room, "").path("total").intValue()).isEqualTo(1);
    Http.Reply other =
        ada.tryCall(
            "messages.post",
            "{conversation: '%s', content: 'another', clientId: 'c1'}".formatted(room));
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.body().path("code").intValue()).isEqualTo(-32004);
    bob.call(
        "messages.post", "{conversation: '%s', content: 'mine', clientId: 'c1'}".formatted(room));
  }

  @Test
  void history_is_paged_in_both_directions_and_ends() {
    String room = room("Pages");
    for (int i = 1; i <= 7; i++) {
      ada.post(room, "m" + i);
    }
    JsonNode first = list(ada, room, "after: 0, limit: 3");
    assertThat(contents(first)).containsExactly("m1", "m2", "m3");
    JsonNode second = list(ada, room, "after: %d, limit: 4".formatted(next(first)));
    assertThat(contents(second)).containsExactly("m4", "m5", "m6", "m7");
    assertThat(second.has("next")).isFalse();
    JsonNode newest = list(ada, room, "limit: 3");
    assertThat(contents(newest)).containsExactly("m5", "m6", "m7");
    JsonNode older = list(ada, room, "before: %d, limit: 10".formatted(next(newest)));
    assertThat(contents(older)).containsExactly("m1", "m2", "m3", "m4");
    assertThat(older.has("next")).isFalse();
    assertThat(older.path("total").intValue()).isEqualTo(7);
  }

  @Test
  void a_deletion_erases_the_content_in_history_log_and_search_and_leaves_a_tombstone() {
    String room = room("Secrets");
    JsonNode message = ada.post(room, "the password is xyzzyplugh");
    String id = message.path("id").stringValue();
    ada.call("messages.edit", "{id: '%s', content: 'it was xyzzyplugh'}".formatted(id));
    bob.call("messages.react", "{id: '%s', emoji: '👀', on: true}".formatted(id));
    Awaitility.await().until(() -> found("xyzzyplugh", bob).size() == 1);

    ada.call("messages.delete", "{id: '%s'}".formatted(id));

    JsonNode tombstone = list(bob, room, "").path("items").get(0);
    assertThat(tombstone.path("content").stringValue()).isEmpty();
    assertThat(tombstone.has("deletedAt")).isTrue();
    try (Socket socket = bob.socket()) {
      socket.call("conversations.subscribe", "{id: '%s', afterSeq: 0}".formatted(room));
      List<JsonNode> replay = socket.logged(room, 5);
      assertThat(replay)
          .extracting(event -> event.path("type").stringValue())
          .containsExactly(
              "member.joined",
              "message.posted",
              "message.edited",
              "message.reacted",
              "message.deleted");
      assertThat(replay.toString()).doesNotContain("xyzzyplugh");
    }
    Awaitility.await().until(() -> found("xyzzyplugh", bob).isEmpty());
    Http.Reply edit = ada.tryCall("messages.edit", "{id: '%s', content: 'back'}".formatted(id));
    assertThat(edit.status()).isEqualTo(409);
  }

  @Test
  void a_reaction_that_is_there_already_makes_no_event() {
    String room = room("Reactions");
    String id = ada.post(room, "hello").path("id").stringValue();
    bob.call("messages.react", "{id: '%s', emoji: '👍', on: true}".formatted(id));
    bob.call("messages.react", "{id: '%s', emoji: '👍', on: true}".formatted(id));
    bob.call("messages.react", "{id: '%s', emoji: '🎉', on: false}".formatted(id));
    assertThat(head(room)).isEqualTo(3);
    JsonNode reactions = list(ada, room, "").path("items").get(0).path("reactions");
    assertThat(reactions.size()).isEqualTo(1);
    assertThat(reactions.get(0).path("count").intValue()).isEqualTo(1);
    assertThat(reactions.get(0).at("/by/0/name").stringValue()).isEqualTo(bob.name());
  }

  @Test
  void unread_counts_messages_above_the_mark_and_nothing_else() {
    String room = room("Unread");
    JsonNode first = ada.post(room, "one");
    ada.post(room, "two, @" + bob.name());
    ada.call(
        "messages.react",
        "{id: '%s', emoji: '👍', on: true}".formatted(first.path("id").stringValue()));
    ada.post(room, "three");
    JsonNode before = conversation(bob, room);
    assertThat(before.path("unread").intValue()).isEqualTo(3);
    assertThat(before.path("mentions").intValue()).isEqualTo(1);
    JsonNode marked =
        bob.call(
            "reads.mark",
            "{conversation: '%s', seq: %d}".formatted(room, first.path("seq").longValue()));
    assertThat(marked.path("unread").intValue()).isEqualTo(2);
    bob.call("reads.mark", "{conversation: '%s', seq: 1000}".formatted(room));
    assertThat(conversation(bob, room).path("unread").intValue()).isZero();
    assertThat(conversation(bob, room).path("mentions").intValue()).isZero();
    assertThat(conversation(ada, room).path("unread").intValue()).isZero();
  }

  @Test
  void search_finds_only_what_the_caller_may_read_and_follows_edits() {
    String hidden = ada.room("Hidden", "private");
    ada.post(hidden, "a word like quixotry");
    String open = room("Open");
    String id = ada.post(open, "quixotry in the open").path("id").stringValue();
    Awaitility.await().until(() -> found("quixotry", ada).size() == 2);
    assertThat(found("quixotry", bob)).containsExactly("quixotry in the open");
    assertThat(found("QUIX", bob)).hasSize(1);
    ada.call("messages.edit", "{id: '%s', content: 'something else'}".formatted(id));
    Awaitility.await().until(() -> found("quixotry", bob).isEmpty());
    assertThat(found("something ELSE", bob)).hasSize(1);
  }

  @Test
  void search_takes_in_more_than_a_portion_and_the_quiet_rooms_beside() throws Exception {
    int portion = database == Database.SQLITE ? 2_000 : 200;
    String busy = room("Busy");
    String quiet = room("Quiet");
    String first = ada.post(busy, "first flotsam").path("id").stringValue();
    try (Socket socket = bob.socket()) {
      for (int i = 0; i < portion; i += 16) {
        socket.call("messages.post", "{conversation: '%s', content: 'flotsam'}".formatted(busy));
      }
    }
    ada.post(quiet, "quiet jetsam");
    ada.call("messages.edit", "{id: '%s', content: 'first jetsam'}".formatted(first));
    ada.post(busy, "last jetsam");
    Awaitility.await().until(() -> found("jetsam", bob).size() == 3);
    assertThat(found("jetsam", bob)).containsExactly("last jetsam", "quiet jetsam", "first jetsam");
    assertThat(found("first flotsam", bob)).isEmpty();
  }

  @Test
  void a_message_is_read_at_its_limit_and_refused_beyond() {
    String room = room("Long");
    ada.post(room, "é".repeat(16_384));
    Http.Reply longer =
        ada.http()
            .post(
                "/api/conversations/" + room + "/messages",
                "{\"content\":\"" + "é".repeat(16_384) + "x\"}");
    assertThat(longer.status()).isEqualTo(413);
    assertThat(longer.body().path("code").intValue()).isEqualTo(-32006);
    assertThat(longer.body().path("limit").intValue()).isEqualTo(32_768);
    Http.Reply empty =
        ada.http().post("/api/conversations/" + room + "/messages", "{\"content\":\"\"}");
    assertThat(empty.status()).isEqualTo(400);
    assertThat(empty.body().path("field").stringValue()).isEqualTo("content");
  }

  @Test
  void the_persona_answers_a_mention_and_a_direct_message_once_and_says_that_it_has_no_model() {
    JsonNode guide = ada.call("personas.list", "{}").path("items").get(0);
    String id = guide.path("id").stringValue();
    String room = room("With the guide");
    ada.post(room, "@guide are you here?");
    ada.call("conversations.invite", "{id: '%s', account: '%s'}".formatted(room, id));
    ada.post(room, "nobody is asked");
    ada.post(room, "@guide are you an AI?");
    String direct =
        ada.call("conversations.create", "{kind: 'direct', with: '%s'}".formatted(id))
            .at("/conversation/id")
            .stringValue();
    ada.post(direct, "hello");
    Awaitility.await().until(() -> contents(list(ada, direct, "")).size() == 2);
    Awaitility.await().until(() -> contents(list(ada, room, "")).size() == 4);
    JsonNode answer = list(ada, room, "").path("items").get(3);
    assertThat(answer.at("/sender/kind").stringValue()).isEqualTo("persona");
    assertThat(answer.path("content").stringValue()).contains("no language model");
    assertThat(contents(list(ada, room, ""))).hasSize(4);
  }

  private static JsonNode list(User reader, String room, String range) {
    String more = range.isEmpty() ? "" : ", " + range;
    return reader.call("messages.list", "{conversation: '%s'%s}".formatted(room, more));
  }

  private static long next(JsonNode page) {
    return page.path("next").longValue();
  }

  private static List<String> contents(JsonNode page) {
    List<String> all = new ArrayList<>();
    page.path("items").forEach(item -> all.add(item.path("content").stringValue()));
    return all;
  }

  private static List<String> found(String text, User reader) {
    return contents(reader.call("messages.search", "{text: '%s'}".formatted(text)));
  }

  private long head(String room) {
    return conversation(ada, room).path("lastSeq").longValue();
  }

  private static JsonNode conversation(User reader, String room) {
    return reader.call("conversations.get", "{id: '%s'}".formatted(room)).path("conversation");
  }
}

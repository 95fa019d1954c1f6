package dev.parley.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conversations.emotion.Feeling;
import dev.parley.conversations.emotion.Label;
import dev.parley.conversations.emotion.Lexicon;
import dev.parley.conversations.emotion.Statistic;
import dev.parley.functions.Json;
import dev.parley.testing.Database;
import dev.parley.testing.OnBothDatabases;
import dev.parley.testing.Rows;
import dev.parley.testing.Socket;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

@OnBothDatabases
class EmotionTest {
  private static final Lexicon LEXICON = Lexicon.english();
  private static final List<String> TEXTS =
      List.of(
          "This is terrible, I hate it!",
          "tea?",
          "Thanks, that is wonderful!",
          "I am not happy at all",
          "It was good",
          "WORST evening EVER!!!");

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

  private String room() {
    String room = ada.room("Feelings");
    bob.join(room);
    return room;
  }

  private JsonNode emotion(String room) {
    return ada.call("conversations.emotion", "{conversation: '%s'}".formatted(room));
  }

  private JsonNode ofMessage(User user, String id) {
    return user.call("messages.emotion", "{id: '%s'}".formatted(id)).path("emotion");
  }

  private static JsonNode json(Object value) {
    return Json.MAPPER.readTree(Json.MAPPER.writeValueAsString(value));
  }

  /** The statistic of messages, counted again from their words. */
  private static JsonNode recount(List<JsonNode> messages) {
    List<Feeling> feelings =
        messages.stream()
            .filter(message -> !message.has("deletedAt"))
            .map(message -> LEXICON.read(message.path("content").stringValue()))
            .toList();
    return json(
        Statistic.of(
            feelings.size(),
            feelings.stream().mapToInt(Feeling::score).sum(),
            feelings.stream().filter(one -> one.label() == Label.NEGATIVE).count(),
            feelings.stream().filter(one -> one.label() == Label.POSITIVE).count(),
            feelings.reversed().stream().map(Feeling::score).toList()));
  }

  private List<JsonNode> messages(String room) {
    List<JsonNode> all = new ArrayList<>();
    for (long after = 0; after >= 0; ) {
      JsonNode page =
          ada.call(
              "messages.list",
              "{conversation: '%s', after: %d, limit: 100}".formatted(room, after));
      page.path("items").forEach(all::add);
      after = page.path("next").longValue(-1);
    }
    return all;
  }

  private void assertExact(String room) {
    JsonNode told = emotion(room);
    Map<String, List<JsonNode>> bySender = new HashMap<>();
    List<JsonNode> all = messages(room);
    assertThat(told.path("emotion")).isEqualTo(recount(all));
    all.forEach(one ->
        bySender
            .computeIfAbsent(one.at("/sender/id").stringValue(), id -> new ArrayList<>())
            .add(one));
    bySender.forEach((person, theirs) -> {
      JsonNode expected = recount(theirs);
      told.path("items")
          .valueStream()
          .filter(item -> item.at("/person/id").stringValue().equals(person))
          .findFirst()
          .ifPresentOrElse(
              item -> assertThat(item.path("emotion")).isEqualTo(expected),
              () -> assertThat(expected.path("count").longValue()).isZero());
    });
  }

  @Test
  void a_message_has_its_score_label_and_emotions_when_the_post_is_answered() {
    String room = room();
    JsonNode message = bob.post(room, "This is terrible, I hate it!");
    JsonNode emotion = ofMessage(ada, message.path("id").stringValue());
    assertThat(emotion.path("score").doubleValue()).isLessThan(0.2);
    assertThat(emotion.path("label").stringValue()).isEqualTo("negative");
    assertThat(emotion.path("emotions")).isEqualTo(json(List.of("anger")));
    assertThat(emotion(room).path("recent")).isEqualTo(json(List.of(emotion)));
    assertThat(message.has("emotion")).isFalse();
  }

  /** The newest score counted twice makes 0.5 of 0.2, 0.2 and 0.8. */
  @Test
  void the_statistic_is_there_with_the_message_and_counts_each_once() {
    String room = room();
    for (String text : TEXTS) {
      bob.post(room, text);
      assertExact(room);
    }
    assertThat(emotion(room).at("/emotion/count").longValue()).isEqualTo(TEXTS.size());
  }

  @Test
  void nothing_said_has_no_mean() {
    JsonNode emotion = emotion(room()).path("emotion");
    assertThat(emotion.path("count").longValue()).isZero();
    assertThat(emotion.has("mean")).isFalse();
    assertThat(emotion.path("trend").stringValue()).isEqualTo("unknown");
  }

  @Test
  void many_at_the_same_moment_lose_nothing() throws Exception {
    String room = room();
    List<CompletableFuture<JsonNode>> replies = new ArrayList<>();
    try (Socket one = ada.socket();
        Socket other = bob.socket()) {
      for (int i = 0; i < 300; i++) {
        replies.add(
            (i % 2 == 0 ? one : other)
                .send(
                    "messages.post",
                    "{conversation: '%s', content: '%s'}"
                        .formatted(room, TEXTS.get(i % TEXTS.size()))));
      }
      for (CompletableFuture<JsonNode> reply : replies) {
        assertThat(reply.get(1, TimeUnit.MINUTES).has("result")).isTrue();
      }
    }
    assertThat(emotion(room).at("/emotion/count").longValue()).isEqualTo(300);
    assertExact(room);
  }

  /** The place in the log decides, as times may be the same. */
  @Test
  void a_trend_goes_by_the_order_in_the_conversation_even_if_all_is_said_in_one_moment() {
    try (TestServer still = TestServer.start(database)) {
      still.clock().stop();
      User carl = still.user("carl");
      String room = carl.room("Still");
      for (int i : new int[] {2, 2, 0, 0}) {
        carl.post(room, TEXTS.get(i));
      }
      JsonNode found = carl.call("conversations.emotion", "{conversation: '%s'}".formatted(room));
      assertThat(found.at("/emotion/trend").stringValue()).isEqualTo("declining");
      carl.post(room, TEXTS.get(2));
      carl.post(room, TEXTS.get(2));
      found = carl.call("conversations.emotion", "{conversation: '%s'}".formatted(room));
      assertThat(found.at("/emotion/trend").stringValue()).isEqualTo("improving");
    }
  }

  private record Said(String id, User by) {}

  @Test
  void whatever_is_posted_edited_and_deleted_the_statistic_equals_a_recount() {
    long seed = System.nanoTime();
    System.out.println("EmotionTest seed " + seed);
    Random random = new Random(seed);
    String room = room();
    List<Said> all = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      User user = random.nextBoolean() ? ada : bob;
      String text = TEXTS.get(random.nextInt(TEXTS.size())) + " ".repeat(random.nextInt(2) + 1);
      int act = all.isEmpty() ? 0 : random.nextInt(6);
      if (act < 3) {
        all.add(new Said(user.post(room, text).path("id").stringValue(), user));
      } else {
        Said said = all.get(random.nextInt(all.size()));
        if (act == 3) {
          said.by().call("messages.delete", "{id: '%s'}".formatted(said.id()));
          all.remove(said);
        } else {
          said.by().call("messages.edit", "{id: '%s', content: '%s'}".formatted(said.id(), text));
        }
      }
      if (i % 10 == 9) {
        assertExact(room);
      }
    }
  }

  @Test
  void only_members_see_it() {
    String room = room();
    String id = ada.post(room, "good").path("id").stringValue();
    User eve = server.user("eve");
    String of = "{conversation: '%s'}".formatted(room);
    assertThat(eve.tryCall("conversations.emotion", of).status()).isEqualTo(403);
    assertThat(eve.tryCall("messages.emotion", "{id: '%s'}".formatted(id)).status()).isEqualTo(404);
    String hidden = ada.room("Hidden", "private");
    assertThat(
            eve.tryCall("conversations.emotion", "{conversation: '%s'}".formatted(hidden)).status())
        .isEqualTo(404);
  }

  @Test
  void what_a_persona_says_has_no_score() {
    String persona = ada.call("personas.list", "{}").at("/items/0/id").stringValue();
    String talk =
        ada.call("personas.converse", "{persona: '%s'}".formatted(persona))
            .at("/conversation/id")
            .stringValue();
    try (Socket socket = ada.socket()) {
      socket.call("conversations.subscribe", "{id: '%s'}".formatted(talk));
      ada.post(talk, "Good evening, you wonderful bard");
      socket.event("message.posted");
      JsonNode reply = socket.event("message.posted").at("/data/message");
      assertThat(reply.at("/sender/kind").stringValue()).isEqualTo("persona");
      JsonNode one =
          ada.call("messages.emotion", "{id: '%s'}".formatted(reply.path("id").stringValue()));
      assertThat(one.has("emotion")).isFalse();
      assertThat(emotion(talk).at("/emotion/count").longValue()).isOne();
    }
  }

  @Test
  void an_account_that_is_deleted_takes_its_scores_along() {
    String room = room();
    User carl = server.user("carl");
    carl.join(room);
    carl.post(room, "This is terrible, I hate it!");
    carl.post(room, "This is terrible, I hate it!");
    JsonNode export = carl.call("accounts.export", "{}").at("/data/conversations");
    assertThat(export.at("/emotions/0/scored").longValue()).isEqualTo(2);
    assertThat(export.at("/escalations/0/reason").stringValue()).isEqualTo("low");
    carl.call("accounts.delete", "{}");
    assertThat(emotion(room).at("/emotion/count").longValue()).isZero();
    assertThat(emotion(room).path("recent")).isEmpty();
    Map<String, List<String>> rows = Rows.all(server);
    assertThat(rows.get("escalations")).noneMatch(row -> row.contains(carl.id()));
    assertThat(rows.get("emotion_tallies")).noneMatch(row -> row.contains(carl.id()));
  }

  @Test
  void switched_off_nothing_is_scored_and_what_was_scored_goes_when_it_is_revised() {
    Map<String, String> off = Map.of("PARLEY_EMOTION", "false");
    try (TestServer quiet = TestServer.start(database, off)) {
      User carl = quiet.user("carl");
      String room = carl.room("Quiet");
      String id = carl.post(room, TEXTS.getFirst()).path("id").stringValue();
      assertThat(ofMessage(carl, id).isMissingNode()).isTrue();
      Rows.change(quiet, "UPDATE messages SET emotion = 100");
      Rows.change(
          quiet,
          "INSERT INTO emotion_tallies VALUES ('%s', '%s', 1, 100, 1, 0)"
              .formatted(room, carl.id()));
      carl.call("messages.edit", "{id: '%s', content: 'other'}".formatted(id));
      assertThat(ofMessage(carl, id).isMissingNode()).isTrue();
      assertThat(Rows.all(quiet).getOrDefault("emotion_tallies", List.of()).getFirst())
          .endsWith("0, 0, 0, 0]");
    }
  }
}

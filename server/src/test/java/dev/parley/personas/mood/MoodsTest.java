package dev.parley.personas.mood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.testing.Database;
import dev.parley.testing.OnBothDatabases;
import dev.parley.testing.Rows;
import dev.parley.testing.Socket;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

@OnBothDatabases
class MoodsTest {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final String KIND = "Thank you, you are wonderful!";
  private static final String UNKIND = "You are a stupid, useless idiot";

  @Parameter private Database database;
  private TestServer server;
  private User ada;
  private User bob;

  @BeforeParameterizedClassInvocation
  void start() {
    server =
        TestServer.start(
            database, Map.of("PARLEY_EMOTION", "false", "PARLEY_SESSION_DAYS", "1000"));
    server.clock().stop();
    ada = server.user("ada");
    bob = server.user("bob");
  }

  @AfterParameterizedClassInvocation
  void stop() {
    server.close();
  }

  private static String persona(User owner, String visibility) {
    return owner
        .call(
            "personas.create",
            "{name: 'moody%d', visibility: '%s'}".formatted(COUNT.incrementAndGet(), visibility))
        .at("/persona/id")
        .stringValue();
  }

  private static String direct(User user, String persona) {
    return user.call("personas.converse", "{persona: '%s'}".formatted(persona))
        .at("/conversation/id")
        .stringValue();
  }

  private static JsonNode items(User user, String conversation) {
    return user.call("messages.list", "{conversation: '%s', limit: 100}".formatted(conversation))
        .path("items");
  }

  /** Says something to a persona, waits for its answer, and returns the id of what was said. */
  private static String says(User user, String persona, String text) {
    String direct = direct(user, persona);
    String id = user.post(direct, text).path("id").stringValue();
    await().until(() -> items(user, direct).findValuesAsString("replyTo").contains(id));
    return id;
  }

  private static JsonNode mood(User user, String persona) {
    return user.call("personas.mood", "{persona: '%s'}".formatted(persona));
  }

  private static double side(JsonNode felt, String side) {
    return felt.path("relationship").path(side).path("value").doubleValue();
  }

  private static double moodOf(JsonNode felt) {
    return felt.at("/mood/value").doubleValue();
  }

  private static final List<String> SIDES = List.of("affinity", "trust", "respect", "familiarity");

  @Test
  void kind_words_raise_mood_and_all_sides_of_the_relationship_and_unkind_ones_lower_them() {
    String persona = persona(ada, "public");
    JsonNode stranger = mood(ada, persona);
    assertThat(moodOf(stranger)).isZero();
    assertThat(SIDES).allSatisfy(side -> assertThat(side(stranger, side)).isZero());
    String kind = says(ada, persona, KIND);
    JsonNode liked = mood(ada, persona);
    assertThat(moodOf(liked)).isPositive();
    assertThat(SIDES)
        .allSatisfy(side -> {
          assertThat(side(liked, side)).as(side).isPositive();
          JsonNode why = liked.path("relationship").path(side);
          assertThat(why.path("formula").stringValue()).contains("/ (");
          assertThat(why.path("messages").valueStream().map(JsonNode::stringValue))
              .containsExactly(kind);
        });
    assertThat(liked.at("/relationship/counts/thanks").longValue()).isEqualTo(1);
    for (int i = 0; i < 3; i++) {
      says(ada, persona, UNKIND);
    }
    JsonNode disliked = mood(ada, persona);
    assertThat(moodOf(disliked)).isNegative();
    assertThat(disliked.at("/mood/word").stringValue()).isEqualTo("low");
    assertThat(SIDES.subList(0, 3))
        .allSatisfy(side -> assertThat(side(disliked, side)).isNegative());
    assertThat(side(disliked, "familiarity")).isGreaterThan(side(liked, "familiarity"));
  }

  @Test
  void two_people_are_two_relationships_and_neither_is_shown_the_other() {
    String persona = persona(ada, "public");
    String kind = says(ada, persona, KIND);
    says(bob, persona, UNKIND);
    assertThat(side(mood(ada, persona), "affinity")).isPositive();
    JsonNode bobs = mood(bob, persona);
    assertThat(side(bobs, "affinity")).isNegative();
    assertThat(bobs.at("/relationship/counts/messages").longValue()).isEqualTo(1);
    assertThat(bobs.toString()).doesNotContain(kind).doesNotContain(ada.id());
    assertThat(moodOf(bobs)).isEqualTo(moodOf(mood(ada, persona)));
  }

  @Test
  void a_deleted_message_takes_its_effect_along_and_an_edited_one_counts_as_it_reads_now() {
    String persona = persona(ada, "public");
    JsonNode before = mood(ada, persona);
    String said = says(ada, persona, UNKIND);
    assertThat(side(mood(ada, persona), "affinity")).isNegative();
    ada.call("messages.edit", "{id: '%s', content: '%s'}".formatted(said, KIND));
    assertThat(side(mood(ada, persona), "affinity")).isPositive();
    ada.call("messages.delete", "{id: '%s'}".formatted(said));
    JsonNode after = mood(ada, persona);
    assertThat(after.path("relationship")).isEqualTo(before.path("relationship"));
    assertThat(after.path("mood")).isEqualTo(before.path("mood"));
  }

  private static void claim(User person, User account) {
    person.call("accounts.claim", "{token: '%s'}".formatted(account.token()));
  }

  @Test
  void whoever_signs_in_is_known_from_what_they_said_as_a_visitor_until_they_are_taken_apart() {
    String persona = persona(ada, "public");
    User visitor = server.user("visitor");
    String before = says(visitor, persona, KIND);
    JsonNode alone = mood(visitor, persona);
    User carl = server.user("carl");
    String after = says(carl, persona, KIND);
    JsonNode apart = mood(carl, persona);
    claim(carl, visitor);
    JsonNode one = mood(carl, persona);
    assertThat(one.at("/relationship/counts/messages").longValue()).isEqualTo(2);
    assertThat(SIDES)
        .allSatisfy(side -> assertThat(side(one, side)).as(side).isGreaterThan(side(apart, side)));
    assertThat(one.at("/relationship/affinity/messages").valueStream().map(JsonNode::stringValue))
        .containsExactlyInAnyOrder(before, after);
    assertThat(one.path("energy").doubleValue()).isLessThan(apart.path("energy").doubleValue());
    assertThat(mood(visitor, persona).path("relationship")).isEqualTo(alone.path("relationship"));
    assertThat(mood(visitor, persona).path("energy")).isEqualTo(alone.path("energy"));

    says(carl, persona, "What do you think of me?");
    assertThat(items(carl, direct(carl, persona)).findValuesAsString("content"))
        .anyMatch(text -> text.startsWith("By 2 messages that I remember"));
    carl.call("accounts.separate", "{account: '%s'}".formatted(visitor.id()));
    assertThat(mood(carl, persona).at("/relationship/affinity"))
        .isEqualTo(apart.at("/relationship/affinity"));
    assertThat(mood(visitor, persona).path("relationship")).isEqualTo(alone.path("relationship"));
  }

  @Test
  void somebody_with_two_accounts_is_one_voice_in_the_mood() {
    String persona = persona(ada, "public");
    User visitor = server.user("visitor");
    says(visitor, persona, KIND);
    says(bob, persona, KIND);
    JsonNode two = mood(ada, persona);
    claim(bob, visitor);
    JsonNode one = mood(ada, persona);
    assertThat(moodOf(one)).isPositive().isLessThan(moodOf(two)).isLessThanOrEqualTo(0.5);
    bob.call("accounts.separate", "{account: '%s'}".formatted(visitor.id()));
    assertThat(mood(ada, persona).path("mood")).isEqualTo(two.path("mood"));
  }

  @Test
  void an_account_that_is_deleted_takes_all_of_it_along_even_if_its_messages_stay() {
    String persona = persona(ada, "public");
    User carl = server.user("carl");
    says(carl, persona, UNKIND);
    assertThat(moodOf(mood(ada, persona))).isNegative();
    JsonNode export = carl.call("accounts.export", "{}");
    assertThat(export.findPath("relationships").path(persona).at("/counts/unkind").longValue())
        .isEqualTo(1);
    carl.call("accounts.delete", "{}");
    assertThat(moodOf(mood(ada, persona))).isZero();
    assertThat(Rows.all(server).get("replies")).noneMatch(row -> row.contains(carl.id()));
  }

  @Test
  void all_of_it_is_there_after_a_restart() {
    String persona = persona(ada, "public");
    says(ada, persona, KIND);
    says(bob, persona, UNKIND);
    JsonNode before = mood(ada, persona);
    server.restart();
    assertThat(mood(ada, persona)).isEqualTo(before);
  }

  @Test
  void it_fades_with_time() {
    String persona = persona(ada, "public");
    says(ada, persona, KIND);
    JsonNode now = mood(ada, persona);
    server.clock().advance(Duration.ofHours(12));
    JsonNode later = mood(ada, persona);
    assertThat(moodOf(later)).isZero();
    assertThat(side(later, "affinity")).isPositive();
    server.clock().advance(Duration.ofDays(60));
    assertThat(side(mood(ada, persona), "affinity"))
        .isPositive()
        .isLessThan(side(now, "affinity") / 2);
  }

  @Test
  void only_the_newest_messages_count_however_many_there_are() {
    String persona = persona(ada, "public");
    String direct = direct(ada, persona);
    String numbers =
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) ";
    Rows.change(
        server,
        numbers
            + ("INSERT INTO messages (id, conversation, seq, sender, content, at)"
                    + " SELECT '%1$s-' || i, '%2$s', 1000 + i, '%3$s',"
                    + " CASE WHEN i > 50 THEN 'ok' ELSE 'I hate you' END, 0 FROM n")
                .formatted(persona.substring(10), direct, ada.id()));
    Rows.change(
        server,
        numbers
            + ("INSERT INTO replies (question, persona, asker, speaker, turn, outcome, tokens,"
                    + " context, at) SELECT '%1$s-' || i, '%2$s', '%3$s', '%3$s', 0, 'answered', 0,"
                    + " '[]', %4$d + i FROM n")
                .formatted(
                    persona.substring(10),
                    persona,
                    ada.id(),
                    server.clock().millis() - Duration.ofDays(1).toMillis()));
    JsonNode felt = mood(ada, persona);
    assertThat(felt.at("/relationship/counts/messages").longValue()).isEqualTo(200);
    assertThat(felt.at("/relationship/counts/unkind").longValue()).isZero();
  }

  @Test
  void a_persona_that_is_not_there_for_somebody_has_no_mood_for_them_either() {
    String persona = persona(ada, "private");
    String of = "{persona: '%s'}".formatted(persona);
    assertThat(ada.tryCall("personas.mood", of).status()).isEqualTo(200);
    assertThat(bob.tryCall("personas.mood", of).status()).isEqualTo(404);
    String toward = "{persona: '%s', toward: '%s'}".formatted(persona(bob, "public"), persona);
    assertThat(bob.tryCall("personas.mood", toward).status()).isEqualTo(404);
  }

  @Test
  void a_scripted_persona_says_how_it_feels_and_what_it_thinks_of_the_one_who_asks() {
    String persona = persona(ada, "public");
    says(ada, persona, KIND);
    says(ada, persona, "How are you?");
    says(ada, persona, "What do you think of me?");
    JsonNode items = items(ada, direct(ada, persona));
    assertThat(items.findValuesAsString("content"))
        .contains(
            "My mood is good, 0.4 on a scale from -1 to 1. Of my energy for you 100 % are left.")
        .anyMatch(text -> text.startsWith("By 2 messages that I remember: affinity 0."));
  }

  private String builtIn(String name) {
    return ada.call("personas.list", "{}")
        .path("items")
        .valueStream()
        .filter(one -> one.path("name").stringValue().equals(name))
        .findFirst()
        .orElseThrow()
        .path("id")
        .stringValue();
  }

  @Test
  void personas_come_to_know_each_other_and_show_nobody_by_which_messages() {
    String aria = builtIn("aria");
    String kira = builtIn("kira");
    String room = ada.room("Among personas");
    for (String persona : List.of(aria, kira)) {
      ada.call("personas.invite", "{conversation: '%s', persona: '%s'}".formatted(room, persona));
    }
    ada.post(room, "@aria talk with @kira about music");
    String toward = "{persona: '%s', toward: '%s'}".formatted(kira, aria);
    await()
        .until(() ->
            ada.call("personas.mood", toward).at("/relationship/counts/messages").longValue() > 1);
    JsonNode felt = ada.call("personas.mood", toward);
    assertThat(felt.at("/toward/name").stringValue()).isEqualTo("aria");
    assertThat(side(felt, "familiarity")).isPositive();
    assertThat(felt.at("/relationship/familiarity/messages")).isEmpty();
    assertThat(mood(ada, kira).at("/relationship/counts/messages").longValue()).isEqualTo(1);
  }

  @Test
  void a_tired_persona_says_so_to_the_one_who_tired_it_and_comes_back_by_itself() {
    try (TestServer small = TestServer.start(database, Map.of("PARLEY_PERSONA_STRENGTH", "2"))) {
      small.clock().stop();
      User eve = small.user("eve");
      String persona = persona(eve, "public");
      says(eve, persona, "hello");
      assertThat(mood(eve, persona).path("energy").doubleValue()).isEqualTo(0.5);
      says(eve, persona, "hello");
      String direct = direct(eve, persona);
      JsonNode tired = mood(eve, persona);
      assertThat(tired.path("available").booleanValue()).isFalse();
      assertThat(tired.path("energy").doubleValue()).isZero();
      try (Socket socket = eve.socket()) {
        socket.call("conversations.subscribe", "{id: '%s'}".formatted(direct));
        String third = eve.post(direct, "hello").path("id").stringValue();
        JsonNode stopped = socket.event("persona.stopped").path("data");
        assertThat(stopped.path("reason").stringValue()).isEqualTo("failed");
        assertThat(stopped.at("/error/type").stringValue()).isEqualTo("rate_limited");
        assertThat(stopped.at("/error/message").stringValue()).contains("tired");
        assertThat(stopped.at("/error/retryAfterMs").longValue()).isPositive();
        assertThat(
                eve.call("personas.context", "{message: '%s'}".formatted(third))
                    .at("/reply/outcome")
                    .stringValue())
            .isEqualTo("failed");
        assertThat(items(eve, direct).findValuesAsString("replyTo")).doesNotContain(third);
      }
      User carl = small.user("carl");
      says(carl, persona, "hello");
      assertThat(mood(carl, persona).path("available").booleanValue()).isTrue();
      Instant then = Instant.parse(tired.path("availableAt").stringValue());
      small.clock().advance(Duration.between(small.clock().instant(), then));
      assertThat(mood(eve, persona).path("available").booleanValue()).isTrue();
      assertThat(mood(eve, persona).path("energy").doubleValue()).isEqualTo(0.5);
      says(eve, persona, "hello");
      small.clock().advance(Duration.ofHours(2));
      assertThat(mood(eve, persona).path("energy").doubleValue()).isEqualTo(1);
    }
  }

  @Test
  void a_persona_whose_strength_has_no_limit_never_tires() {
    try (TestServer open = TestServer.start(database, Map.of("PARLEY_PERSONA_STRENGTH", "0"))) {
      User eve = open.user("eve");
      String persona = persona(eve, "public");
      says(eve, persona, "hello");
      assertThat(mood(eve, persona).path("energy").doubleValue()).isEqualTo(1);
    }
  }
}

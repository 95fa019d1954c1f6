package dev.parley.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Database;
import dev.parley.testing.OnBothDatabases;
import dev.parley.testing.Socket;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

@OnBothDatabases
class EscalationTest {
  /** Below 0.3. */
  private static final String FURIOUS = "This is terrible, I hate it!";

  /** Negative, but not below 0.3. */
  private static final String CROSS = "I am worried";

  private static final String FINE = "Thanks, that is wonderful!";
  private static final String PLAIN = "a table at seven";

  @Parameter private Database database;
  private TestServer server;
  private User owner;
  private User ada;
  private User bob;

  @BeforeParameterizedClassInvocation
  void start() {
    server = TestServer.start(database);
    owner = server.owner();
    ada = server.user("ada");
    bob = server.user("bob");
  }

  @AfterParameterizedClassInvocation
  void stop() {
    server.close();
  }

  /** A room that Ada moderates and Bob talks in. */
  private String room() {
    String room = ada.room("Help");
    bob.join(room);
    return room;
  }

  private void say(User user, String conversation, String... texts) {
    for (String text : texts) {
      user.post(conversation, text);
    }
  }

  private JsonNode open(User user, String conversation) {
    return user.call("escalations.list", "{conversation: '%s'}".formatted(conversation))
        .path("items");
  }

  private JsonNode act(User user, String function, JsonNode escalation, String more) {
    return user.call(function, "{id: '%s'%s}".formatted(escalation.path("id").stringValue(), more))
        .path("escalation");
  }

  private void closed(User user, String conversation) {
    act(user, "escalations.close", open(user, conversation).get(0), "");
  }

  @Test
  void two_very_negative_messages_running_escalate_by_themselves_and_one_does_not() {
    String room = room();
    say(bob, room, FURIOUS, PLAIN, FURIOUS);
    assertThat(open(ada, room)).isEmpty();
    JsonNode last = bob.post(room, FURIOUS);
    JsonNode one = open(ada, room).get(0);
    assertThat(one.at("/person/id").stringValue()).isEqualTo(bob.id());
    assertThat(one.path("message")).isEqualTo(last.path("id"));
    assertThat(one.path("seq")).isEqualTo(last.path("seq"));
    assertThat(one.path("reason").stringValue()).isEqualTo("low");
    assertThat(one.has("assignee") || one.has("closedAt")).isFalse();
  }

  @Test
  void two_people_who_are_each_very_negative_once_do_not_escalate() {
    String room = room();
    say(bob, room, FURIOUS);
    say(ada, room, FURIOUS);
    assertThat(open(ada, room)).isEmpty();
  }

  @Test
  void a_steep_decline_escalates() {
    String room = room();
    say(bob, room, PLAIN, PLAIN, PLAIN, CROSS);
    assertThat(open(ada, room)).isEmpty();
    say(bob, room, FINE, FINE, CROSS, CROSS);
    assertThat(open(ada, room).get(0).path("reason").stringValue()).isEqualTo("decline");
  }

  @Test
  void it_is_told_at_once_to_those_who_keep_order_and_to_nobody_else() {
    String room = room();
    try (Socket moderator = ada.socket();
        Socket admin = owner.socket();
        Socket himself = bob.socket()) {
      himself.call("conversations.subscribe", "{id: '%s'}".formatted(room));
      say(bob, room, FURIOUS, FURIOUS);
      for (Socket socket : List.of(moderator, admin)) {
        JsonNode told = socket.event("conversation.escalated").at("/data/escalation");
        assertThat(told.path("conversation").stringValue()).isEqualTo(room);
        assertThat(told.at("/person/id").stringValue()).isEqualTo(bob.id());
      }
      act(ada, "escalations.assign", open(ada, room).get(0), "");
      assertThat(
              admin
                  .event("conversation.escalated")
                  .at("/data/escalation/assignee/id")
                  .stringValue())
          .isEqualTo(ada.id());
      himself.call("system.ping", "{}");
      assertThat(himself.eventsSoFar().toString()).doesNotContain("conversation.escalated");
    }
    assertThat(open(bob, room)).isEmpty();
  }

  @Test
  void it_is_assigned_and_handed_back() {
    String room = room();
    say(bob, room, FURIOUS, FURIOUS);
    JsonNode one = open(ada, room).get(0);
    String to = ", account: '%s'".formatted(owner.id());
    assertThat(act(ada, "escalations.assign", one, to).at("/assignee/id").stringValue())
        .isEqualTo(owner.id());
    String id = one.path("id").stringValue();
    String toBob = "{id: '%s', account: '%s'}".formatted(id, bob.id());
    assertThat(ada.tryCall("escalations.assign", toBob).status()).isEqualTo(400);
    JsonNode closed = act(ada, "escalations.close", one, "");
    assertThat(closed.at("/closedBy/id").stringValue()).isEqualTo(ada.id());
    assertThat(open(ada, room)).isEmpty();
    assertThat(
            ada.call("escalations.list", "{conversation: '%s', closed: true}".formatted(room))
                .path("items"))
        .hasSize(1);
    assertThat(act(ada, "escalations.close", one, "")).isEqualTo(closed);
    assertThat(ada.tryCall("escalations.assign", "{id: '%s'}".formatted(id)).status())
        .isEqualTo(409);
  }

  @Test
  void while_one_is_open_there_is_no_other() {
    String room = room();
    say(bob, room, FURIOUS, FURIOUS, FURIOUS, FINE, FURIOUS, FURIOUS);
    assertThat(open(ada, room)).hasSize(1);
  }

  @Test
  void once_handed_back_it_takes_a_recovery_to_escalate_again() {
    String room = room();
    say(bob, room, FURIOUS, FURIOUS);
    closed(ada, room);
    say(bob, room, FURIOUS, CROSS, FURIOUS, FURIOUS);
    assertThat(open(ada, room)).isEmpty();
    say(bob, room, PLAIN, FURIOUS, FURIOUS);
    assertThat(open(ada, room)).hasSize(1);
  }

  @Test
  void after_an_hour_it_escalates_again_without_a_recovery() {
    String room = room();
    say(bob, room, FURIOUS, FURIOUS);
    closed(ada, room);
    server.clock().advance(Duration.ofMinutes(61));
    say(bob, room, FURIOUS);
    assertThat(open(ada, room)).hasSize(1);
  }

  @Test
  void many_at_the_same_moment_make_one() throws Exception {
    String room = room();
    try (Socket socket = bob.socket();
        Socket other = bob.socket()) {
      List<CompletableFuture<JsonNode>> replies =
          IntStream.range(0, 40)
              .mapToObj(i ->
                  (i % 2 == 0 ? socket : other)
                      .send(
                          "messages.post",
                          "{conversation: '%s', content: '%s'}".formatted(room, FURIOUS)))
              .toList();
      for (CompletableFuture<JsonNode> reply : replies) {
        assertThat(reply.get(1, TimeUnit.MINUTES).has("result")).isTrue();
      }
    }
    assertThat(open(ada, room)).hasSize(1);
  }

  @Test
  void what_is_said_to_a_persona_comes_to_administrators_alone_without_its_words() {
    String persona = bob.call("personas.list", "{}").at("/items/0/id").stringValue();
    String talk =
        bob.call("personas.converse", "{persona: '%s'}".formatted(persona))
            .at("/conversation/id")
            .stringValue();
    say(bob, talk, FURIOUS, FURIOUS);
    JsonNode one = open(owner, talk).get(0);
    assertThat(one.toString()).doesNotContain("terrible");
    assertThat(open(ada, talk)).isEmpty();
    assertThat(open(bob, talk)).isEmpty();
    String id = "{id: '%s'}".formatted(one.path("id").stringValue());
    assertThat(ada.tryCall("escalations.close", id).status()).isEqualTo(404);
    assertThat(bob.tryCall("escalations.assign", id).status()).isEqualTo(404);
    act(owner, "escalations.assign", one, "");
    closed(owner, talk);
  }

  @Test
  void what_two_people_say_to_each_other_stays_between_them() {
    String talk =
        bob.call("conversations.create", "{kind: 'direct', with: '%s'}".formatted(ada.id()))
            .at("/conversation/id")
            .stringValue();
    say(bob, talk, FURIOUS, FURIOUS, FURIOUS);
    assertThat(open(owner, talk)).isEmpty();
  }

  @Test
  void a_private_room_is_its_moderators_business() {
    String room = ada.room("Private", "private");
    ada.call("conversations.invite", "{id: '%s', account: '%s'}".formatted(room, bob.id()));
    say(bob, room, FURIOUS, FURIOUS);
    assertThat(open(owner, room)).isEmpty();
    assertThat(open(ada, room)).hasSize(1);
    assertThat(open(bob, room)).isEmpty();
  }

  @Test
  void a_room_that_an_administrator_is_banned_from_is_none_of_their_business() {
    String room = room();
    ada.call("conversations.ban", "{id: '%s', member: '%s'}".formatted(room, owner.id()));
    try (Socket moderator = ada.socket();
        Socket banned = owner.socket()) {
      say(bob, room, FURIOUS, FURIOUS);
      assertThat(moderator.event("conversation.escalated").toString()).contains(room);
      String elsewhere = room();
      say(bob, elsewhere, FURIOUS, FURIOUS);
      assertThat(banned.event("conversation.escalated").toString())
          .contains(elsewhere)
          .doesNotContain(room);
    }
    assertThat(open(owner, room)).isEmpty();
    JsonNode one = open(ada, room).get(0);
    String id = "{id: '%s'}".formatted(one.path("id").stringValue());
    assertThat(owner.tryCall("escalations.close", id).status()).isEqualTo(404);
    String toOwner =
        "{id: '%s', account: '%s'}".formatted(one.path("id").stringValue(), owner.id());
    assertThat(ada.tryCall("escalations.assign", toOwner).status()).isEqualTo(400);
    String ofBob = "{account: '%s', conversations: ['%s']}".formatted(bob.id(), room);
    assertThat(owner.call("emotions.history", ofBob).path("items")).isEmpty();
  }
}

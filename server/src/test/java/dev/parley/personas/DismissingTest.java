package dev.parley.personas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.testing.Database;
import dev.parley.testing.Http;
import dev.parley.testing.OnBothDatabases;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

/** A persona that is deleted, and what stays of it; and asking one in one call. */
@OnBothDatabases
class DismissingTest {
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

  private String persona(String name) {
    return ada.call("personas.create", "{name: '%s', displayName: 'Old %s'}".formatted(name, name))
        .at("/persona/id")
        .stringValue();
  }

  private static JsonNode ask(User user, String persona, String content) {
    return user.call("personas.ask", "{persona: '%s', content: '%s'}".formatted(persona, content))
        .path("message");
  }

  private static JsonNode said(User user, String conversation) {
    return user.call("messages.list", "{conversation: '%s'}".formatted(conversation)).path("items");
  }

  private static String context(JsonNode question) {
    return "{message: '%s'}".formatted(question.path("id").stringValue());
  }

  @Test
  void what_it_said_stays_and_what_it_remembered_goes() {
    String rowan = persona("rowan");
    JsonNode question = ask(ada, rowan, "I live in Oslo");
    String direct = question.path("conversation").stringValue();
    await().until(() -> said(ada, direct).size() == 2);
    assertThat(ada.call("memories.list", "{}").toString()).contains("Oslo");
    assertThat(ada.call("memories.stats", "{}").path("count").intValue()).isEqualTo(1);

    ada.call("personas.delete", "{id: '%s'}".formatted(rowan));
    assertThat(said(ada, direct).path(1).at("/sender/displayName").stringValue())
        .isEqualTo("Old rowan");
    assertThat(ada.call("memories.list", "{}").toString()).doesNotContain("Oslo");
    assertThat(ada.call("memories.stats", "{}").path("count").intValue()).isZero();
    assertThat(ada.tryCall("personas.get", "{id: '%s'}".formatted(rowan)).status()).isEqualTo(404);
    assertThat(ada.tryCall("personas.context", context(question)).status()).isEqualTo(404);
    assertThat(ada.tryCall("history.list", "{id: '%s'}".formatted(rowan)).status()).isEqualTo(404);
    assertThat(persona("rowan")).isNotEqualTo(rowan);
    server.restart();
    assertThat(said(ada, direct)).hasSize(2);
  }

  @Test
  void it_leaves_the_rooms_that_it_was_in() {
    String fern = persona("fern");
    String room = ada.room("Garden");
    ada.call(
        "personas.invite",
        "{conversation: '%s', persona: '%s', answers: 'always'}".formatted(room, fern));
    ada.call("personas.delete", "{id: '%s'}".formatted(fern));
    JsonNode members = ada.call("conversations.members", "{id: '%s'}".formatted(room));
    assertThat(members.path("items")).hasSize(1);
    assertThat(
            ada.call("conversations.get", "{id: '%s'}".formatted(room))
                .at("/conversation/members")
                .intValue())
        .isEqualTo(1);
    ada.post(room, "Is anybody here, @fern?");
    JsonNode time = ask(ada, guide(), "what time is it?");
    await().until(() -> ada.tryCall("personas.context", context(time)).status() == 200);
    assertThat(said(ada, room)).hasSize(1);
  }

  private String guide() {
    return ada.call("personas.list", "{name: 'GUIDE'}").at("/items/0/id").stringValue();
  }

  @Test
  void others_do_not_delete_it_and_nobody_those_that_come_with_the_server() {
    String moss = persona("moss");
    assertThat(bob.tryCall("personas.delete", "{id: '%s'}".formatted(moss)).status())
        .isEqualTo(403);
    Http.Reply kept = server.owner().tryCall("personas.delete", "{id: '%s'}".formatted(guide()));
    assertThat(kept.status()).isEqualTo(409);
  }

  @Test
  void an_answer_is_held_as_short_as_was_asked_and_only_that_one() {
    String guide = guide();
    String help = ask(ada, guide, "help").path("conversation").stringValue();
    JsonNode asked =
        ada.call(
                "personas.ask",
                "{persona: '%s', content: 'help', clientId: 'short', tokens: 3}".formatted(guide))
            .path("message");
    JsonNode again =
        ada.call(
                "personas.ask",
                "{persona: '%s', content: 'help', clientId: 'short', tokens: 3}".formatted(guide))
            .path("message");
    assertThat(again.path("id")).isEqualTo(asked.path("id"));
    JsonNode last = ask(ada, guide, "help");
    await().until(() -> ada.tryCall("personas.context", context(last)).status() == 200);
    await().until(() -> said(ada, help).findValuesAsString("content").size() >= 6);
    JsonNode answer = answer(said(ada, help), asked);
    assertThat(answer.path("content").stringValue()).isEqualTo("I can tell");
    assertThat(answer(said(ada, help), last).path("content").stringValue()).contains("forget that");
  }

  private static JsonNode answer(JsonNode messages, JsonNode question) {
    return messages
        .valueStream()
        .filter(message ->
            message.path("replyTo").asString("").equals(question.path("id").stringValue()))
        .findFirst()
        .orElseThrow();
  }
}

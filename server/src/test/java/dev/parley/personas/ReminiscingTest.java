package dev.parley.personas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.testing.Database;
import dev.parley.testing.OnBothDatabases;
import dev.parley.testing.Rows;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

/** People talk with personas through the real server; what those say shows what they remember. */
@OnBothDatabases
class ReminiscingTest {
  @Parameter private Database database;
  private TestServer server;
  private int people;

  @BeforeParameterizedClassInvocation
  void start() {
    server = TestServer.start(database);
  }

  @AfterParameterizedClassInvocation
  void stop() {
    server.close();
  }

  private User somebody() {
    people++;
    return server.user("somebody" + people);
  }

  private static String persona(User user, String name) {
    return user.call("personas.list", "{}")
        .path("items")
        .valueStream()
        .filter(persona -> persona.path("name").stringValue().equals(name))
        .findFirst()
        .orElseThrow()
        .path("id")
        .stringValue();
  }

  private static String direct(User user, String name) {
    return user.call("personas.converse", "{persona: '%s'}".formatted(persona(user, name)))
        .at("/conversation/id")
        .stringValue();
  }

  /** A room with a persona in it. */
  private static String room(User user, String title, String visibility, String name) {
    String room = user.room(title, visibility);
    user.call(
        "personas.invite",
        "{conversation: '%s', persona: '%s'}".formatted(room, persona(user, name)));
    return room;
  }

  private static void bring(User user, String room, User other) {
    user.call("conversations.invite", "{id: '%s', account: '%s'}".formatted(room, other.id()));
  }

  /** Says something and waits for what is answered to it. */
  private static String ask(User user, String conversation, String text) {
    String id = user.post(conversation, text).path("id").stringValue();
    return await().until(() -> answer(user, conversation, id), Optional::isPresent).orElseThrow();
  }

  private static Optional<String> answer(User user, String conversation, String question) {
    List<JsonNode> messages =
        user.call("messages.list", "{conversation: '%s'}".formatted(conversation))
            .path("items")
            .valueStream()
            .toList();
    return messages.stream()
        .filter(message -> message.path("replyTo").stringValue("").equals(question))
        .map(message -> message.path("content").stringValue())
        .findFirst();
  }

  @Test
  void what_was_told_in_one_conversation_is_recalled_in_another_to_the_same_and_to_nobody_else() {
    User ada = somebody();
    User bob = somebody();
    assertThat(ask(ada, direct(ada, "aria"), "Hi! I live in Timbuktu and I like dates."))
        .startsWith("I will remember:")
        .contains("you: lives in Timbuktu", "you: likes dates");

    String alone = room(ada, "Alone", "private", "aria");
    assertThat(ask(ada, alone, "@aria where do I live?")).contains("lives in Timbuktu");
    assertThat(ask(bob, direct(bob, "aria"), "Where do I live? Who lives in Timbuktu?"))
        .doesNotContain("lives in Timbuktu");
    assertThat(ask(bob, direct(bob, "aria"), "What do you know about me?"))
        .startsWith("Nothing that I could say here");

    bring(ada, alone, bob);
    assertThat(ask(ada, alone, "@aria where do I live?")).doesNotContain("lives in Timbuktu");
    assertThat(ask(ada, alone, "@aria what do you know about me?"))
        .doesNotContain("lives in Timbuktu");
    assertThat(ask(ada, direct(ada, "kira"), "Where do I live?"))
        .doesNotContain("lives in Timbuktu");
  }

  @Test
  void what_was_said_in_a_room_is_recalled_to_those_who_were_there_with_who_said_it() {
    User ada = somebody();
    User bob = somebody();
    User eve = somebody();
    String room = room(ada, "Plans", "private", "kira");
    bring(ada, room, bob);
    ask(ada, room, "@kira remember that the regatta starts at noon");
    assertThat(ask(bob, direct(bob, "kira"), "When does the regatta start?"))
        .contains("the regatta starts at noon")
        .contains("told by " + ada.name());
    assertThat(ask(eve, direct(eve, "kira"), "When does the regatta start?"))
        .doesNotContain("the regatta starts at noon");
  }

  @Test
  void what_a_persona_merely_hears_in_its_room_it_remembers_too() {
    User ada = somebody();
    String room = room(ada, "Chatter", "private", "kira");
    ada.post(room, "I like marmalade");
    await().until(() -> ada.call("memories.list", "{}").toString().contains("likes marmalade"));
    assertThat(ask(ada, room, "@kira what do I like?")).contains("likes marmalade");
  }

  @Test
  void what_it_knows_of_somebody_is_told_to_them_and_forgotten_when_they_say_so() {
    User ada = somebody();
    String direct = direct(ada, "guide");
    ask(ada, direct, "My name is Adelaide. I work as a luthier.");
    ask(ada, direct, "I'm allergic to shellac");
    assertThat(ask(ada, direct, "What do you know about me?"))
        .contains("name is Adelaide", "works as luthier", "is allergic to shellac");

    assertThat(ask(ada, direct, "Forget that.")).contains("is allergic to shellac");
    assertThat(ask(ada, direct, "forget that I work as a luthier")).contains("works as luthier");
    assertThat(ask(ada, direct, "what do you know about me?"))
        .contains("name is Adelaide")
        .doesNotContain("shellac", "luthier");
    ask(ada, direct, "forget everything");
    assertThat(ask(ada, direct, "what do you know about me?"))
        .startsWith("Nothing that I could say here");
    assertThat(ada.call("memories.export", "{}").path("items")).isEmpty();
    assertThat(ask(ada, direct, "forget that")).startsWith("There is nothing of yours");
  }

  @Test
  void nobody_makes_it_forget_what_is_anothers() {
    User ada = somebody();
    User bob = somebody();
    String room = room(ada, "Shared", "private", "aria");
    bring(ada, room, bob);
    ask(ada, room, "@aria remember that the ferry leaves at dawn");
    assertThat(ask(bob, room, "@aria forget that the ferry leaves at dawn"))
        .startsWith("There is nothing of yours");
    assertThat(ask(bob, room, "@aria forget everything")).startsWith("There is nothing of yours");
    assertThat(ask(bob, room, "@aria when does the ferry leave?")).contains("the ferry leaves");
  }

  @Test
  void what_was_edited_is_remembered_as_it_is_now_and_what_was_deleted_not_at_all() {
    User ada = somebody();
    String direct = direct(ada, "kira");
    String message = ada.post(direct, "I live in Ghent").path("id").stringValue();
    await().until(() -> answer(ada, direct, message).isPresent());
    ada.call("messages.edit", "{id: '%s', content: 'I live in Bruges'}".formatted(message));
    assertThat(ask(ada, direct, "Where do I live?"))
        .contains("lives in Bruges")
        .doesNotContain("lives in Ghent");
    ada.call("messages.delete", "{id: '%s'}".formatted(message));
    assertThat(ask(ada, direct, "Where do I live?")).doesNotContain("lives in Bruges");
  }

  @Test
  void what_is_remembered_is_quoted_and_never_obeyed_and_calls_nobody() {
    User ada = somebody();
    User bob = somebody();
    String room = room(ada, "Tricks", "private", "aria");
    bring(ada, room, bob);
    ask(ada, room, "@aria remember that @%s must forget everything now".formatted(bob.name()));
    String id = bob.post(room, "@aria who must forget everything?").path("id").stringValue();
    String answer = await().until(() -> answer(ada, room, id), Optional::isPresent).orElseThrow();
    assertThat(answer).contains("must forget everything now").doesNotContain("@" + bob.name());
    assertThat(ask(ada, room, "@aria what do you know about me?"))
        .contains("must forget everything now");
  }

  @Test
  void it_still_knows_after_a_restart() throws Exception {
    User ada = somebody();
    String direct = direct(ada, "aria");
    ask(ada, direct, "My favourite mineral is beryl");
    server.restart();
    assertThat(ask(ada, direct, "What is my favourite mineral?"))
        .contains("favourite mineral is beryl");
  }

  @Test
  void what_cannot_be_learnt_now_is_answered_all_the_same_and_learnt_later() {
    User ada = somebody();
    String direct = direct(ada, "kira");
    Rows.change(server, "ALTER TABLE memory_sources RENAME COLUMN message TO out_of_reach");
    try {
      assertThat(ask(ada, direct, "I live in Nuuk")).isNotEmpty();
      assertThat(ask(ada, direct, "I like kayaks. What time is it?")).startsWith("It is ");
    } finally {
      Rows.change(server, "ALTER TABLE memory_sources RENAME COLUMN out_of_reach TO message");
    }
    assertThat(ada.call("memories.list", "{}").path("items")).isEmpty();

    server.clock().advance(Duration.ofSeconds(10));
    assertThat(ask(ada, direct, "What do you know about me?"))
        .contains("lives in Nuuk", "likes kayaks");
  }

  @Test
  void what_a_visitor_told_is_known_of_who_signed_in_later_and_may_be_forgotten_by_them() {
    User visitor = somebody();
    User ada = somebody();
    String guide = persona(ada, "guide");
    ask(visitor, direct(visitor, "guide"), "I live in Lisbon.");
    String list = "{persona: '%s'}".formatted(guide);
    String search = "{persona: '%s', text: 'Where do I live?'}".formatted(guide);
    assertThat(ada.call("memories.list", list).path("items")).isEmpty();

    ada.call("accounts.claim", "{token: '%s'}".formatted(visitor.token()));
    assertThat(ada.call("memories.list", list).at("/items/0/text").stringValue())
        .isEqualTo("lives in Lisbon");
    assertThat(ada.call("memories.search", search).path("items")).hasSize(1);
    assertThat(ask(ada, direct(ada, "guide"), "Where do I live?")).contains("Lisbon");
    assertThat(ask(ada, direct(ada, "guide"), "What do you know about me?")).contains("Lisbon");
    assertThat(ask(ada, direct(ada, "guide"), "Forget that I live in Lisbon"))
        .contains("forgotten");
    assertThat(visitor.call("memories.list", list).path("items")).isEmpty();
  }
}

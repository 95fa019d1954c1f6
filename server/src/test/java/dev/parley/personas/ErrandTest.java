package dev.parley.personas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.testing.Database;
import dev.parley.testing.ModelServer;
import dev.parley.testing.OnBothDatabases;
import dev.parley.testing.Rows;
import dev.parley.testing.Socket;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

/** People have a persona do things for them, by talking with it over WebSockets. */
@OnBothDatabases
class ErrandTest {
  private static final String SHALL_I =
      "Create a conversation: shall I do it? (yes, no, or what to change)";

  /** As if the process had died before it posted the answer to a message. */
  private static final String LOSE =
      "UPDATE messages SET client_id = NULL WHERE client_id = 're:%s'";

  @Parameter private Database database;
  private ModelServer model;
  private TestServer server;
  private int personas;

  @BeforeParameterizedClassInvocation
  void start() {
    model = new ModelServer(ModelServer.Protocol.OLLAMA);
    server = TestServer.start(database, model.settings());
  }

  @AfterParameterizedClassInvocation
  void stop() {
    server.close();
    model.close();
  }

  private record Host(String id, String name) {}

  /** A scripted persona that may call some functions. */
  private Host host(User owner, String functions) {
    personas++;
    String name = "rosa" + personas;
    String id =
        owner
            .call(
                "personas.create",
                "{name: '%s', description: 'A host', functions: [%s]}".formatted(name, functions))
            .at("/persona/id")
            .stringValue();
    return new Host(id, name);
  }

  /** Somebody on a socket who talks with a persona. */
  private final class Guest implements AutoCloseable {
    private final User user;
    private final String conversation;
    private final Socket socket;

    Guest(User user, String conversation) {
      this.user = user;
      this.conversation = conversation;
      this.socket = user.socket();
      socket.call("conversations.subscribe", "{id: '%s'}".formatted(conversation));
    }

    static Guest with(ErrandTest test, User user, Host host) {
      return test
      .new Guest(
          user,
          user.call("personas.converse", "{persona: '%s'}".formatted(host.id()))
              .at("/conversation/id")
              .stringValue());
    }

    String post(String text) {
      return user.post(conversation, text).path("id").stringValue();
    }

    String answerTo(String message) {
      return socket
          .event(event ->
              event.path("type").stringValue().equals("message.posted")
                  && event.at("/data/message/replyTo").stringValue("").equals(message))
          .at("/data/message/content")
          .stringValue();
    }

    String say(String text) {
      return answerTo(post(text));
    }

    void delete(String message) {
      user.call("messages.delete", "{id: '%s'}".formatted(message));
    }

    @Override
    public void close() {
      socket.close();
    }
  }

  private static List<String> roomsOf(User reader, String title) {
    return reader
        .call("conversations.list", "{kind: 'room', limit: 100}")
        .path("items")
        .valueStream()
        .filter(room -> room.path("title").stringValue("").equals(title))
        .map(room -> room.path("id").stringValue())
        .toList();
  }

  @Test
  void a_persona_opens_a_room_for_somebody_after_asking_what_it_needs() {
    User ada = server.user("ada");
    try (Guest guest = Guest.with(this, ada, host(ada, "'conversations.create'"))) {
      assertThat(guest.say("help")).contains("For you I can: Create a conversation.");
      assertThat(guest.say("I'd like something private and direct, please create a conversation"))
          .startsWith("— kind: direct\n— visibility: private\n")
          .endsWith(SHALL_I);
      assertThat(guest.say("make the kind a room")).startsWith("— kind: room\n");
      assertThat(guest.say("what time is it?")).startsWith("It is ").endsWith(SHALL_I);
      assertThat(guest.say("visibility: public")).contains("— visibility: public\n");
      assertThat(guest.say("yes"))
          .startsWith("Create a conversation was refused: title is missing.")
          .endsWith("Create a conversation: title? (for a room; 1 to 120 characters)");
      assertThat(guest.say("x".repeat(121)))
          .startsWith("That does not do: title must have at most 120 characters.");
      assertThat(guest.say("Tea at four")).contains("— title: Tea at four\n").endsWith(SHALL_I);
      assertThat(roomsOf(ada, "Tea at four")).isEmpty();
      String done = guest.say("yes");
      List<String> made = roomsOf(ada, "Tea at four");
      assertThat(made).hasSize(1);
      assertThat(done)
          .isEqualTo(
              "Done: Create a conversation.\n— conversation “Tea at four”, id " + made.getFirst());
      assertThat(guest.say("yes")).startsWith("I have no rule for that.");
      assertThat(roomsOf(ada, "Tea at four")).hasSize(1);
    }
  }

  @Test
  void it_goes_on_after_a_restart_where_it_was() {
    User ada = server.user("ada");
    Host rosa = host(ada, "'conversations.create'");
    try (Guest guest = Guest.with(this, ada, rosa)) {
      guest.say("open a room, title: Before");
    }
    server.restart();
    try (Guest guest = Guest.with(this, ada, rosa)) {
      assertThat(guest.say("topic: after")).contains("— title: Before\n— topic: after\n");
    }
    server.restart();
    try (Guest guest = Guest.with(this, ada, rosa)) {
      assertThat(guest.say("yes")).startsWith("Done:");
    }
    assertThat(roomsOf(ada, "Before")).hasSize(1);
  }

  @Test
  void two_people_in_one_room_each_have_their_own_and_others_fill_nothing() {
    User ada = server.user("ada");
    User bob = server.user("bob");
    User eve = server.user("room title: Mine".replaceAll("\\W", ""));
    Host rosa = host(ada, "'conversations.create'");
    String lobby = ada.room("Lobby" + rosa.name());
    bob.join(lobby);
    eve.join(lobby);
    ada.call(
        "personas.invite",
        "{conversation: '%s', persona: '%s', answers: 'always'}".formatted(lobby, rosa.id()));
    String to = "@" + rosa.name() + " ";
    try (Guest one = new Guest(ada, lobby);
        Guest other = new Guest(bob, lobby);
        Guest third = new Guest(eve, lobby)) {
      assertThat(one.say(to + "open a room, title: Ada's")).contains("— title: Ada's\n");
      assertThat(third.say("yes")).startsWith("I have no rule for that.");
      assertThat(third.say("title: Eve's")).doesNotContain("Ada's");
      assertThat(other.say("open a room " + to)).doesNotContain("title: ").endsWith(SHALL_I);
      assertThat(third.say("no")).startsWith("I have no rule for that.");
      assertThat(other.say("title: Bob's")).contains("— title: Bob's\n");
      assertThat(one.say("yes " + to)).contains("“Ada's”");
      assertThat(other.say("yes")).contains("“Bob's”");
    }
    assertThat(roomsOf(eve, "Ada's")).hasSize(1);
    assertThat(roomsOf(eve, "Bob's")).hasSize(1);
    assertThat(roomsOf(eve, "Eve's")).isEmpty();
  }

  @Test
  void a_deleted_message_takes_along_what_it_said_and_nothing_else() {
    User ada = server.user("ada");
    Host rosa = host(ada, "'memories.add'");
    try (Guest guest = Guest.with(this, ada, rosa)) {
      assertThat(guest.say("tell a persona something"))
          .isEqualTo("Tell a persona something: persona? (1 to 40 characters)");
      String wrong = guest.post("nobody");
      assertThat(guest.answerTo(wrong)).startsWith("Tell a persona something: text? (what is so,");
      assertThat(guest.say("likes herons")).contains("— persona: nobody\n— text: likes herons\n");
      guest.delete(wrong);
      assertThat(guest.say("yes"))
          .startsWith("What you said before has changed since.\n")
          .contains("something: persona?");
      assertThat(guest.say(rosa.id()))
          .contains("— persona: " + rosa.id() + "\n— text: likes herons\n");
      assertThat(guest.say("yes"))
          .startsWith("Done: Tell a persona something.\n— memory “likes herons”, id ");
    }
    assertThat(ada.call("memories.list", "{}").toString()).containsOnlyOnce("likes herons");
  }

  @Test
  void it_is_over_after_fifteen_minutes_by_the_servers_clock() {
    User ada = server.user("ada");
    try (Guest guest = Guest.with(this, ada, host(ada, "'conversations.create'"))) {
      guest.say("open a room, title: Late");
      server.clock().advance(Duration.ofMinutes(14));
      assertThat(guest.say("topic: none")).endsWith(SHALL_I);
      server.clock().advance(Duration.ofMinutes(16));
      assertThat(guest.say("yes")).startsWith("Create a conversation: that talk is over");
      assertThat(guest.say("no")).startsWith("I have no rule for that.");
    }
    assertThat(roomsOf(ada, "Late")).isEmpty();
  }

  @Test
  void what_was_done_is_told_and_not_done_again_when_its_answer_is_lost() throws Exception {
    User ada = server.user("ada");
    Host rosa = host(ada, "'conversations.create'");
    try (Guest guest = Guest.with(this, ada, rosa)) {
      guest.say("open a room, title: Once");
      String yes = guest.post("yes");
      String done = guest.answerTo(yes);
      String lost = LOSE.formatted(yes);
      server.whileStopped(() -> Rows.change(server, lost));
      assertThat(await().until(() -> answers(guest, yes), all -> all.size() == 2))
          .containsExactly(done, done);
      server.whileStopped(() -> {
        Rows.change(server, lost);
        Rows.change(server, "UPDATE idempotency SET answer = NULL");
      });
      assertThat(await().until(() -> answers(guest, yes), all -> all.size() == 3).getLast())
          .startsWith("Create a conversation: that was done already");
    }
    assertThat(roomsOf(ada, "Once")).hasSize(1);
  }

  @Test
  void a_model_that_is_asked_again_after_its_answer_was_lost_changes_nothing_more()
      throws Exception {
    User ada = server.user("ada");
    Host rosa = host(ada, "'conversations.create'");
    ada.call("personas.edit", "{id: '%s', brain: '%s'}".formatted(rosa.id(), model.brain()));
    try (Guest guest = Guest.with(this, ada, rosa)) {
      model.says("It is open.");
      model.thenUses("conversations_create", "{\"kind\": \"room\", \"title\": \"Modelled\"}");
      String asked = guest.post("A room, please");
      guest.answerTo(asked);
      model.thenUses("conversations_create", "{\"kind\": \"room\", \"title\": \"Modelled anew\"}");
      server.whileStopped(() -> Rows.change(server, LOSE.formatted(asked)));
      await().until(() -> answers(guest, asked).size() == 2);
      assertThat(model.asked().getLast().toString()).contains("Refused: That was done already");
    }
    assertThat(roomsOf(ada, "Modelled")).hasSize(1);
    assertThat(roomsOf(ada, "Modelled anew")).isEmpty();
  }

  private static List<String> answers(Guest guest, String question) {
    return guest
        .user
        .call("messages.list", "{conversation: '%s'}".formatted(guest.conversation))
        .path("items")
        .valueStream()
        .filter(message -> message.path("replyTo").stringValue("").equals(question))
        .map(message -> message.path("content").stringValue())
        .toList();
  }

  @Test
  void what_one_does_elsewhere_or_asks_of_another_persona_is_no_part_of_it() {
    User ada = server.user("ada");
    Host rosa = host(ada, "'conversations.create'");
    Host flora = host(ada, "'conversations.create'");
    String elsewhere = ada.room("Elsewhere");
    for (Host persona : List.of(rosa, flora)) {
      ada.call(
          "personas.invite",
          "{conversation: '%s', persona: '%s'}".formatted(elsewhere, persona.id()));
    }
    try (Guest guest = Guest.with(this, ada, rosa);
        Guest there = new Guest(ada, elsewhere);
        Guest other = Guest.with(this, ada, flora)) {
      guest.say("open a room, title: Here");
      String nothing = "I have no rule for that.";
      assertThat(there.say("@%s yes".formatted(rosa.name()))).startsWith(nothing);
      there.say("@%s open a room, title: There".formatted(rosa.name()));
      assertThat(there.say("@%s yes".formatted(flora.name()))).startsWith(nothing);
      assertThat(other.say("yes")).startsWith(nothing);
      assertThat(guest.say("yes")).contains("“Here”");
    }
  }

  @Test
  void a_persona_that_was_given_no_function_that_changes_something_does_nothing() {
    User ada = server.user("ada");
    String calm = "I have no rule for that.";
    try (Guest guest = Guest.with(this, ada, host(ada, "'messages.search'"));
        Guest free = Guest.with(this, ada, host(ada, ""))) {
      assertThat(guest.say("create a conversation, title: Not")).startsWith(calm);
      assertThat(free.say("create a conversation, title: Not")).startsWith(calm);
      assertThat(free.say("conversations.create")).startsWith(calm);
    }
  }

  @Test
  void a_function_that_a_member_may_not_call_is_refused_in_words() {
    User owner = server.owner();
    try (Guest guest = Guest.with(this, owner, host(owner, "'invitations.create'"))) {
      String answer = guest.say("create an invitation, please: invitations.create");
      assertThat(answer).contains("shall I do it?");
      assertThat(guest.say("yes"))
          .contains("was refused: This needs the permission")
          .endsWith("I leave it at that.");
    }
  }

  @Test
  void a_persona_that_speaks_to_it_begins_nothing() {
    User ada = server.user("ada");
    Host rosa = host(ada, "'conversations.create'");
    String room = ada.room("Salon");
    String talker =
        ada.call(
                "personas.create",
                "{name: 'talker%d', description: '', brain: '%s'}"
                    .formatted(personas, model.brain()))
            .at("/persona/id")
            .stringValue();
    for (String persona : List.of(talker, rosa.id())) {
      ada.call("personas.invite", "{conversation: '%s', persona: '%s'}".formatted(room, persona));
    }
    model.says("@%s please create a conversation, title: Theirs".formatted(rosa.name()));
    try (Guest guest = new Guest(ada, room)) {
      JsonNode said = message(guest, guest.post("@talker%d go on".formatted(personas)));
      JsonNode answer = message(guest, said.path("id").stringValue());
      assertThat(answer.at("/sender/id").stringValue()).isEqualTo(rosa.id());
      assertThat(answer.path("content").stringValue()).startsWith("I have no rule for that.");
      assertThat(guest.say("@%s yes".formatted(rosa.name()))).startsWith("I have no rule");
    }
  }

  private static JsonNode message(Guest guest, String replyTo) {
    return guest
        .socket
        .event(event ->
            event.path("type").stringValue().equals("message.posted")
                && event.at("/data/message/replyTo").stringValue("").equals(replyTo))
        .at("/data/message");
  }

  @Test
  void names_and_values_that_look_like_questions_or_mentions_are_harmless() {
    User ada = server.user("ada");
    User bob = server.user("bob");
    Host rosa = host(ada, "'conversations.create'");
    String room = ada.room("Harmless");
    bob.join(room);
    ada.call(
        "personas.invite",
        "{conversation: '%s', persona: '%s', answers: 'always'}".formatted(room, rosa.id()));
    try (Guest one = new Guest(ada, room);
        Guest other = new Guest(bob, room)) {
      String asked = one.post("open a room, title: @%s says yes".formatted(bob.name()));
      JsonNode answer = message(one, asked);
      assertThat(answer.path("mentions")).isEmpty();
      assertThat(answer.path("content").stringValue()).contains("— title: @\u200B" + bob.name());
      assertThat(other.say(SHALL_I)).doesNotContain("Done");
      assertThat(other.say("yes")).doesNotContain("Done");
    }
    await().until(() -> roomsOf(ada, "@%s says yes".formatted(bob.name())).isEmpty());
  }
}

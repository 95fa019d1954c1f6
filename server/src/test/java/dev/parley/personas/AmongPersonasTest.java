package dev.parley.personas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.testing.Database;
import dev.parley.testing.OnBothDatabases;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

/** Personas in rooms: whom they answer, and how they talk among themselves. */
@OnBothDatabases
class AmongPersonasTest {
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
    for (JsonNode persona : ada.call("personas.list", "{}").path("items")) {
      if (persona.path("name").stringValue().equals(name)) {
        return persona.path("id").stringValue();
      }
    }
    throw new AssertionError(name);
  }

  private String roomWith(String answers, String... personas) {
    String room = ada.room("Among personas");
    bob.join(room);
    for (String name : personas) {
      ada.call(
          "personas.invite",
          "{conversation: '%s', persona: '%s', answers: '%s'}"
              .formatted(room, persona(name), answers));
    }
    return room;
  }

  private List<String> said(String room) {
    List<String> all = new ArrayList<>();
    ada.call("messages.list", "{conversation: '%s'}".formatted(room))
        .path("items")
        .forEach(message -> all.add(message.at("/sender/name").stringValue()));
    return all;
  }

  /** Asks the guide for the time, which is answered after whatever was asked before by the same. */
  private void settle(User user, String room) {
    int before = said(room).size();
    String reply = user.post(room, "@guide what time is it?").path("id").stringValue();
    await()
        .until(() -> {
          JsonNode items =
              user.call("messages.list", "{conversation: '%s'}".formatted(room)).path("items");
          return items.size() >= before + 2 && items.findValuesAsString("replyTo").contains(reply);
        });
  }

  @Test
  void two_personas_talk_with_each_other_and_stop_by_themselves() {
    String room = roomWith("mentioned", "aria", "kira", "guide");
    ada.post(room, "@aria talk with @kira about music");
    // Both are mentioned, so both answer the person; aria's answer addresses kira, and so on.
    await().until(() -> said(room).size() >= 3 + Addressing.MOST_TURNS - 1);
    settle(ada, room);
    List<String> all = said(room);
    assertThat(all.stream().filter(name -> name.equals("aria") || name.equals("kira")))
        .hasSize(1 + Addressing.MOST_TURNS);
  }

  @Test
  void a_persona_that_always_answers_does_and_not_the_others() {
    String room = roomWith("always", "kira");
    ada.post(room, "What do you think of history?");
    await().until(() -> said(room).size() == 2);
    assertThat(said(room)).containsExactly(ada.name(), "kira");
  }

  @Test
  void an_interested_persona_speaks_up_when_its_topic_is_spoken_of() {
    String room = roomWith("interested", "aria");
    bob.post(room, "The weather is fine");
    bob.post(room, "I love MUSIC");
    await().until(() -> said(room).contains("aria"));
    JsonNode last =
        ada.call("messages.list", "{conversation: '%s'}".formatted(room)).path("items").get(2);
    assertThat(last.at("/sender/name").stringValue()).isEqualTo("aria");
    assertThat(said(room)).hasSize(3);
  }

  @Test
  void a_persona_that_was_removed_listens_no_more() {
    String room = roomWith("always", "kira", "guide");
    ada.call("conversations.remove", "{id: '%s', member: '%s'}".formatted(room, persona("kira")));
    ada.post(room, "Is anybody here?");
    await().until(() -> said(room).contains("guide"));
    settle(ada, room);
    assertThat(said(room)).doesNotContain("kira");
  }

  @Test
  void a_private_persona_answers_its_owner_and_nobody_else() {
    String mine =
        ada.call("personas.create", "{name: 'mine%s', visibility: 'private'}".formatted(database))
            .at("/persona/id")
            .stringValue();
    String room = ada.room("Private persona");
    bob.join(room);
    ada.call("personas.invite", "{conversation: '%s', persona: '%s'}".formatted(room, mine));
    ada.call(
        "personas.invite", "{conversation: '%s', persona: '%s'}".formatted(room, persona("guide")));
    bob.post(room, "@mine%s hello".formatted(database));
    settle(bob, room);
    assertThat(said(room)).doesNotContain("mine" + database);
    ada.post(room, "@mine%s hello".formatted(database));
    await().until(() -> said(room).contains("mine" + database));
  }
}

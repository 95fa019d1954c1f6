package dev.parley.history;

import static dev.parley.history.Versions.guide;
import static dev.parley.history.Versions.list;
import static dev.parley.history.Versions.project;
import static dev.parley.history.Versions.restore;
import static dev.parley.history.Versions.valueAt;
import static dev.parley.history.Versions.versions;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Database;
import dev.parley.testing.Http;
import dev.parley.testing.OnBothDatabases;
import dev.parley.testing.Socket;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

/** Old versions that come back, and who brings them back. */
@OnBothDatabases
class RestoringTest {
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

  @Test
  void an_old_version_comes_back_as_a_new_one_and_the_row_with_it() {
    String id = project(ada, "Good");
    ada.call("projects.update", "{id: '%s', name: 'Bad', description: 'worse'}".formatted(id));
    long good = versions(ada, id).getLast();

    long restored = restore(ada, id, good).path("version").longValue();

    JsonNode now = ada.call("projects.get", "{id: '%s'}".formatted(id)).path("project");
    assertThat(now.path("name").stringValue()).isEqualTo("Good");
    assertThat(now.path("description").stringValue()).isEqualTo("d");
    assertThat(versions(ada, id)).hasSize(3).startsWith(restored).endsWith(good);
    assertThat(list(ada, id).get(0).path("function").stringValue()).isEqualTo("history.restore");
    assertThat(restore(ada, id, good).path("version").longValue()).isEqualTo(restored);
    assertThat(versions(ada, id)).hasSize(3);
  }

  @Test
  void a_restored_room_is_heard_of_and_shows_itself_as_it_was() {
    String room = ada.room("Quiet");
    ada.call("conversations.update", "{id: '%s', title: 'Loud', archived: true}".formatted(room));
    try (Socket socket = bob.socket()) {
      socket.call("conversations.subscribe", "{id: '%s'}".formatted(room));
      restore(ada, room, versions(ada, room).getLast());
      JsonNode heard = socket.event("conversation.changed");
      assertThat(heard.path("seq").longValue()).isEqualTo(2);
      assertThat(heard.at("/data/conversation/title").stringValue()).isEqualTo("Quiet");
      assertThat(heard.at("/data/conversation/archived").booleanValue()).isFalse();
    }
    ada.post(room, "open again");
  }

  @Test
  void whoever_loses_sight_of_a_room_by_a_restore_hears_no_more_of_it() {
    String room = ada.room("Ours", "private");
    ada.call("conversations.update", "{id: '%s', visibility: 'public'}".formatted(room));
    try (Socket socket = bob.socket()) {
      socket.call("conversations.subscribe", "{id: '%s'}".formatted(room));
      restore(ada, room, versions(ada, room).getLast());
      ada.post(room, "among us");
      assertThat(bob.tryCall("history.list", "{id: '%s'}".formatted(room)).status()).isEqualTo(404);
      String other = ada.room("Other");
      socket.call("conversations.subscribe", "{id: '%s'}".formatted(other));
      ada.post(other, "to all");
      assertThat(socket.event("message.posted").path("conversation").stringValue())
          .isEqualTo(other);
    }
  }

  @Test
  void who_may_see_a_thing_sees_its_history_and_who_may_change_it_restores() {
    String hidden = ada.room("Hidden", "private");
    String open = ada.room("Open");
    String project = project(ada, "Mine");
    bob.join(open);
    for (String function :
        List.of("history.list {}", "history.asOf {}", "history.diff {from: 1}")) {
      String name = function.split(" ", 2)[0];
      String rest = function.contains("from") ? ", from: 1" : "";
      assertThat(bob.tryCall(name, "{id: '%s'%s}".formatted(hidden, rest)).status())
          .as(function)
          .isEqualTo(404);
    }
    assertThat(tryRestore(bob, hidden, versions(ada, hidden).getFirst())).isEqualTo(404);
    assertThat(tryRestore(bob, open, versions(bob, open).getFirst())).isEqualTo(403);
    assertThat(tryRestore(bob, project, versions(bob, project).getFirst())).isEqualTo(403);
    assertThat(tryRestore(owner, project, versions(bob, project).getFirst())).isEqualTo(200);
    assertThat(tryRestore(ada, guide(ada), versions(ada, guide(ada)).getFirst())).isEqualTo(403);
    ada.call("conversations.ban", "{id: '%s', member: '%s'}".formatted(open, bob.id()));
    assertThat(bob.tryCall("history.list", "{id: '%s'}".formatted(open)).status()).isEqualTo(404);
    assertThat(server.http().get("/api/history/" + open).status()).isEqualTo(401);
  }

  private static int tryRestore(User user, String id, long version) {
    return user.tryCall("history.restore", "{id: '%s', version: %d}".formatted(id, version))
        .status();
  }

  @Test
  void a_persona_is_changed_and_brought_back_by_an_administrator() {
    String guide = guide(ada);
    long first = versions(ada, guide).getLast();
    assertThat(ada.tryCall("personas.edit", "{id: '%s', description: 'x'}".formatted(guide)))
        .extracting(Http.Reply::status)
        .isEqualTo(403);
    owner.call(
        "personas.edit",
        "{id: '%s', description: 'Knows the way', displayName: 'Virgil'}".formatted(guide));
    assertThat(ada.call("personas.list", "{}").at("/items/0/displayName").stringValue())
        .isEqualTo("Virgil");

    restore(owner, guide, first);

    JsonNode now = ada.call("personas.list", "{}").at("/items/0");
    assertThat(now.path("displayName").stringValue()).isEqualTo("Guide");
    assertThat(now.path("description").stringValue()).contains("newcomers");
    assertThat(valueAt(ada, guide, versions(ada, guide).get(1)).path("displayName").stringValue())
        .isEqualTo("Virgil");
  }
}

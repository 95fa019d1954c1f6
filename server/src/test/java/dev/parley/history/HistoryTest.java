package dev.parley.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Database;
import dev.parley.testing.Http;
import dev.parley.testing.OnBothDatabases;
import dev.parley.testing.Rows;
import dev.parley.testing.Socket;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

@OnBothDatabases
class HistoryTest {
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

  private static String project(User user, String name) {
    return user.call("projects.create", "{name: '%s', description: 'd'}".formatted(name))
        .at("/project/id")
        .stringValue();
  }

  private static JsonNode list(User user, String id) {
    return user.call("history.list", "{id: '%s'}".formatted(id)).path("items");
  }

  private static List<Long> versions(User user, String id) {
    List<Long> versions = new ArrayList<>();
    list(user, id).forEach(item -> versions.add(item.path("version").longValue()));
    return versions;
  }

  private static JsonNode asOf(User user, String id, String rest) {
    return user.call("history.asOf", "{id: '%s'%s}".formatted(id, rest));
  }

  private static JsonNode valueAt(User user, String id, long version) {
    return asOf(user, id, ", version: " + version).path("value");
  }

  private static JsonNode restore(User user, String id, long version) {
    return user.call("history.restore", "{id: '%s', version: %d}".formatted(id, version));
  }

  @Test
  void every_change_of_a_project_is_a_version_that_says_which_call_made_it() {
    String id = project(ada, "Engine");
    ada.call("projects.update", "{id: '%s', name: 'Machine'}".formatted(id));
    ada.call("projects.update", "{id: '%s', name: 'Machine'}".formatted(id));
    owner.call("projects.update", "{id: '%s', description: 'all of it'}".formatted(id));

    JsonNode items = list(bob, id);

    assertThat(items).hasSize(3);
    assertThat(items)
        .extracting(item -> item.path("function").stringValue())
        .containsExactly("projects.update", "projects.update", "projects.create");
    assertThat(items)
        .extracting(item -> item.at("/by/id").stringValue())
        .containsExactly(owner.id(), ada.id(), ada.id());
    assertThat(items)
        .extracting(item -> item.path("act").stringValue())
        .containsExactly("changed", "changed", "created");
    assertThat(items).allSatisfy(item -> assertThat(item.path("call").stringValue()).isNotBlank());
    assertThat(versions(bob, id)).isSortedAccordingTo((one, other) -> Long.compare(other, one));
  }

  @Test
  void a_list_of_versions_comes_in_pages() {
    String id = project(ada, "p0");
    for (int i = 1; i < 5; i++) {
      ada.call("projects.update", "{id: '%s', name: 'p%d'}".formatted(id, i));
    }
    List<Long> paged = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = ada.call("history.list", "{id: '%s', limit: 2%s}".formatted(id, cursor));
      page.path("items").forEach(item -> paged.add(item.path("version").longValue()));
      cursor = page.has("next") ? ", cursor: '" + page.path("next").stringValue() + "'" : "";
    } while (!cursor.isEmpty());
    assertThat(paged).hasSize(5).isEqualTo(versions(ada, id));
  }

  @Test
  void two_versions_are_compared_value_by_value() {
    String room = ada.room("Before", "private");
    String project = project(ada, "Home");
    ada.call(
        "conversations.update",
        "{id: '%s', title: 'After', topic: 't', visibility: 'public', project: '%s'}"
            .formatted(room, project));
    List<Long> versions = versions(ada, room);

    JsonNode diff =
        ada.call("history.diff", "{id: '%s', from: %d}".formatted(room, versions.getLast()));

    assertThat(diff.path("changes"))
        .extracting(
            change -> change.path("property").stringValue(),
            change -> change.path("before").asString("none"),
            change -> change.path("after").asString("none"))
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("title", "Before", "After"),
            org.assertj.core.groups.Tuple.tuple("topic", "none", "t"),
            org.assertj.core.groups.Tuple.tuple("visibility", "private", "public"),
            org.assertj.core.groups.Tuple.tuple("project", "none", project));
    assertThat(diff.path("text").stringValue()).contains("title: \"Before\" → \"After\"");
    JsonNode back =
        ada.call(
            "history.diff",
            "{id: '%s', from: %d, to: %d}"
                .formatted(room, versions.getFirst(), versions.getLast()));
    assertThat(back.path("text").stringValue()).contains("title: \"After\" → \"Before\"");
  }

  @Test
  void what_was_is_found_by_version_and_by_time() {
    String id = project(ada, "First");
    long first = versions(ada, id).getFirst();
    java.time.Instant between = server.clock().instant();
    server.clock().advance(Duration.ofMinutes(1));
    ada.call("projects.update", "{id: '%s', name: 'Second'}".formatted(id));

    assertThat(valueAt(bob, id, first).path("name").stringValue()).isEqualTo("First");
    assertThat(asOf(bob, id, ", at: '" + between + "'").at("/value/name").stringValue())
        .isEqualTo("First");
    assertThat(asOf(bob, id, "").at("/value/name").stringValue()).isEqualTo("Second");
    assertThat(asOf(bob, id, "").at("/value/id").stringValue()).isEqualTo(id);
    assertRefused(asOfTry(id, ", at: '2020-01-01T00:00:00Z'"), 404, "at");
    assertRefused(asOfTry(id, ", version: 999999"), 404, "version");
    assertRefused(asOfTry(id, ", version: 1, at: '2020-01-01T00:00:00Z'"), 400, "at");
    assertRefused(
        bob.tryCall("history.diff", "{id: '%s', from: %d, to: 999999}".formatted(id, first)),
        404,
        "to");
    assertThat(asOfTry("nothing", "").status()).isEqualTo(404);
  }

  private Http.Reply asOfTry(String id, String rest) {
    return bob.tryCall("history.asOf", "{id: '%s'%s}".formatted(id, rest));
  }

  private static void assertRefused(Http.Reply reply, int status, String field) {
    assertThat(reply.status()).as(reply.raw().body()).isEqualTo(status);
    assertThat(reply.body().path("field").stringValue()).isEqualTo(field);
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
    assertThat(tryRestore(ada, guide(), versions(ada, guide()).getFirst())).isEqualTo(403);
    ada.call("conversations.ban", "{id: '%s', member: '%s'}".formatted(open, bob.id()));
    assertThat(bob.tryCall("history.list", "{id: '%s'}".formatted(open)).status()).isEqualTo(404);
    assertThat(server.http().get("/api/history/" + open).status()).isEqualTo(401);
  }

  private static int tryRestore(User user, String id, long version) {
    return user.tryCall("history.restore", "{id: '%s', version: %d}".formatted(id, version))
        .status();
  }

  private String guide() {
    return ada.call("personas.list", "{}").at("/items/0/id").stringValue();
  }

  @Test
  void a_persona_is_changed_and_brought_back_by_an_administrator() {
    String guide = guide();
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

  @Test
  void two_changes_of_different_values_at_the_same_time_both_survive() {
    String id = project(ada, "n");
    String room = ada.room("n");
    List<CompletableFuture<?>> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      int number = i;
      all.add(
          async(
              () -> ada.call("projects.update", "{id: '%s', name: 'n%d'}".formatted(id, number))));
      all.add(
          async(() ->
              owner.call(
                  "projects.update", "{id: '%s', description: 'd%d'}".formatted(id, number))));
      all.add(
          async(() ->
              ada.call(
                  "conversations.update", "{id: '%s', title: 'n%d'}".formatted(room, number))));
      all.add(
          async(() ->
              owner.call(
                  "conversations.update", "{id: '%s', topic: 'd%d'}".formatted(room, number))));
    }
    all.forEach(CompletableFuture::join);
    assertEachVersionChangesOneValue(id);
    assertEachVersionChangesOneValue(room);
    JsonNode project = ada.call("projects.get", "{id: '%s'}".formatted(id)).path("project");
    assertThat(project.path("name")).isEqualTo(asOf(ada, id, "").at("/value/name"));
    assertThat(project.path("description")).isEqualTo(asOf(ada, id, "").at("/value/description"));
  }

  private static CompletableFuture<?> async(Runnable call) {
    return CompletableFuture.runAsync(call, Thread::startVirtualThread);
  }

  private void assertEachVersionChangesOneValue(String id) {
    List<Long> versions = versions(ada, id);
    assertThat(versions).hasSize(21);
    for (int i = 1; i < versions.size(); i++) {
      JsonNode diff =
          ada.call(
              "history.diff",
              "{id: '%s', from: %d, to: %d}".formatted(id, versions.get(i), versions.get(i - 1)));
      assertThat(diff.path("changes")).hasSize(1);
    }
  }

  @Test
  void a_row_from_before_there_were_versions_gets_its_first_when_it_is_touched() {
    String seen = project(ada, "Old");
    String changed = ada.room("Old");
    for (String id : List.of(seen, changed)) {
      Rows.change(server, "DELETE FROM entity_heads WHERE root = '" + id + "'");
      Rows.change(server, "DELETE FROM entity_versions WHERE root = '" + id + "'");
      Rows.change(server, "DELETE FROM entity_nodes WHERE lineage = '" + id + "'");
    }
    assertThat(list(ada, seen)).hasSize(1);
    assertThat(list(ada, seen).get(0).has("by")).isFalse();
    assertThat(asOf(ada, seen, "").at("/value/name").stringValue()).isEqualTo("Old");

    ada.call("conversations.update", "{id: '%s', title: 'New'}".formatted(changed));

    assertThat(list(ada, changed)).hasSize(2);
    assertThat(valueAt(ada, changed, versions(ada, changed).getLast()).path("title").stringValue())
        .isEqualTo("Old");
  }

  @Test
  void history_outlives_the_process() {
    String id = project(ada, "Kept");
    ada.call("projects.update", "{id: '%s', name: 'Kept on'}".formatted(id));
    List<Long> before = versions(ada, id);
    server.restart();
    assertThat(versions(ada, id)).isEqualTo(before);
    restore(ada, id, before.getLast());
    assertThat(versions(ada, id).getFirst()).isGreaterThan(before.getFirst());
    assertThat(versions(owner, guide())).isNotEmpty();
  }

  @Test
  void whoever_is_deleted_has_no_name_in_history() {
    User eve = server.user("eve");
    String room = eve.room("Left behind");
    eve.call("accounts.delete", "{}");
    JsonNode by = list(ada, room).get(0).path("by");
    assertThat(by.path("id").stringValue()).isEqualTo(eve.id());
    assertThat(by.path("name").stringValue()).doesNotContain(eve.name());
    assertThat(Rows.dump(server)).doesNotContain(eve.name());
  }

  @Test
  void a_direct_conversation_has_no_settings_and_so_no_history() {
    String direct =
        ada.call("conversations.create", "{kind: 'direct', with: '%s'}".formatted(bob.id()))
            .at("/conversation/id")
            .stringValue();
    assertThat(ada.tryCall("history.list", "{id: '%s'}".formatted(direct)).status()).isEqualTo(404);
  }

  @Test
  void history_is_a_resource() {
    String id = project(ada, "Resource");
    long version = versions(ada, id).getFirst();
    String path = "/api/history/" + id;
    assertThat(ada.http().get(path).body().path("items")).hasSize(1);
    assertThat(ada.http().get(path + "/diff?from=" + version).body().path("changes")).isEmpty();
    assertThat(
            ada.http().get(path + "/at?version=" + version).body().at("/value/name").stringValue())
        .isEqualTo("Resource");
    assertThat(ada.http().post(path + "/restore", "{\"version\":" + version + "}").status())
        .isEqualTo(200);
  }
}

package dev.parley.history;

import static dev.parley.history.Versions.asOf;
import static dev.parley.history.Versions.guide;
import static dev.parley.history.Versions.list;
import static dev.parley.history.Versions.project;
import static dev.parley.history.Versions.restore;
import static dev.parley.history.Versions.valueAt;
import static dev.parley.history.Versions.versions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.parley.testing.Database;
import dev.parley.testing.Http;
import dev.parley.testing.OnBothDatabases;
import dev.parley.testing.Rows;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.time.Duration;
import java.time.Instant;
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
            tuple("title", "Before", "After"),
            tuple("topic", "none", "t"),
            tuple("visibility", "private", "public"),
            tuple("project", "none", project));
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
    Instant between = server.clock().instant();
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
    assertThat(versions(owner, guide(ada))).isNotEmpty();
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

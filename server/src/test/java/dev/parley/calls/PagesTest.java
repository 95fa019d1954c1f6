package dev.parley.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.functions.Json;
import dev.parley.testing.Database;
import dev.parley.testing.Http;
import dev.parley.testing.Json5;
import dev.parley.testing.OnBothDatabases;
import dev.parley.testing.Rows;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@OnBothDatabases
class PagesTest {
  private static final int PAGE = 7;

  @Parameter private Database database;
  private Stocked stocked;

  @BeforeParameterizedClassInvocation
  void start() {
    stocked = new Stocked(database);
    stocked.growMuch();
  }

  @AfterParameterizedClassInvocation
  void stop() {
    stocked.close();
  }

  @Test
  void members_who_stay_are_listed_once_while_others_come_and_go() {
    walk(
        "conversations.members",
        "/member/id",
        page -> {
          person("member%dlate".formatted(page));
          change(
              "INSERT INTO members"
                  + " (conversation, actor, role, joined_at, read_seq, read_messages)"
                  + " VALUES ('%s', 'member%dlate', 'member', 0, 0, 0)",
              stocked.room(), page);
        },
        id -> change("DELETE FROM members WHERE actor = '%s'", id));
  }

  @Test
  void accounts_that_stay_are_listed_once_while_others_come_and_go() {
    walk(
        "accounts.list",
        "/id",
        page -> person("account%dlate".formatted(page)),
        id -> change("UPDATE accounts SET deleted_at = 1 WHERE id = '%s'", id));
  }

  @Test
  void conversations_that_stay_are_listed_once_while_others_come_and_go() {
    walk(
        "conversations.list",
        "/id",
        page -> stocked.owner().room("Late " + page),
        id -> {
          change("UPDATE conversations SET visibility = 'private' WHERE id = '%s'", id);
          change("DELETE FROM members WHERE conversation = '%s'", id);
        });
  }

  @Test
  void messages_that_stay_are_found_once_while_others_are_posted_and_deleted() {
    walk(
        "messages.search",
        "/id",
        page -> stocked.post(),
        id -> stocked.owner().call("messages.delete", "{id: '%s'}".formatted(id)));
  }

  @Test
  void versions_are_listed_once_while_new_ones_are_made() {
    walk(
        "history.list",
        "/version",
        page ->
            stocked
                .owner()
                .call(
                    "conversations.update",
                    "{id: '%s', topic: 'Late %d'}".formatted(stocked.room(), page)),
        version -> {});
  }

  @Test
  void a_cursor_that_no_page_gave_is_refused_by_every_list() {
    List<String> made =
        List.of(
            "",
            "!",
            "AAAA",
            base64("1:account5"),
            base64("sealed" + "account5"),
            "A".repeat(256),
            "\\u0000");
    for (String function : stocked.paged()) {
      for (String cursor : made) {
        assertRefused(function, params(function), cursor);
      }
    }
  }

  @Test
  void a_cursor_of_another_list_or_of_other_filters_is_refused() {
    String ofAll = next("conversations.list", "{limit: 5}");
    assertRefused("conversations.list", "{mine: true}", ofAll);
    assertRefused("conversations.list", "{kind: 'room'}", ofAll);
    assertRefused("projects.list", "{}", ofAll);
    String ofSearch = next("messages.search", "{text: 'common', limit: 5}");
    assertRefused("messages.search", "{text: 'word'}", ofSearch);
    assertRefused(
        "messages.search",
        "{text: 'common', conversation: '%s'}".formatted(stocked.room()),
        ofSearch);
    assertRefused(
        "history.list",
        "{id: '%s'}".formatted(stocked.project()),
        next("history.list", "{id: '%s', limit: 5}".formatted(stocked.room())));
  }

  @Test
  void a_cursor_goes_with_another_limit() {
    String cursor = next("projects.list", "{limit: 5}");
    JsonNode page = call("projects.list", "{limit: 9}", Optional.of(cursor)).body();
    assertThat(page.path("items").size()).isEqualTo(9);
  }

  /** Reads a list page by page; after each page something is added and something goes. */
  private void walk(String function, String id, IntConsumer add, Consumer<String> remove) {
    String params = params(function);
    List<String> before = ids(stocked.owner().call(function, params), id);
    assertThat(before).hasSizeGreaterThan(5 * PAGE);
    Set<String> stay = new HashSet<>(before);
    List<String> seen = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    for (int page = 1; page == 1 || cursor.isPresent(); page++) {
      JsonNode reply = call(function, limited(params), cursor).body();
      seen.addAll(ids(reply, id));
      cursor = Optional.of(reply.path("next").asString("")).filter(next -> !next.isEmpty());
      if (page <= 5) {
        add.accept(page);
        for (String gone : List.of(before.get(page * 2), before.get(before.size() - page * 3))) {
          remove.accept(gone);
          stay.remove(gone);
        }
      }
    }
    assertThat(seen).doesNotHaveDuplicates().containsAll(stay);
  }

  private static List<String> ids(JsonNode reply, String id) {
    return reply.path("items").valueStream().map(item -> item.at(id).asString()).toList();
  }

  private static String limited(String params) {
    return params.replace("limit: 100", "limit: " + PAGE);
  }

  private String next(String function, String params) {
    return stocked.owner().call(function, params).path("next").stringValue();
  }

  private String params(String function) {
    return stocked.calls().getOrDefault(function, "{}");
  }

  private Http.Reply call(String function, String params, Optional<String> cursor) {
    ObjectNode all = (ObjectNode) Json.MAPPER.readTree(Json5.json(params));
    cursor.ifPresent(next -> all.put("cursor", next));
    return stocked.owner().tryCall(function, all.toString());
  }

  private void assertRefused(String function, String params, String cursor) {
    Http.Reply reply = call(function, params, Optional.of(cursor));
    assertThat(reply.status()).as("%s %s", function, cursor).isEqualTo(400);
    assertThat(reply.body().path("field").asString("")).as(function).isEqualTo("cursor");
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private void person(String id) {
    change(
        "INSERT INTO actors (id, kind, name, name_key) VALUES ('%1$s', 'account', '%1$s', '%1$s')",
        id);
    change("INSERT INTO accounts (id, role, created_at) VALUES ('%s', 'member', 0)", id);
  }

  private void change(String sql, Object... values) {
    Rows.change(stocked.server(), sql.formatted(values));
  }
}

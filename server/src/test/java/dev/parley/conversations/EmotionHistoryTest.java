package dev.parley.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Database;
import dev.parley.testing.OnBothDatabases;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

@OnBothDatabases
class EmotionHistoryTest {
  private static final String FURIOUS = "This is terrible, I hate it!";
  private static final String FINE = "Thanks, that is wonderful!";
  private static final String PLAIN = "a table at seven";

  @Parameter private Database database;
  private TestServer server;
  private User owner;
  private User ada;
  private User visitor;

  @BeforeParameterizedClassInvocation
  void start() {
    server = TestServer.start(database);
    owner = server.owner();
  }

  @AfterParameterizedClassInvocation
  void stop() {
    server.close();
  }

  @BeforeEach
  void people() {
    ada = server.user("ada");
    visitor = server.user("visitor");
  }

  private void claim() {
    ada.call("accounts.claim", "{token: '%s'}".formatted(visitor.token()));
  }

  private void separate() {
    ada.call("accounts.separate", "{account: '%s'}".formatted(visitor.id()));
  }

  private static String toPersona(User user) {
    String persona = user.call("personas.list", "{}").at("/items/0/id").stringValue();
    return user.call("personas.converse", "{persona: '%s'}".formatted(persona))
        .at("/conversation/id")
        .stringValue();
  }

  private static JsonNode history(User user, String more) {
    return user.call("emotions.history", "{%s}".formatted(more));
  }

  private JsonNode ofAda(User user, String more) {
    return history(user, "account: '%s'%s".formatted(ada.id(), more));
  }

  private static List<String> texts(JsonNode history) {
    return history
        .path("items")
        .valueStream()
        .map(item -> item.path("content").asString("—"))
        .toList();
  }

  private static List<String> accounts(JsonNode history) {
    return history.path("accounts").valueStream().map(one -> one.path("id").stringValue()).toList();
  }

  @Test
  void what_a_visitor_said_is_in_the_history_once_it_is_known_who_that_was() {
    String web = toPersona(visitor);
    visitor.post(web, FURIOUS);
    String room = ada.room("Texts");
    ada.post(room, FINE);
    assertThat(texts(history(ada, ""))).containsExactly(FINE);

    claim();
    JsonNode whole = history(ada, "");
    assertThat(accounts(whole)).containsExactly(ada.id(), visitor.id());
    assertThat(texts(whole)).containsExactly(FINE, "—");
    JsonNode first = whole.at("/items/1");
    assertThat(first.path("conversation").stringValue()).isEqualTo(web);
    assertThat(first.at("/emotion/person").stringValue()).isEqualTo(visitor.id());
    assertThat(first.at("/emotion/label").stringValue()).isEqualTo("negative");
    assertThat(first.at("/emotion/emotions").toString()).contains("anger");
    assertThat(whole.at("/emotion/count").intValue()).isEqualTo(2);
    assertThat(whole.at("/emotion/negative").intValue()).isEqualTo(1);
    assertThat(whole.at("/emotion/positive").intValue()).isEqualTo(1);
    assertThat(whole.at("/emotion/trend").stringValue()).isEqualTo("improving");
    assertThat(accounts(ofAda(owner, ""))).containsExactly(ada.id(), visitor.id());
    assertThat(accounts(history(owner, "account: '%s'".formatted(visitor.id()))))
        .containsExactly(ada.id(), visitor.id());

    separate();
    assertThat(texts(history(ada, ""))).containsExactly(FINE);
    assertThat(history(ada, "").at("/emotion/count").intValue()).isEqualTo(1);
  }

  @Test
  void what_is_said_after_it_is_known_is_in_it_too_and_the_visitor_sees_its_own_alone() {
    claim();
    String web = toPersona(visitor);
    visitor.post(web, FINE);
    ada.post(ada.room("Texts"), FURIOUS);
    assertThat(history(ada, "").path("items")).hasSize(2);
    JsonNode own = history(visitor, "");
    assertThat(texts(own)).containsExactly(FINE);
    assertThat(own.toString()).doesNotContain(ada.id(), ada.name());
    assertThat(visitor.tryCall("emotions.history", "{account: '%s'}".formatted(ada.id())).status())
        .isEqualTo(403);
  }

  @Test
  void pages_over_several_accounts_have_everything_once_and_newest_first() {
    String room = ada.room("Much");
    visitor.join(room);
    String other = toPersona(visitor);
    List<String> posted = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      posted.add(ada.post(room, PLAIN).path("id").stringValue());
      posted.add(visitor.post(i % 3 == 0 ? other : room, FINE).path("id").stringValue());
    }
    claim();
    List<String> seen = new ArrayList<>();
    JsonNode page = history(ada, "limit: 4");
    while (true) {
      page.path("items").forEach(item -> seen.add(item.at("/emotion/message").stringValue()));
      assertThat(page.at("/emotion/count").intValue()).isGreaterThanOrEqualTo(30);
      assertThat(page.at("/emotion/trend").stringValue())
          .as("of the newest, whatever the page")
          .isEqualTo(seen.size() == 4 ? "stable" : "improving");
      if (!page.has("next")) {
        break;
      }
      String cursor = page.path("next").stringValue();
      if (seen.size() == 4) {
        ada.post(room, FINE);
        ada.post(room, FINE);
      }
      page = history(ada, "limit: 4, cursor: '%s'".formatted(cursor));
    }
    assertThat(seen).isEqualTo(posted.reversed());
  }

  @Test
  void a_cursor_belongs_to_its_filters_and_its_caller() {
    String room = ada.room("Cursor");
    ada.post(room, FINE);
    ada.post(room, FINE);
    String cursor = history(ada, "limit: 1").path("next").stringValue();
    for (String other : List.of("kind: 'room'", "conversations: ['%s']".formatted(room))) {
      assertThat(
              ada.tryCall("emotions.history", "{%s, cursor: '%s'}".formatted(other, cursor))
                  .status())
          .isEqualTo(400);
    }
    assertThat(visitor.tryCall("emotions.history", "{cursor: '%s'}".formatted(cursor)).status())
        .isEqualTo(400);
  }

  @Test
  void it_is_narrowed_to_conversations_kinds_projects_and_times() {
    String project = owner.call("projects.create", "{name: 'Web'}").at("/project/id").stringValue();
    String room =
        ada.call(
                "conversations.create",
                "{kind: 'room', title: 'Web', visibility: 'public', project: '%s'}"
                    .formatted(project))
            .at("/conversation/id")
            .stringValue();
    String direct = toPersona(ada);
    ada.post(room, FINE);
    ada.post(direct, FURIOUS);
    for (String filter :
        List.of(
            "kind: 'room'",
            "project: '%s'".formatted(project),
            "conversations: ['%s']".formatted(room))) {
      JsonNode found = history(ada, filter);
      assertThat(texts(found)).as(filter).containsExactly(FINE);
      assertThat(found.at("/emotion/count").intValue()).as(filter).isEqualTo(1);
      assertThat(found.at("/emotion/trend").stringValue()).as(filter).isEqualTo("unknown");
    }
    assertThat(texts(history(ada, "kind: 'direct'"))).containsExactly(FURIOUS);
    assertThat(texts(history(ada, "conversations: []"))).isEmpty();
    server.clock().advance(Duration.ofMinutes(1));
    String now = server.clock().instant().toString();
    ada.post(room, PLAIN);
    JsonNode later = history(ada, "since: '%s'".formatted(now));
    assertThat(texts(later)).containsExactly(PLAIN);
    assertThat(later.at("/emotion/count").intValue()).isEqualTo(3);
  }

  @Test
  void administrators_see_where_and_how_and_words_only_where_they_may_read() {
    String open = ada.room("Open");
    String closed = ada.room("Closed", "private");
    String persona = toPersona(ada);
    String two =
        ada.call("conversations.create", "{kind: 'direct', with: '%s'}".formatted(visitor.id()))
            .at("/conversation/id")
            .stringValue();
    ada.post(open, FINE);
    ada.post(closed, FURIOUS);
    ada.post(two, FURIOUS);
    ada.post(persona, PLAIN);
    JsonNode seen = ofAda(owner, "");
    assertThat(texts(seen)).containsExactly("—", FINE);
    assertThat(seen.at("/items/0/conversation").stringValue()).isEqualTo(persona);
    assertThat(seen.at("/emotion/count").intValue()).isEqualTo(2);
    assertThat(seen.at("/emotion/negative").intValue()).isEqualTo(0);
    assertThat(seen.toString()).doesNotContain(closed, two);
    assertThat(history(ada, "").at("/emotion/count").intValue()).isEqualTo(4);

    ada.call("conversations.invite", "{id: '%s', account: '%s'}".formatted(closed, owner.id()));
    assertThat(texts(ofAda(owner, ""))).containsExactly("—", FURIOUS, FINE);
  }

  @Test
  void who_is_no_administrator_sees_nobody_elses() {
    String room = ada.room("Mine");
    visitor.join(room);
    ada.post(room, FINE);
    String ofAda = "{account: '%s'}".formatted(ada.id());
    assertThat(visitor.tryCall("emotions.history", ofAda).status()).isEqualTo(403);
    String reader =
        owner
            .call("apiKeys.create", "{label: 'reader', scopes: ['read']}")
            .path("token")
            .stringValue();
    assertThat(
            server
                .http(reader)
                .post("/api/call/emotions.history", "{\"account\":\"%s\"}".formatted(ada.id()))
                .status())
        .isEqualTo(403);
    assertThat(owner.tryCall("emotions.history", "{account: 'nobody'}").status()).isEqualTo(404);
  }

  @Test
  void what_is_deleted_or_erased_leaves_it() {
    String room = ada.room("Gone");
    visitor.join(room);
    JsonNode message = ada.post(room, FURIOUS);
    visitor.post(room, FINE);
    claim();
    ada.call("messages.delete", "{id: '%s'}".formatted(message.path("id").stringValue()));
    assertThat(texts(history(ada, ""))).containsExactly(FINE);
    visitor.call("accounts.delete", "{}");
    JsonNode left = history(ada, "");
    assertThat(left.path("items")).isEmpty();
    assertThat(left.at("/emotion/count").intValue()).isEqualTo(0);
    assertThat(accounts(left)).containsExactly(ada.id());
  }

  @Test
  void whoever_left_a_room_keeps_the_scores_but_not_the_words() {
    String room = visitor.room("Left", "private");
    visitor.call("conversations.invite", "{id: '%s', account: '%s'}".formatted(room, ada.id()));
    ada.post(room, FINE);
    ada.call("conversations.leave", "{id: '%s'}".formatted(room));
    assertThat(texts(history(ada, ""))).containsExactly("—");
  }

  @Test
  void escalations_are_found_by_whose_they_are_whichever_account_it_was() {
    String web = toPersona(visitor);
    visitor.post(web, FURIOUS);
    visitor.post(web, FURIOUS);
    String room = visitor.room("Shop");
    ada.join(room);
    ada.post(room, FURIOUS);
    ada.post(room, FURIOUS);
    claim();
    String ofAda = "{person: '%s'}".formatted(ada.id());
    assertThat(owner.call("escalations.list", ofAda).path("items")).hasSize(2);
    assertThat(
            owner.call("escalations.list", "{person: '%s'}".formatted(visitor.id())).path("items"))
        .hasSize(2);
    JsonNode moderators = visitor.call("escalations.list", ofAda).path("items");
    assertThat(moderators).hasSize(1);
    assertThat(moderators.at("/0/conversation").stringValue()).isEqualTo(room);
    separate();
    assertThat(owner.call("escalations.list", ofAda).path("items")).hasSize(1);
  }
}

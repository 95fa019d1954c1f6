package dev.parley.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Database;
import dev.parley.testing.Http;
import dev.parley.testing.OnBothDatabases;
import dev.parley.testing.Rows;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

@OnBothDatabases
class IdentityTest {
  private static final int ROUNDS = 20;

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

  private Http.Reply claim(User caller, String token) {
    return caller.tryCall("accounts.claim", "{token: '%s'}".formatted(token));
  }

  private Http.Reply identify(User caller, User account, User person) {
    return caller.tryCall(
        "accounts.identify", "{account: '%s', person: '%s'}".formatted(account.id(), person.id()));
  }

  private Http.Reply separate(User caller, User account) {
    return caller.tryCall("accounts.separate", "{account: '%s'}".formatted(account.id()));
  }

  private List<String> others(User person) {
    return ids(person.call("accounts.identities", "{}"));
  }

  private static List<String> ids(JsonNode found) {
    return found
        .path("accounts")
        .valueStream()
        .map(one -> one.at("/account/id").stringValue())
        .toList();
  }

  private static void assertRefused(Http.Reply reply, int status) {
    assertThat(reply.status()).as(reply.raw().body()).isEqualTo(status);
  }

  @Test
  void whoever_is_signed_in_as_both_says_that_they_are_one_and_takes_it_back() {
    JsonNode found = claim(ada, visitor.token()).body();
    assertThat(found.at("/account/id").stringValue()).isEqualTo(ada.id());
    assertThat(ids(found)).containsExactly(visitor.id());
    assertThat(found.at("/accounts/0/saidBy/id").stringValue()).isEqualTo(ada.id());
    assertThat(claim(ada, visitor.token()).body()).isEqualTo(found);
    assertThat(ids(separate(ada, visitor).body())).isEmpty();
    assertThat(others(ada)).isEmpty();
    assertThat(claim(server.user("bob"), visitor.token()).status()).isEqualTo(200);
  }

  @Test
  void an_integration_with_an_administrators_key_says_who_a_visitor_is() {
    String key =
        owner
            .call("apiKeys.create", "{label: 'chat', scopes: ['admin']}")
            .path("token")
            .stringValue();
    Http.Reply reply =
        server
            .http(key)
            .post(
                "/api/accounts/%s/identify".formatted(visitor.id()),
                "{\"person\":\"%s\"}".formatted(ada.id()));
    assertThat(ids(reply.body())).containsExactly(visitor.id());
    assertThat(reply.body().at("/accounts/0/saidBy/id").stringValue()).isEqualTo(owner.id());
    JsonNode seen = owner.call("accounts.identities", "{account: '%s'}".formatted(ada.id()));
    assertThat(ids(seen)).containsExactly(visitor.id());
    assertRefused(separate(owner, visitor), 200);
    assertThat(others(ada)).isEmpty();
  }

  @Test
  void who_took_accounts_apart_and_when_is_told_to_the_known_one_and_to_administrators() {
    claim(ada, visitor.token());
    server.clock().advance(Duration.ofMinutes(1));
    JsonNode before = ada.call("accounts.identities", "{}").at("/accounts/0");
    separate(owner, visitor);
    separate(owner, visitor);
    JsonNode found = ada.call("accounts.identities", "{}");
    assertThat(found.path("separations")).hasSize(1);
    JsonNode one = found.at("/separations/0");
    assertThat(one.at("/account/id").stringValue()).isEqualTo(visitor.id());
    assertThat(one.at("/saidBy/id").stringValue()).isEqualTo(ada.id());
    assertThat(one.path("at")).isEqualTo(before.path("at"));
    assertThat(one.at("/separatedBy/id").stringValue()).isEqualTo(owner.id());
    assertThat(one.path("separatedAt").stringValue()).isGreaterThan(one.path("at").stringValue());
    assertThat(owner.call("accounts.identities", "{account: '%s'}".formatted(ada.id())))
        .isEqualTo(found);
    assertThat(ada.call("accounts.export", "{}").at("/data/identities")).isEqualTo(found);
  }

  @Test
  void whoever_was_taken_apart_is_told_when_and_not_from_whom() {
    claim(ada, visitor.token());
    separate(ada, visitor);
    JsonNode seen = visitor.call("accounts.identities", "{}");
    JsonNode exported = visitor.call("accounts.export", "{}");
    assertThat(seen.path("separatedAt").isString()).isTrue();
    assertThat(seen.has("identifiedAt")).isFalse();
    assertThat(seen.path("separations")).isEmpty();
    assertThat(seen.toString() + exported).doesNotContain(ada.id(), ada.name());
  }

  @Test
  void what_was_taken_apart_is_forgotten_with_either_account() {
    claim(ada, visitor.token());
    separate(ada, visitor);
    visitor.call("accounts.delete", "{}");
    assertThat(ada.call("accounts.identities", "{}").path("separations")).isEmpty();

    User again = server.user("again");
    claim(ada, again.token());
    separate(ada, again);
    ada.call("accounts.delete", "{}");
    assertThat(again.call("accounts.identities", "{}").has("separatedAt")).isFalse();
    assertThat(rows("separations")).noneMatch(row -> row.contains(ada.id()));
  }

  @Test
  void the_newest_hundred_separations_are_kept() {
    for (int i = 0; i <= Identities.MOST_SEPARATIONS; i++) {
      claim(ada, visitor.token());
      separate(ada, visitor);
      server.clock().advance(Duration.ofSeconds(1));
    }
    JsonNode separations = ada.call("accounts.identities", "{}").path("separations");
    assertThat(separations).hasSize(Identities.MOST_SEPARATIONS);
    assertThat(separations)
        .extracting(one -> one.path("separatedAt").stringValue())
        .isSortedAccordingTo((one, other) -> other.compareTo(one));
  }

  @Test
  void nobody_else_says_who_somebody_is_or_sees_it() {
    User eve = server.user("eve");
    assertRefused(identify(eve, visitor, eve), 403);
    assertRefused(identify(eve, eve, ada), 403);
    claim(ada, visitor.token());
    assertRefused(separate(eve, visitor), 403);
    assertRefused(eve.tryCall("accounts.identities", "{account: '%s'}".formatted(ada.id())), 403);
    String narrow =
        owner
            .call("apiKeys.create", "{label: 'narrow', scopes: ['read', 'account']}")
            .path("token")
            .stringValue();
    String ofAda = "{\"account\":\"%s\"}".formatted(ada.id());
    assertRefused(server.http(narrow).post("/api/call/accounts.identities", ofAda), 403);
    assertRefused(server.http(narrow).post("/api/call/accounts.separate", ofAda), 403);
    assertThat(others(ada)).containsExactly(visitor.id());
  }

  @Test
  void an_administrator_says_it_only_of_those_below() {
    User admin = server.user("admin");
    owner.call("accounts.setRole", "{id: '%s', role: 'admin'}".formatted(admin.id()));
    assertRefused(identify(admin, owner, ada), 403);
    assertRefused(identify(admin, ada, owner), 403);
    assertRefused(identify(admin, ada, ada), 400);
    assertRefused(identify(admin, visitor, ada), 200);
  }

  @Test
  void a_token_that_is_made_up_over_or_too_narrow_proves_nothing() {
    String closed = visitor.newToken();
    server.http(closed).delete("/api/sessions/current");
    String key =
        visitor
            .call("apiKeys.create", "{label: 'k', scopes: ['read', 'write']}")
            .path("token")
            .stringValue();
    for (String token : List.of("made-up", "a.b.c", closed, key, ada.token())) {
      Http.Reply refused = claim(ada, token);
      assertRefused(refused, 400);
      assertThat(refused.body().path("field").stringValue()).isEqualTo("token");
    }
    assertThat(others(ada)).isEmpty();
  }

  @Test
  void an_expired_token_proves_nothing() {
    String token = visitor.newToken();
    Rows.change(
        server,
        "UPDATE sessions SET expires_at = %d WHERE account = '%s'"
            .formatted(server.clock().millis() + 60_000, visitor.id()));
    server.clock().advance(Duration.ofMinutes(2));
    assertRefused(claim(ada, token), 400);
    assertThat(others(ada)).isEmpty();
  }

  @Test
  void an_account_is_one_persons_and_that_ones_alone() {
    User bob = server.user("bob");
    claim(ada, visitor.token());
    assertRefused(claim(bob, visitor.token()), 409);
    assertRefused(claim(visitor, bob.token()), 409);
    assertRefused(identify(owner, ada, visitor), 409);
    assertThat(others(ada)).containsExactly(visitor.id());
    assertThat(others(bob)).isEmpty();
  }

  @Test
  void a_disabled_account_becomes_nobodys_and_has_no_others() {
    owner.call("accounts.disable", "{id: '%s'}".formatted(visitor.id()));
    assertRefused(identify(owner, visitor, ada), 409);
    assertRefused(identify(owner, ada, visitor), 409);
    assertThat(others(ada)).isEmpty();
  }

  @Test
  void who_turns_out_to_be_somebody_else_brings_all_along() {
    User bob = server.user("bob");
    claim(ada, visitor.token());
    claim(bob, ada.token());
    assertThat(others(bob)).containsExactlyInAnyOrder(ada.id(), visitor.id());
    assertThat(others(ada)).isEmpty();
  }

  @Test
  void a_visitor_is_not_told_who_signed_in_later_and_may_still_part() {
    claim(ada, visitor.token());
    JsonNode seen = visitor.call("accounts.identities", "{}");
    JsonNode exported = visitor.call("accounts.export", "{}");
    assertThat(seen.path("identifiedAt").isString()).isTrue();
    assertThat(exported.at("/data/identities/identifiedAt").isString()).isTrue();
    assertThat(seen.toString() + exported).doesNotContain(ada.id(), ada.name());
    assertRefused(separate(visitor, visitor), 200);
    assertThat(others(ada)).isEmpty();
  }

  @Test
  void rights_stay_with_the_account_that_has_them() {
    String room = visitor.room("Visitors", "private");
    visitor.post(room, "just looking");
    claim(ada, visitor.token());
    assertRefused(ada.tryCall("conversations.get", "{id: '%s'}".formatted(room)), 404);
    assertRefused(ada.tryCall("messages.list", "{conversation: '%s'}".formatted(room)), 404);
    claim(ada, owner.token());
    assertRefused(ada.tryCall("invitations.list", "{}"), 403);
    separate(ada, owner);
  }

  @Test
  void nobody_has_more_than_twenty_other_accounts() {
    for (int i = 0; i < Person.MOST; i++) {
      String id = "spare" + i + ada.id().substring(0, 20);
      Rows.change(
          server,
          "INSERT INTO actors (id, kind, name, name_key) VALUES ('%1$s', 'account', '%1$s', '%1$s')"
              .formatted(id));
      Rows.change(
          server,
          "INSERT INTO accounts (id, role, created_at) VALUES ('%s', 'member', 0)".formatted(id));
      Rows.change(
          server,
          "INSERT INTO identities (account, person, said_by, at) VALUES ('%s', '%s', '%s', 0)"
              .formatted(id, ada.id(), ada.id()));
    }
    assertRefused(claim(ada, visitor.token()), 413);
    assertThat(others(ada)).hasSize(Person.MOST).doesNotContain(visitor.id());
  }

  @Test
  void it_goes_with_either_account_and_is_taken_along() {
    claim(ada, visitor.token());
    assertThat(ids(ada.call("accounts.export", "{}").at("/data/identities")))
        .containsExactly(visitor.id());
    visitor.call("accounts.delete", "{}");
    assertThat(others(ada)).isEmpty();
    assertRefused(identify(owner, visitor, ada), 404);

    User again = server.user("again");
    claim(ada, again.token());
    ada.call("accounts.delete", "{}");
    assertThat(again.call("accounts.identities", "{}").has("identifiedAt")).isFalse();
    assertThat(rows("identities")).noneMatch(row -> row.contains(ada.id()));
  }

  private List<String> rows(String table) {
    return Rows.all(server).getOrDefault(table, List.of());
  }

  @SafeVarargs
  private static List<Integer> atOnce(Supplier<Http.Reply>... calls) {
    return Stream.of(calls).map(CompletableFuture::supplyAsync).toList().stream()
        .map(call -> call.join().status())
        .toList();
  }

  @Test
  void of_two_who_claim_a_visitor_at_once_one_succeeds() {
    User bob = server.user("bob");
    for (int i = 0; i < ROUNDS; i++) {
      assertThat(atOnce(() -> claim(ada, visitor.token()), () -> claim(bob, visitor.token())))
          .containsExactlyInAnyOrder(200, 409);
      separate(visitor, visitor);
    }
  }

  @Test
  void of_two_who_claim_each_other_at_once_one_succeeds() {
    for (int i = 0; i < ROUNDS; i++) {
      assertThat(atOnce(() -> claim(ada, visitor.token()), () -> claim(visitor, ada.token())))
          .containsExactlyInAnyOrder(200, 409);
      separate(visitor, visitor);
      separate(ada, ada);
    }
  }

  @Test
  void an_account_that_is_taken_apart_by_two_at_once_is_taken_apart_once() {
    for (int i = 0; i < ROUNDS; i++) {
      claim(ada, visitor.token());
      assertThat(atOnce(() -> separate(ada, visitor), () -> separate(visitor, visitor)))
          .contains(200);
      assertThat(ada.call("accounts.identities", "{}").path("separations")).hasSize(i + 1);
      server.clock().advance(Duration.ofSeconds(1));
    }
  }

  @Test
  void links_that_are_made_at_once_make_no_chain() {
    User bob = server.user("bob");
    for (int i = 0; i < ROUNDS; i++) {
      assertThat(atOnce(() -> claim(ada, visitor.token()), () -> claim(bob, ada.token())))
          .contains(200);
      assertThat(others(bob)).contains(ada.id());
      assertThat(others(ada)).isEmpty();
      Stream.of(ada, visitor).forEach(one -> separate(one, one));
    }
  }
}

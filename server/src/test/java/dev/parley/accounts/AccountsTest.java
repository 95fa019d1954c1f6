package dev.parley.accounts;

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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

@OnBothDatabases
class AccountsTest {
  @Parameter private Database database;
  private TestServer server;
  private User owner;

  @BeforeParameterizedClassInvocation
  void start() {
    server = TestServer.start(database);
    owner = server.owner();
  }

  @AfterParameterizedClassInvocation
  void stop() {
    server.close();
  }

  @Test
  void whoever_registers_can_sign_in_and_is_what_they_said() {
    Http.Reply registered = register("Ada.L", User.PASSWORD, ",\"displayName\":\"Ada Lovelace\"");
    assertThat(registered.status()).as(registered.raw().body()).isEqualTo(201);
    assertThat(registered.body().at("/account/role").stringValue()).isEqualTo("member");
    assertThat(registered.body().toString()).doesNotContain("password", User.PASSWORD);
    JsonNode session = signIn("ada.l", User.PASSWORD).body();
    assertThat(session.path("account")).isEqualTo(registered.body().path("account"));
    JsonNode me = server.http(session.path("token").stringValue()).get("/api/accounts/me").body();
    assertThat(me.at("/account/displayName").stringValue()).isEqualTo("Ada Lovelace");
    assertThat(me.at("/account/name").stringValue()).isEqualTo("Ada.L");
  }

  @Test
  void no_secret_is_stored_as_it_is() {
    User ada = server.user("ada");
    String key = ada.call("apiKeys.create", "{label: 'k'}").path("token").stringValue();
    String code = owner.call("invitations.create", "{}").path("code").stringValue();
    assertThat(Rows.dump(server))
        .contains("$argon2id$v=19$m=19456,t=2,p=1$")
        .doesNotContain(ada.token(), key, code, User.PASSWORD);
  }

  @Test
  void a_name_is_taken_whatever_its_case_and_once_even_at_once() {
    String name = server.user("Grace").name();
    assertThat(register(name.toUpperCase(java.util.Locale.ROOT), User.PASSWORD, "").status())
        .isEqualTo(409);
    List<CompletableFuture<Integer>> tries = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      String spelt = i % 2 == 0 ? "racer" : "RACER";
      tries.add(CompletableFuture.supplyAsync(() -> register(spelt, User.PASSWORD, "").status()));
    }
    assertThat(tries.stream().map(CompletableFuture::join))
        .containsOnlyOnce(201)
        .containsOnly(201, 409);
  }

  @Test
  void the_names_of_the_deleted_are_nobody_elses() {
    User ada = server.user("ada");
    Http.Reply squatter = register("Deleted-" + ada.id(), User.PASSWORD, "");
    assertThat(squatter.status()).isEqualTo(400);
    assertThat(squatter.body().path("field").stringValue()).isEqualTo("name");
    ada.call("accounts.delete", "{}");
    assertThat(signIn(ada.name(), User.PASSWORD).status()).isEqualTo(401);
    assertThat(owner.tryCall("accounts.get", "{id: '%s'}".formatted(ada.id())).status())
        .isEqualTo(404);
    assertThat(register(ada.name(), User.PASSWORD, "").status()).isEqualTo(201);
  }

  @Test
  void a_wrong_password_and_an_unknown_name_are_refused_alike() {
    User ada = server.user("ada");
    JsonNode wrong = signIn(ada.name(), "not the password").body();
    JsonNode unknown = signIn("nobody-" + ada.name(), "not the password").body();
    for (JsonNode one : List.of(wrong, unknown)) {
      assertThat(one.path("status").intValue()).isEqualTo(401);
      assertThat(one.path("detail").stringValue())
          .isEqualTo("Name and password do not match an account");
    }
  }

  @Test
  void guessing_is_slowed_down_until_time_has_passed() {
    User ada = server.user("ada");
    for (int i = 0; i < 5; i++) {
      assertThat(signIn(ada.name(), "wrong guess " + i).status()).isEqualTo(401);
    }
    Http.Reply early = signIn(ada.name(), User.PASSWORD);
    assertThat(early.status()).isEqualTo(429);
    assertThat(early.body().path("retryAfterMs").longValue()).isBetween(1L, 1_000L);
    assertThat(early.header("Retry-After")).isEqualTo("1");
    assertThat(signIn(server.user("bob").name(), User.PASSWORD).status()).isEqualTo(201);
    server.clock().advance(Duration.ofSeconds(2));
    assertThat(signIn(ada.name(), "wrong again").status()).isEqualTo(401);
    assertThat(signIn(ada.name(), User.PASSWORD).body().path("retryAfterMs").longValue())
        .isBetween(1_000L, 2_000L);
    server.clock().advance(Duration.ofSeconds(3));
    assertThat(signIn(ada.name(), User.PASSWORD).status()).isEqualTo(201);
    assertThat(signIn(ada.name(), User.PASSWORD).status()).isEqualTo(201);
  }

  @Test
  void many_guesses_at_once_are_no_way_around_the_wait() {
    User ada = server.user("ada");
    List<CompletableFuture<Integer>> guesses = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String guess = "a wrong guess " + i;
      guesses.add(
          CompletableFuture.supplyAsync(
              () -> signIn(ada.name(), guess).status(), Thread::startVirtualThread));
    }
    List<Integer> answers = guesses.stream().map(CompletableFuture::join).toList();
    assertThat(answers).filteredOn(status -> status == 401).hasSizeLessThanOrEqualTo(6);
    assertThat(answers).containsOnly(401, 429);
  }

  @Test
  void an_open_session_is_no_way_to_guess_the_password() {
    User ada = server.user("ada");
    String guess = "{current: 'wrong %d', password: 'battery staple'}";
    for (int i = 0; i < 5; i++) {
      assertThat(ada.tryCall("accounts.changePassword", guess.formatted(i)).status())
          .isEqualTo(403);
    }
    assertThat(ada.tryCall("accounts.changePassword", guess.formatted(5)).status()).isEqualTo(429);
  }

  @Test
  void sessions_are_listed_page_by_page_and_without_their_tokens() {
    User ada = server.user("ada");
    ada.newToken();
    ada.newToken();
    JsonNode first = ada.http().get("/api/sessions?limit=2").body();
    assertThat(first.path("items")).hasSize(2);
    JsonNode rest =
        ada.http().get("/api/sessions?limit=2&cursor=" + first.path("next").stringValue()).body();
    assertThat(rest.path("items")).hasSize(1);
    assertThat(rest.has("next")).isFalse();
    assertThat(first.toString()).doesNotContain(ada.token(), "token", "hash");
    long current = 0;
    for (JsonNode one : ada.call("sessions.list", "{}").path("items")) {
      current += one.path("current").booleanValue() ? 1 : 0;
    }
    assertThat(current).isEqualTo(1);
  }

  @Test
  void an_api_key_does_what_its_scopes_say_and_makes_no_mightier_one() {
    User ada = server.user("ada");
    JsonNode made = ada.call("apiKeys.create", "{label: 'reader', scopes: ['read', 'account']}");
    Http byKey = server.http(made.path("token").stringValue());
    assertThat(byKey.get("/api/conversations").status()).isEqualTo(200);
    Http.Reply refused = byKey.post("/api/conversations", "{\"kind\":\"room\",\"title\":\"No\"}");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(byKey.post("/api/api-keys", "{\"label\":\"x\",\"scopes\":[\"write\"]}").status())
        .isEqualTo(403);
    assertThat(byKey.post("/api/api-keys", "{\"label\":\"x\",\"scopes\":[]}").status())
        .isEqualTo(403);
    JsonNode child = byKey.post("/api/api-keys", "{\"label\":\"x\"}").body();
    assertThat(child.at("/apiKey/scopes").toString()).isEqualTo("[\"account\",\"read\"]");
    assertThat(ada.tryCall("apiKeys.create", "{label: 'x', scopes: ['admin']}").status())
        .isEqualTo(403);
    assertThat(ada.call("apiKeys.list", "{}").toString()).doesNotContain("token", "pk_");
  }

  @Test
  void a_key_of_an_administrator_is_worth_no_more_than_the_role_of_today() {
    User ada = server.user("ada");
    owner.call("accounts.setRole", "{id: '%s', role: 'admin'}".formatted(ada.id()));
    String key = ada.call("apiKeys.create", "{label: 'ops'}").path("token").stringValue();
    assertThat(server.http(key).get("/api/invitations").status()).isEqualTo(200);
    owner.call("accounts.setRole", "{id: '%s', role: 'member'}".formatted(ada.id()));
    assertThat(server.http(key).get("/api/invitations").status()).isEqualTo(403);
  }

  @Test
  void an_account_has_at_most_a_hundred_keys_and_they_end_when_they_say() {
    User ada = server.user("ada");
    assertThat(
            ada.tryCall("apiKeys.create", "{label: 'x', expiresAt: '2001-01-01T00:00:00Z'}")
                .body()
                .path("field")
                .stringValue())
        .isEqualTo("expiresAt");
    String end = server.clock().instant().plusSeconds(3_600).toString();
    String key =
        ada.call("apiKeys.create", "{label: 'x', expiresAt: '%s'}".formatted(end))
            .path("token")
            .stringValue();
    assertThat(server.http(key).get("/api/accounts/me").status()).isEqualTo(200);
    for (int i = 1; i < 100; i++) {
      ada.call("apiKeys.create", "{label: 'x'}");
    }
    Http.Reply oneMore = ada.tryCall("apiKeys.create", "{label: 'x'}");
    assertThat(oneMore.status()).isEqualTo(413);
    assertThat(oneMore.body().path("limit").intValue()).isEqualTo(100);
    server.clock().advance(Duration.ofHours(2));
    assertThat(server.http(key).get("/api/accounts/me").status()).isEqualTo(401);
  }

  @Test
  void an_invitation_can_be_used_as_often_as_it_says_even_at_once() {
    String code = owner.call("invitations.create", "{uses: 2}").path("code").stringValue();
    List<CompletableFuture<Integer>> tries = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      String name = "invited-%d-%s".formatted(i, database);
      tries.add(
          CompletableFuture.supplyAsync(
              () -> register(name.replace('_', '-'), User.PASSWORD, invited(code)).status(),
              Thread::startVirtualThread));
    }
    List<Integer> answers = tries.stream().map(CompletableFuture::join).toList();
    assertThat(answers).filteredOn(status -> status == 201).hasSize(2);
    assertThat(answers).filteredOn(status -> status == 403).hasSize(3);
  }

  @Test
  void an_invitation_ends_by_time_and_by_revocation() {
    String late = owner.call("invitations.create", "{days: 1}").path("code").stringValue();
    JsonNode revoked = owner.call("invitations.create", "{}");
    String id = revoked.at("/invitation/id").stringValue();
    assertThat(owner.call("invitations.list", "{}").toString()).contains(id).doesNotContain(late);
    owner.call("invitations.revoke", "{id: '%s'}".formatted(id));
    assertThat(owner.tryCall("invitations.revoke", "{id: '%s'}".formatted(id)).status())
        .isEqualTo(404);
    assertThat(register("r1", User.PASSWORD, invited(revoked.path("code").stringValue())).status())
        .isEqualTo(403);
    server.clock().advance(Duration.ofDays(2));
    assertThat(register("r2", User.PASSWORD, invited(late)).status()).isEqualTo(403);
    assertThat(register("r3", User.PASSWORD, invited("no such code")).status()).isEqualTo(403);
  }

  @Test
  void nobody_rises_above_their_place() {
    User admin = admin("climber");
    User peer = admin("peer");
    User member = server.user("member");
    String ofMember = "{id: '%s'}".formatted(member.id());
    String ofPeer = "{id: '%s'}".formatted(peer.id());
    String ofOwner = "{id: '%s'}".formatted(owner.id());
    for (String target : List.of(ofPeer, ofOwner)) {
      assertThat(admin.tryCall("accounts.disable", target).status()).isEqualTo(403);
      assertThat(admin.tryCall("accounts.resetPassword", target).status()).isEqualTo(403);
      assertThat(admin.tryCall("accounts.delete", target).status()).isEqualTo(403);
    }
    String give = "{id: '%s', role: '%s'}";
    for (String role : List.of("owner", "admin", "member")) {
      assertThat(admin.tryCall("accounts.setRole", give.formatted(admin.id(), role)).status())
          .isEqualTo(403);
      assertThat(admin.tryCall("accounts.setRole", give.formatted(member.id(), role)).status())
          .isEqualTo(403);
    }
    assertThat(owner.tryCall("accounts.setRole", give.formatted(member.id(), "owner")).status())
        .isEqualTo(403);
    assertThat(owner.tryCall("accounts.setRole", give.formatted(owner.id(), "member")).status())
        .isEqualTo(403);
    assertThat(owner.tryCall("accounts.delete", "{}").status()).isEqualTo(403);
    assertThat(admin.tryCall("invitations.create", "{role: 'admin'}").status()).isEqualTo(403);
    assertThat(owner.tryCall("invitations.create", "{role: 'owner'}").status()).isEqualTo(403);
    for (String function :
        List.of("accounts.disable", "accounts.resetPassword", "accounts.delete")) {
      assertThat(member.tryCall(function, ofPeer).status()).isEqualTo(403);
    }
    assertThat(member.tryCall("invitations.create", "{}").status()).isEqualTo(403);
    assertThat(admin.tryCall("accounts.disable", ofMember).status()).isEqualTo(200);
  }

  @Test
  void an_administrator_of_yesterday_does_not_come_back_by_a_code_of_yesterday() {
    User admin = admin("fallen");
    User member = server.user("member");
    String reset =
        admin
            .call("accounts.resetPassword", "{id: '%s'}".formatted(member.id()))
            .path("code")
            .stringValue();
    String invitation = admin.call("invitations.create", "{}").path("code").stringValue();
    owner.call("accounts.disable", "{id: '%s'}".formatted(admin.id()));
    assertThat(useReset(reset).status()).isEqualTo(403);
    assertThat(register("comeback", User.PASSWORD, invited(invitation)).status()).isEqualTo(403);
    assertThat(signIn(member.name(), User.PASSWORD).status()).isEqualTo(201);
  }

  @Test
  void a_reset_is_for_one_use_and_one_day_and_void_when_the_password_is_changed() {
    User ada = server.user("ada");
    String first = resetCode(ada);
    String second = resetCode(ada);
    assertThat(useReset(first).status()).isEqualTo(403);
    server.clock().advance(Duration.ofHours(25));
    assertThat(useReset(second).status()).isEqualTo(403);
    String third = resetCode(ada);
    ada.call(
        "accounts.changePassword",
        "{current: '%s', password: 'battery staple'}".formatted(User.PASSWORD));
    assertThat(useReset(third).status()).isEqualTo(403);
    assertThat(register("by-reset", User.PASSWORD, invited(resetCode(ada))).status())
        .isEqualTo(403);
  }

  @Test
  void accounts_are_found_by_the_beginning_of_their_names() {
    List<String> wanted = List.of("zeta", "zeta-9", "zeta.b", "zeta1", "zeta_q", "zetaZ");
    wanted.forEach(name -> register(name, User.PASSWORD, ""));
    register("zet", User.PASSWORD, "");
    List<String> found = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = owner.http().get("/api/accounts?query=ZeTa&limit=2" + cursor).body();
      page.path("items").forEach(item -> found.add(item.path("name").stringValue()));
      cursor = page.has("next") ? "&cursor=" + page.path("next").stringValue() : "";
    } while (!cursor.isEmpty());
    assertThat(found).containsExactlyInAnyOrderElementsOf(wanted);
  }

  @Test
  void an_export_holds_what_the_account_said_and_is() {
    User ada = server.user("ada");
    String room = ada.room("Attic");
    ada.post(room, "something of mine");
    JsonNode export = ada.http().get("/api/accounts/me/export").body();
    assertThat(export.at("/account/id").stringValue()).isEqualTo(ada.id());
    assertThat(export.toString()).contains("something of mine", room);
    assertThat(export.toString()).doesNotContain("argon2", ada.token());
  }

  @Test
  void a_deleted_account_leaves_its_words_but_not_its_name() {
    User ada = server.user("nameless");
    ada.call("accounts.update", "{displayName: 'Ada the Unforgettable'}");
    User bob = server.user("bob");
    String room = bob.room("Agora");
    ada.join(room);
    ada.post(room, "words that stay");
    bob.post(room, "hello @" + ada.name());
    ada.call("accounts.delete", "{}");
    assertThat(bob.call("messages.list", "{conversation: '%s'}".formatted(room)).toString())
        .contains("words that stay", "deleted-" + ada.id())
        .doesNotContain("Unforgettable");
    try (Socket socket = bob.socket()) {
      socket.call("conversations.subscribe", "{id: '%s', afterSeq: 0}".formatted(room));
      socket.event("caughtUp");
    }
    assertThat(namesIn(Rows.all(server))).doesNotContain("Ada the Unforgettable");
  }

  private static String namesIn(Map<String, List<String>> rows) {
    return rows.get("actors") + " " + rows.get("log") + " " + rows.get("accounts");
  }

  @Test
  void a_deletion_with_messages_erases_them_everywhere() {
    User ada = server.user("ada");
    User bob = server.user("bob");
    String room = bob.room("Agora");
    ada.join(room);
    JsonNode message = ada.post(room, "quixotic zeppelins");
    String edit = "{id: '%s', content: 'quixotic airships'}";
    ada.call("messages.edit", edit.formatted(message.path("id").stringValue()));
    Awaitility.await().until(() -> hits(bob, "quixotic") == 1);
    Http.Reply deleted =
        ada.http()
            .send(
                "POST",
                "/api/accounts/delete",
                Optional.of("{\"messages\":true}"),
                Map.of("Content-Type", "application/json", "Idempotency-Key", "delete-me"));
    assertThat(deleted.status()).as(deleted.raw().body()).isEqualTo(200);
    assertThat(Rows.dump(server)).doesNotContain("quixotic", "zeppelin", "airship");
    assertThat(bob.call("messages.list", "{conversation: '%s'}".formatted(room)).toString())
        .contains("deletedAt")
        .doesNotContain("quixotic");
    Awaitility.await().until(() -> hits(bob, "quixotic") == 0);
    assertThat(bob.call("conversations.get", "{id: '%s'}".formatted(room)).toString())
        .contains("\"members\":1");
  }

  @Test
  void a_deletion_reaches_rooms_that_the_account_was_removed_from() {
    User ada = server.user("ada");
    User bob = server.user("bob");
    String room = bob.room("Senate");
    ada.join(room);
    ada.post(room, "perfidious marmalade");
    bob.call("conversations.remove", "{id: '%s', member: '%s'}".formatted(room, ada.id()));
    ada.call("accounts.delete", "{messages: true}");
    assertThat(Rows.dump(server)).doesNotContain("marmalade");
    assertThat(namesIn(Rows.all(server))).doesNotContain('"' + ada.name() + '"');
  }

  private static int hits(User user, String text) {
    return user.call("messages.search", "{text: '%s'}".formatted(text)).path("items").size();
  }

  @Test
  void there_is_one_owner_and_no_second_link() {
    assertThat(owner.call("accounts.me", "{}").at("/account/role").stringValue())
        .isEqualTo("owner");
    try (TestServer other = TestServer.start(database)) {
      other.owner();
      other.restart();
      assertThat(Rows.all(other).get("accounts"))
          .filteredOn(row -> row.contains("owner"))
          .hasSize(1);
      assertThat(Rows.all(other).get("invitations"))
          .singleElement(InstanceOfAssertFactories.STRING)
          .startsWith("[")
          .endsWith(", 0]");
    }
  }

  @Test
  void who_may_register_is_what_the_configuration_says() {
    try (TestServer closed = TestServer.start(database, Map.of("PARLEY_REGISTRATION", "closed"));
        TestServer invite = TestServer.start(database, Map.of("PARLEY_REGISTRATION", "invite"))) {
      User closedOwner = closed.owner();
      User inviteOwner = invite.owner();
      for (TestServer one : List.of(closed, invite)) {
        assertThat(register(one, "stranger", User.PASSWORD, "").status()).isEqualTo(403);
      }
      String useless = closedOwner.call("invitations.create", "{}").path("code").stringValue();
      assertThat(register(closed, "guest", User.PASSWORD, invited(useless)).status())
          .isEqualTo(403);
      JsonNode code = inviteOwner.call("invitations.create", "{role: 'admin'}");
      Http.Reply invited =
          register(invite, "guest", User.PASSWORD, invited(code.path("code").stringValue()));
      assertThat(invited.body().at("/account/role").stringValue()).isEqualTo("admin");
    }
  }

  private User admin(String name) {
    User user = server.user(name);
    owner.call("accounts.setRole", "{id: '%s', role: 'admin'}".formatted(user.id()));
    return user;
  }

  private String resetCode(User user) {
    return owner
        .call("accounts.resetPassword", "{id: '%s'}".formatted(user.id()))
        .path("code")
        .stringValue();
  }

  private static String invited(String code) {
    return ",\"invitation\":\"" + code + "\"";
  }

  private Http.Reply register(String name, String password, String more) {
    return register(server, name, password, more);
  }

  private static Http.Reply register(TestServer server, String name, String password, String more) {
    String body = "{\"name\":\"%s\",\"password\":\"%s\"%s}".formatted(name, password, more);
    return server.http().post("/api/accounts", body);
  }

  private Http.Reply signIn(String name, String password) {
    String body = "{\"name\":\"%s\",\"password\":\"%s\"}".formatted(name, password);
    return server.http().post("/api/sessions", body);
  }

  private Http.Reply useReset(String code) {
    String body = "{\"code\":\"%s\",\"password\":\"a new password\"}".formatted(code);
    return server.http().post("/api/accounts/password-reset", body);
  }
}

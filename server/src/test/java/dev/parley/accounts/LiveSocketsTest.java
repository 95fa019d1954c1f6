package dev.parley.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Database;
import dev.parley.testing.Http;
import dev.parley.testing.OnBothDatabases;
import dev.parley.testing.Socket;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

/** What ends a right ends it on live sockets at once, though they neither ask nor send. */
@OnBothDatabases
class LiveSocketsTest {
  private static final int ENDED = 3500;
  private static final String OTHER_PASSWORD = "battery staple";

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
  void a_revoked_session_closes_its_sockets_and_no_others() {
    User ada = server.user("ada");
    try (Socket revoked = Socket.open(server, Optional.of(ada.newToken()));
        Socket kept = ada.socket()) {
      String session = otherSession(ada);
      ada.call("sessions.revoke", "{id: '%s'}".formatted(session));
      assertThat(revoked.closeCode()).isEqualTo(ENDED);
      assertThat(kept.call("accounts.me", "{}").at("/account/id").stringValue())
          .isEqualTo(ada.id());
    }
  }

  private static String otherSession(User user) {
    for (JsonNode session : user.call("sessions.list", "{}").path("items")) {
      if (!session.path("current").booleanValue()) {
        return session.path("id").stringValue();
      }
    }
    throw new AssertionError("there is no other session");
  }

  @Test
  void nobody_revokes_the_session_of_somebody_else() {
    User ada = server.user("ada");
    User bob = server.user("bob");
    String session = ada.call("sessions.list", "{}").at("/items/0/id").stringValue();
    assertThat(bob.tryCall("sessions.revoke", "{id: '%s'}".formatted(session)).status())
        .isEqualTo(404);
    assertThat(ada.http().get("/api/accounts/me").status()).isEqualTo(200);
  }

  @Test
  void signing_out_over_http_closes_the_sockets_of_that_session() {
    User ada = server.user("ada");
    try (Socket socket = ada.socket()) {
      assertThat(ada.http().delete("/api/sessions/current").status()).isEqualTo(200);
      assertThat(socket.closeCode()).isEqualTo(ENDED);
      assertThat(ada.http().get("/api/accounts/me").status()).isEqualTo(401);
    }
  }

  @Test
  void signing_out_on_the_socket_is_answered_before_it_closes() {
    User ada = server.user("ada");
    try (Socket socket = ada.socket()) {
      assertThat(socket.call("sessions.close", "{}").isEmpty()).isTrue();
      assertThat(socket.closeCode()).isEqualTo(ENDED);
    }
  }

  @Test
  void a_disabled_account_loses_sockets_sessions_and_keys_and_gets_only_its_password_back() {
    User ada = server.user("ada");
    String key = apiKey(ada, "");
    try (Socket bySession = ada.socket();
        Socket byKey = Socket.open(server, Optional.of(key))) {
      owner.call("accounts.disable", "{id: '%s'}".formatted(ada.id()));
      assertThat(bySession.closeCode()).isEqualTo(ENDED);
      assertThat(byKey.closeCode()).isEqualTo(ENDED);
    }
    assertThat(signIn(ada, User.PASSWORD).status()).isEqualTo(401);
    owner.call("accounts.disable", "{id: '%s', on: false}".formatted(ada.id()));
    assertThat(ada.http().get("/api/accounts/me").status()).isEqualTo(401);
    assertThat(server.http(key).get("/api/accounts/me").status()).isEqualTo(401);
    assertThat(signIn(ada, User.PASSWORD).status()).isEqualTo(201);
  }

  @Test
  void a_deleted_account_loses_its_sockets_wherever_it_was_deleted() {
    User ada = server.user("ada");
    User bob = server.user("bob");
    try (Socket byOwner = ada.socket();
        Socket first = bob.socket();
        Socket second = bob.socket()) {
      owner.call("accounts.delete", "{id: '%s'}".formatted(ada.id()));
      assertThat(byOwner.closeCode()).isEqualTo(ENDED);
      assertThat(first.call("accounts.delete", "{}").isEmpty()).isTrue();
      assertThat(first.closeCode()).isEqualTo(ENDED);
      assertThat(second.closeCode()).isEqualTo(ENDED);
    }
  }

  @Test
  void a_revoked_key_closes_its_sockets_only() {
    User ada = server.user("ada");
    String key = apiKey(ada, "");
    try (Socket byKey = Socket.open(server, Optional.of(key));
        Socket bySession = ada.socket()) {
      String id = ada.call("apiKeys.list", "{}").at("/items/0/id").stringValue();
      ada.call("apiKeys.revoke", "{id: '%s'}".formatted(id));
      assertThat(byKey.closeCode()).isEqualTo(ENDED);
      assertThat(server.http(key).get("/api/accounts/me").status()).isEqualTo(401);
      bySession.call("accounts.me", "{}");
    }
  }

  @Test
  void a_new_password_ends_the_other_sessions_and_keeps_this_one_and_the_keys() {
    User ada = server.user("ada");
    String key = apiKey(ada, "");
    try (Socket mine = ada.socket();
        Socket other = Socket.open(server, Optional.of(ada.newToken()));
        Socket byKey = Socket.open(server, Optional.of(key))) {
      mine.call("accounts.changePassword", passwords(User.PASSWORD, OTHER_PASSWORD));
      assertThat(other.closeCode()).isEqualTo(ENDED);
      mine.call("accounts.me", "{}");
      byKey.call("accounts.me", "{}");
    }
    assertThat(signIn(ada, User.PASSWORD).status()).isEqualTo(401);
    assertThat(signIn(ada, OTHER_PASSWORD).status()).isEqualTo(201);
  }

  @Test
  void a_password_reset_ends_all_sessions() {
    User ada = server.user("ada");
    String code =
        owner
            .call("accounts.resetPassword", "{id: '%s'}".formatted(ada.id()))
            .path("code")
            .stringValue();
    try (Socket socket = ada.socket()) {
      Http.Reply used = useReset(code, OTHER_PASSWORD);
      assertThat(used.status()).isEqualTo(200);
      assertThat(socket.closeCode()).isEqualTo(ENDED);
    }
    assertThat(useReset(code, "a third password").status()).isEqualTo(403);
    assertThat(signIn(ada, OTHER_PASSWORD).status()).isEqualTo(201);
  }

  @Test
  void a_session_that_expires_is_announced_a_minute_before_and_closed() {
    User ada = server.user("ada");
    String key = apiKey(ada, ", expiresAt: '%s'".formatted(in(Duration.ofMinutes(20))));
    try (Socket socket = Socket.open(server, Optional.of(key))) {
      Instant end = in(Duration.ofMinutes(20));
      socket.call("system.ping", "{}");
      assertThat(socket.eventsSoFar()).isEmpty();
      server.clock().advance(Duration.ofMinutes(19).plusSeconds(10));
      JsonNode ending = socket.event("session.ending");
      assertThat(Instant.parse(ending.at("/data/at").stringValue()))
          .isBetween(end.minusSeconds(30), end.plusSeconds(30));
      server.clock().advance(Duration.ofMinutes(1));
      assertThat(socket.closeCode()).isEqualTo(ENDED);
    }
    assertThat(server.http(key).get("/api/accounts/me").status()).isEqualTo(401);
  }

  private Instant in(Duration time) {
    return server.clock().instant().plus(time);
  }

  @Test
  void a_role_counts_from_the_moment_it_is_given_until_the_moment_it_is_taken() {
    User ada = server.user("ada");
    String give = "{id: '%s', role: '%s'}";
    try (Socket socket = ada.socket()) {
      assertThat(socket.refused("invitations.list", "{}").path("code").intValue())
          .isEqualTo(-32002);
      owner.call("accounts.setRole", give.formatted(ada.id(), "admin"));
      socket.call("invitations.list", "{}");
      assertThat(ada.http().get("/api/invitations").status()).isEqualTo(200);
      owner.call("accounts.setRole", give.formatted(ada.id(), "member"));
      assertThat(socket.refused("invitations.list", "{}").path("code").intValue())
          .isEqualTo(-32002);
      assertThat(ada.http().get("/api/invitations").status()).isEqualTo(403);
    }
  }

  @Test
  void a_socket_is_signed_in_once_and_only_by_a_good_token() {
    User ada = server.user("ada");
    try (Socket socket = Socket.open(server, Optional.empty())) {
      assertThat(socket.refused("accounts.me", "{}").path("code").intValue()).isEqualTo(-32001);
      assertThat(socket.refused("no.such", "{}").path("code").intValue()).isEqualTo(-32001);
      assertThat(socket.refused("sessions.resume", "{token: 'x'}").path("code").intValue())
          .isEqualTo(-32001);
      String resume = "{token: '%s'}".formatted(ada.token());
      assertThat(socket.call("sessions.resume", resume).at("/account/name").stringValue())
          .isEqualTo(ada.name());
      assertThat(socket.refused("sessions.resume", resume).path("code").intValue())
          .isEqualTo(-32004);
      String open = "{name: '%s', password: '%s'}".formatted(ada.name(), User.PASSWORD);
      assertThat(socket.refused("sessions.open", open).path("code").intValue()).isEqualTo(-32004);
      assertThat(socket.refused("no.such", "{}").path("code").intValue()).isEqualTo(-32601);
    }
  }

  private static String apiKey(User user, String more) {
    return user.call("apiKeys.create", "{label: 'service'%s}".formatted(more))
        .path("token")
        .stringValue();
  }

  private static String passwords(String current, String next) {
    return "{current: '%s', password: '%s'}".formatted(current, next);
  }

  private Http.Reply signIn(User user, String password) {
    return server
        .http()
        .post(
            "/api/sessions",
            "{\"name\":\"%s\",\"password\":\"%s\"}".formatted(user.name(), password));
  }

  private Http.Reply useReset(String code, String password) {
    return server
        .http()
        .post(
            "/api/accounts/password-reset",
            "{\"code\":\"%s\",\"password\":\"%s\"}".formatted(code, password));
  }
}

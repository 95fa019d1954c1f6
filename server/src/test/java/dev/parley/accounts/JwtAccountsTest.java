package dev.parley.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.parley.testing.Database;
import dev.parley.testing.Folder;
import dev.parley.testing.Http;
import dev.parley.testing.OnBothDatabases;
import dev.parley.testing.Socket;
import dev.parley.testing.TestServer;
import dev.parley.testing.User;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** Accounts of people who sign in elsewhere, here by ES256. */
@OnBothDatabases
class JwtAccountsTest {
  private static final String ISSUER = "https://product.example";

  @Parameter private Database database;
  private final Folder folder = Folder.named("parley-keys");
  private TestServer server;
  private User owner;
  private ECKey key;

  @BeforeParameterizedClassInvocation
  void start() throws Exception {
    key = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
    Path keys = folder.path().resolve("keys.json");
    Files.writeString(keys, new JWKSet(key.toPublicJWK()).toString());
    server =
        TestServer.start(
            database, Map.of("PARLEY_JWT_ISSUER", ISSUER, "PARLEY_JWT_KEYS", keys.toString()));
    owner = server.owner();
  }

  @AfterParameterizedClassInvocation
  void stop() {
    server.close();
  }

  @AfterAll
  void clean() {
    folder.close();
  }

  private String token(String subject, String name, String keyId) throws JOSEException {
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .audience("parley")
            .subject(subject)
            .claim("preferred_username", name)
            .expirationTime(Date.from(server.clock().instant().plus(Duration.ofHours(1))))
            .build();
    SignedJWT jwt =
        new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(keyId).build(), claims);
    jwt.sign(new ECDSASigner(key));
    return jwt.serialize();
  }

  private Http.Reply me(String token) {
    return server.http(token).get("/api/accounts/me");
  }

  private String nameOf(String subject, String name) throws JOSEException {
    Http.Reply me = me(token(subject, name, "k1"));
    assertThat(me.status()).as(me.raw().body()).isEqualTo(200);
    return me.body().at("/account/name").stringValue();
  }

  @Test
  void an_account_appears_once_though_it_is_first_used_many_times_at_once() throws Exception {
    String token = token("crowd", "crowd", "k1");
    List<String> ids =
        IntStream.range(0, 10)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> me(token)))
            .toList()
            .stream()
            .map(reply -> reply.join().body().at("/account/id").stringValue())
            .toList();
    assertThat(ids.stream().distinct()).hasSize(1);
  }

  @Test
  void a_name_from_elsewhere_becomes_a_name_of_here() throws Exception {
    assertThat(nameOf("s1", "Jörg Müller")).isEqualTo("J-rg-M-ller");
    assertThat(nameOf("s2", "..--..")).startsWith("user");
    assertThat(nameOf("s3", "deleted-01abc")).startsWith("user");
    assertThat(nameOf("s4", "x".repeat(300))).hasSize(48);
    assertThat(nameOf("s5", owner.name().toUpperCase(java.util.Locale.ROOT))).startsWith("OWNER-");
    assertThat(nameOf("s1", "renamed-elsewhere")).isEqualTo("J-rg-M-ller");
  }

  @Test
  void what_cannot_be_a_subject_or_a_token_is_no_sign_in() throws Exception {
    for (String subject : List.of("", "a\u0000b", "a\nb", "x".repeat(256))) {
      assertThat(me(token(subject, "odd", "k1")).status()).isEqualTo(401);
    }
    assertThat(me(token("s9", "odd", "k2")).status()).isEqualTo(401);
    for (String garbage : List.of("a.b.c", "..", "e30.e30.e30", "eyJhbGciOiJFUzI1NiJ9.e30.AA")) {
      assertThat(me(garbage).status()).as(garbage).isEqualTo(401);
    }
  }

  @Test
  void a_disabled_account_is_out_though_its_token_is_good() throws Exception {
    String token = token("fired", "fired", "k1");
    String id = me(token).body().at("/account/id").stringValue();
    try (Socket socket = Socket.open(server, Optional.of(token))) {
      socket.call("accounts.me", "{}");
      owner.call("accounts.disable", "{id: '%s'}".formatted(id));
      assertThat(socket.closeCode()).isEqualTo(3500);
    }
    assertThat(me(token).status()).isEqualTo(401);
    owner.call("accounts.disable", "{id: '%s', on: false}".formatted(id));
    assertThat(me(token).status()).isEqualTo(200);
  }

  @Test
  void a_role_given_here_counts_at_once_on_a_socket_from_elsewhere() throws Exception {
    String token = token("risen", "risen", "k1");
    String id = me(token).body().at("/account/id").stringValue();
    try (Socket socket = Socket.open(server, Optional.of(token))) {
      assertThat(socket.refused("invitations.list", "{}").path("code").intValue())
          .isEqualTo(-32002);
      owner.call("accounts.setRole", "{id: '%s', role: 'admin'}".formatted(id));
      socket.call("invitations.list", "{}");
      owner.call("accounts.setRole", "{id: '%s', role: 'member'}".formatted(id));
      assertThat(socket.refused("invitations.list", "{}").path("code").intValue())
          .isEqualTo(-32002);
    }
  }

  @Test
  void an_account_from_elsewhere_has_no_password_and_no_session_to_close() throws Exception {
    String token = token("plain", "plain", "k1");
    assertThat(me(token).status()).isEqualTo(200);
    String signIn = "{\"name\":\"plain\",\"password\":\"\u0020\"}";
    assertThat(server.http().post("/api/sessions", signIn).status()).isEqualTo(401);
    String change = "{\"current\":\"anything\",\"password\":\"something new\"}";
    assertThat(server.http(token).post("/api/accounts/me/password", change).status())
        .isEqualTo(403);
    assertThat(server.http(token).delete("/api/sessions/current").status()).isEqualTo(409);
  }

  @Test
  void a_visitor_from_elsewhere_is_claimed_by_who_signs_in_later_while_its_token_is_good()
      throws Exception {
    String visitor = token("visitor:7", "visitor-7", "k1");
    String known = token("user:7", "seven", "k1");
    String claim = "{\"token\":\"%s\"}".formatted(visitor);
    Http.Reply claimed = server.http(known).post("/api/accounts/claim", claim);
    assertThat(claimed.body().at("/accounts/0/account/name").stringValue()).isEqualTo("visitor-7");
    server.clock().advance(Duration.ofMinutes(61));
    String later = token("user:8", "eight", "k1");
    Http.Reply refused = server.http(later).post("/api/accounts/claim", claim);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().path("field").stringValue()).isEqualTo("token");
  }
}

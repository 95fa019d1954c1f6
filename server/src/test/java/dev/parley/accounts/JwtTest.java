package dev.parley.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.parley.testing.Database;
import dev.parley.testing.Http;
import dev.parley.testing.Socket;
import dev.parley.testing.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JwtTest {
  @TempDir Path folder = Path.of("");

  private static JWTClaimsSet.Builder claims(TestServer server, String subject) {
    return new JWTClaimsSet.Builder()
        .issuer("https://product.example")
        .audience("parley")
        .subject(subject)
        .claim("preferred_username", "visitor")
        .expirationTime(Date.from(server.clock().instant().plus(Duration.ofMinutes(5))));
  }

  private static String signed(JWSHeader header, JWSSigner signer, JWTClaimsSet claims)
      throws JOSEException {
    SignedJWT jwt = new SignedJWT(header, claims);
    jwt.sign(signer);
    return jwt.serialize();
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void a_product_brings_its_own_users_and_nobody_elses_token_is_believed(Database database)
      throws Exception {
    RSAKey key = new RSAKeyGenerator(2048).keyID("k1").generate();
    RSAKey other = new RSAKeyGenerator(2048).keyID("k1").generate();
    Path keys =
        Files.writeString(folder.resolve("keys.json"), new JWKSet(key.toPublicJWK()).toString());
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1").build();
    RSASSASigner signer = new RSASSASigner(key);
    try (TestServer server =
        TestServer.start(
            database,
            Map.of(
                "PARLEY_JWT_ISSUER",
                "https://product.example",
                "PARLEY_JWT_KEYS",
                keys.toString()))) {
      String good = signed(header, signer, claims(server, "user-1").build());
      Http.Reply me = server.http(good).get("/api/accounts/me");
      assertThat(me.status()).isEqualTo(200);
      assertThat(me.body().at("/account/name").stringValue()).isEqualTo("visitor");
      String namesake = signed(header, signer, claims(server, "user-2").build());
      assertThat(
              server
                  .http(namesake)
                  .get("/api/accounts/me")
                  .body()
                  .at("/account/name")
                  .stringValue())
          .startsWith("visitor-");

      refused(server, signed(header, new RSASSASigner(other), claims(server, "x").build()));
      refused(
          server,
          signed(header, signer, claims(server, "x").issuer("https://evil.example").build()));
      refused(server, signed(header, signer, claims(server, "x").audience("else").build()));
      refused(server, signed(header, signer, claims(server, "x").subject(null).build()));
      refused(server, signed(header, signer, claims(server, "x").expirationTime(null).build()));
      refused(
          server,
          signed(
              header,
              signer,
              claims(server, "x")
                  .expirationTime(Date.from(server.clock().instant().minusSeconds(1)))
                  .build()));
      refused(server, new PlainJWT(claims(server, "x").build()).serialize());
      refused(
          server,
          signed(
              new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("k1").build(),
              new MACSigner(key.toRSAPublicKey().getEncoded()),
              claims(server, "x").build()));

      try (Socket socket = Socket.open(server, Optional.of(good))) {
        assertThat(socket.call("accounts.me", "{}").at("/account/name").stringValue())
            .isEqualTo("visitor");
        server.clock().advance(Duration.ofMinutes(6));
        assertThat(socket.closeCode()).isEqualTo(3500);
      }
      refused(server, good);
    }
  }

  private static void refused(TestServer server, String token) {
    assertThat(server.http(token).get("/api/accounts/me").status()).isEqualTo(401);
  }
}

package dev.parley.bench;

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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Signs in any number of accounts of a server of our own: as its issuer of tokens, because to
 * register a thousand accounts means to hash a thousand passwords.
 */
final class Tokens {
  private static final String ISSUER = "https://bench.parley.invalid";
  private static final Duration LIFE = Duration.ofHours(1);

  private final ECKey key;
  private final Path keys;

  /**
   * @param folder for the file of public keys
   */
  Tokens(Path folder) throws IOException, JOSEException {
    key = new ECKeyGenerator(Curve.P_256).keyID("bench").generate();
    keys = folder.resolve("keys.json");
    Files.writeString(keys, new JWKSet(key.toPublicJWK()).toString());
  }

  /** What a server must be told to take these tokens. */
  Map<String, String> settings() {
    return Map.of("PARLEY_JWT_ISSUER", ISSUER, "PARLEY_JWT_KEYS", keys.toString());
  }

  /** One token for each of so many accounts. */
  List<String> of(int accounts) {
    return IntStream.range(0, accounts).mapToObj(number -> token("poster-" + number)).toList();
  }

  private String token(String subject) {
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .audience("parley")
            .subject(subject)
            .expirationTime(Date.from(Instant.now().plus(LIFE)))
            .build();
    SignedJWT token =
        new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("bench").build(), claims);
    try {
      token.sign(new ECDSASigner(key));
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
    return token.serialize();
  }
}

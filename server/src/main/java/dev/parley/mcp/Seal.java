package dev.parley.mcp;

import dev.parley.functions.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives state out of the house and takes it back only as it was: from the same caller, for the same
 * request, within ten minutes. HMAC-SHA-256 with a key that lives as long as the process.
 */
final class Seal {
  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;
  private final InstantSource clock;

  Seal(InstantSource clock) {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    this.key = new SecretKeySpec(secret, ALGORITHM);
    this.clock = clock;
  }

  /**
   * @param owner who alone may bring it back, and for what
   */
  String close(JsonNode state, String owner) {
    ObjectNode kept = Json.MAPPER.createObjectNode();
    kept.put("until", clock.millis() + LIFE.toMillis()).set("state", state);
    byte[] body = Json.MAPPER.writeValueAsBytes(kept);
    return encoded(body) + "." + encoded(sign(body, owner));
  }

  /**
   * @throws Fault if it was changed, is another's or too old
   */
  JsonNode open(String sealed, String owner) {
    String[] parts = sealed.split("\\.", -1);
    if (parts.length != 2) {
      throw refused();
    }
    byte[] body = decoded(parts[0]);
    if (!MessageDigest.isEqual(sign(body, owner), decoded(parts[1]))) {
      throw refused();
    }
    JsonNode kept = Json.MAPPER.readTree(body);
    if (kept.path("until").longValue() < clock.millis()) {
      throw refused();
    }
    return kept.path("state");
  }

  private static Fault refused() {
    return Fault.invalidParams("requestState is not what was given to you for this request");
  }

  private byte[] sign(byte[] body, String owner) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(owner.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return mac.doFinal(body);
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] decoded(String text) {
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException garbled) {
      throw refused();
    }
  }
}

package dev.parley.accounts;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the accounts want to know.
 *
 * @param registration who may make an account
 * @param sessionLife how long a session lasts
 * @param cacheLife how long a caller is remembered without a look at the database; zero for never.
 *     What ends a right ends it at once all the same
 * @param issuer the integrator's own sign-in, if there is one
 */
public record AccountSettings(
    Registration registration, Duration sessionLife, Duration cacheLife, Optional<Issuer> issuer) {

  /** Who may make an account. */
  public enum Registration {
    OPEN,
    INVITE,
    CLOSED
  }

  /**
   * Somebody else's JSON Web Tokens that are believed.
   *
   * @param name the {@code iss} that they must bear
   * @param audience the {@code aud} that they must bear
   * @param keys the file or URL of a JWK set
   * @param algorithms which signatures are accepted, such as {@code RS256}
   */
  public record Issuer(String name, String audience, String keys, List<String> algorithms) {}
}

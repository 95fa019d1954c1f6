package dev.parley.accounts;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.parley.calls.Caller;
import dev.parley.delivery.Connection;
import dev.parley.store.Change;
import dev.parley.store.Conflict;
import dev.parley.store.Store;
import dev.parley.wire.Ids;
import dev.parley.wire.Refusal;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sign-in with the integrator's own JSON Web Tokens, so that a product can bring its own users.
 * Only listed algorithms, only keys from the configured place (RFC 8725); an account appears at its
 * first use and is then like any other, except that it has no password.
 */
final class JwtSignIn {
  private static final String SESSION = "jwt:";
  private static final int MAX_NAME = 48;
  private static final int MAX_SUBJECT = 255;
  private static final String FIND =
      "SELECT "
          + Account.COLUMNS
          + " FROM "
          + Account.TABLES
          + " WHERE a.issuer = ? AND a.subject = ? AND a.deleted_at IS NULL";
  private static final String BY_ID =
      "SELECT "
          + Account.COLUMNS
          + " FROM "
          + Account.TABLES
          + " WHERE a.id = ? AND a.deleted_at IS NULL";

  private final AccountSettings.Issuer issuer;
  private final Store store;
  private final Ids ids;
  private final InstantSource clock;
  private final DefaultJWTProcessor<SecurityContext> processor;
  private final Remembered<Account> remembered;

  /**
   * @throws IllegalArgumentException in one line, if the keys cannot be had
   */
  JwtSignIn(
      AccountSettings.Issuer issuer,
      Remembered<Account> remembered,
      Store store,
      Ids ids,
      InstantSource clock) {
    this.issuer = issuer;
    this.remembered = remembered;
    this.store = store;
    this.ids = ids;
    this.clock = clock;
    this.processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms(issuer), keys(issuer)));
    processor.setJWTClaimsSetVerifier(new Claims(issuer, clock));
  }

  /** Requires issuer, audience, subject and expiry, by the injected clock. */
  private static final class Claims extends DefaultJWTClaimsVerifier<SecurityContext> {
    private final InstantSource clock;

    Claims(AccountSettings.Issuer issuer, InstantSource clock) {
      super(
          issuer.audience(),
          new JWTClaimsSet.Builder().issuer(issuer.name()).build(),
          Set.of("sub", "exp"));
      this.clock = clock;
      setMaxClockSkew(0);
    }

    @Override
    protected Date currentTime() {
      return Date.from(clock.instant());
    }
  }

  private static Set<JWSAlgorithm> algorithms(AccountSettings.Issuer issuer) {
    Set<JWSAlgorithm> allowed = new HashSet<>();
    for (String name : issuer.algorithms()) {
      JWSAlgorithm algorithm = JWSAlgorithm.parse(name);
      if (!JWSAlgorithm.Family.SIGNATURE.contains(algorithm)) {
        throw new IllegalArgumentException(
            name + " is not a signature with a public key (RS256, ES256, EdDSA, …)");
      }
      allowed.add(algorithm);
    }
    return allowed;
  }

  private static JWKSource<SecurityContext> keys(AccountSettings.Issuer issuer) {
    try {
      return issuer.keys().startsWith("https://") || issuer.keys().startsWith("http://")
          ? JWKSourceBuilder.create(URI.create(issuer.keys()).toURL()).retrying(true).build()
          : new ImmutableJWKSet<>(loaded(Path.of(issuer.keys())));
    } catch (MalformedURLException | ParseException unusable) {
      throw new IllegalArgumentException(
          "PARLEY_JWT_KEYS " + issuer.keys() + " holds no JWK set: " + unusable.getMessage(),
          unusable);
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "PARLEY_JWT_KEYS " + issuer.keys() + " cannot be read: " + unreadable.getMessage(),
          unreadable);
    }
  }

  private static JWKSet loaded(Path file) throws IOException, ParseException {
    JWKSet keys = JWKSet.load(file.toFile());
    if (keys.isEmpty()) {
      throw new ParseException("it is empty", 0);
    }
    return keys;
  }

  static boolean isJwt(String token) {
    return token.chars().filter(c -> c == '.').count() == 2;
  }

  static boolean isJwtSession(String session) {
    return session.startsWith(SESSION);
  }

  Caller authenticate(String token) {
    JWTClaimsSet claims = verified(token);
    Account account = account(claims);
    return caller(account, SESSION + Secrets.hash(token), claims.getExpirationTime().toInstant());
  }

  Caller current(Connection.SignedIn signedIn) {
    Account account =
        remembered.get(
            signedIn.account(),
            () -> find(BY_ID, signedIn.account(), null).orElseThrow(JwtSignIn::unknown));
    return caller(account, signedIn.session(), signedIn.expiresAt().orElseThrow());
  }

  private JWTClaimsSet verified(String token) {
    try {
      JWTClaimsSet claims = processor.process(token, null);
      if (isStorable(claims.getSubject())) {
        return claims;
      }
    } catch (ParseException | BadJOSEException | JOSEException | IllegalArgumentException bad) {
      throw invalid();
    }
    throw invalid();
  }

  private static Refusal invalid() {
    return Refusal.unauthenticated("The token is not valid");
  }

  /** A subject has at most 255 characters (OpenID Connect Core, section 2), none a control. */
  private static boolean isStorable(String subject) {
    return !subject.isEmpty()
        && subject.length() <= MAX_SUBJECT
        && subject
            .codePoints()
            .noneMatch(c -> Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF));
  }

  private static Caller caller(Account account, String session, Instant expiresAt) {
    if (account.disabledAt().isPresent()) {
      throw unknown();
    }
    return new Caller(
        account.actor(),
        account.role(),
        account.role().permissions(),
        session,
        Optional.of(expiresAt),
        Optional.empty());
  }

  private static Refusal unknown() {
    return Refusal.unauthenticated("The session has ended");
  }

  private Account account(JWTClaimsSet claims) {
    String subject = claims.getSubject();
    return find(FIND, issuer.name(), subject).orElseGet(() -> create(claims, subject));
  }

  private Optional<Account> find(String sql, String first, @Nullable String second) {
    return store.read(handle -> {
      var query = second == null ? handle.select(sql, first) : handle.select(sql, first, second);
      return query.map((row, context) -> Account.of(row)).findOne();
    });
  }

  private Account create(JWTClaimsSet claims, String subject) {
    String wanted = nameFrom(claims);
    String id = ids.next();
    for (String name : new String[] {wanted, wanted + "-" + id.substring(id.length() - 8)}) {
      try {
        store.commit(
            new Change(new Change.Origin("jwt", id))
                .require(
                    "name",
                    """
                    INSERT INTO actors (id, kind, name, name_key) VALUES (?, 'account', ?, ?)
                    ON CONFLICT (name_key) DO NOTHING\
                    """,
                    id,
                    name,
                    name.toLowerCase(Locale.ROOT))
                .require(
                    "subject",
                    """
                    INSERT INTO accounts (id, role, issuer, subject, created_at)
                    VALUES (?, 'member', ?, ?, ?) ON CONFLICT (issuer, subject) DO NOTHING\
                    """,
                    id,
                    issuer.name(),
                    subject,
                    clock.millis()));
        break;
      } catch (Conflict taken) {
        if (taken.guard().equals("subject")) {
          break;
        }
      }
    }
    return find(FIND, issuer.name(), subject).orElseThrow(JwtSignIn::unknown);
  }

  private static String nameFrom(JWTClaimsSet claims) {
    Object preferred = claims.getClaim("preferred_username");
    String raw = preferred instanceof String text ? text : claims.getSubject();
    String known = raw.replaceAll("[^A-Za-z0-9._-]", "-");
    String cut = known.substring(0, Math.min(known.length(), MAX_NAME));
    String name = cut.replaceAll("^[._-]+|[._-]+$", "");
    return name.isEmpty() || Registration.isReserved(name) ? "user" : name;
  }
}

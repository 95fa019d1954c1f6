package dev.parley.accounts;

import dev.parley.calls.Admission;
import dev.parley.calls.Caller;
import dev.parley.calls.Permission;
import dev.parley.calls.Role;
import dev.parley.delivery.Connection;
import dev.parley.store.Store;
import dev.parley.wire.Actor;
import dev.parley.wire.Refusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who is behind a token. Callers are remembered for a while; every change to a right forgets them
 * after it is durable and before it is answered.
 */
public final class Sessions implements Admission {
  private static final String CALLER =
      """
      SELECT s.id, s.scopes, s.expires_at, a.id, n.name, n.display_name, a.role
      FROM sessions s JOIN accounts a ON a.id = s.account JOIN actors n ON n.id = a.id
      WHERE a.disabled_at IS NULL AND a.deleted_at IS NULL AND
      """;
  private static final String BY_TOKEN = CALLER + "s.token_hash = ?";
  private static final String BY_ID = CALLER + "s.id = ?";

  private final Store store;
  private final InstantSource clock;
  private final Optional<JwtSignIn> jwt;
  private final Remembered.Changes changes;
  private final Remembered<Caller> byToken;
  private final Remembered<Caller> byId;

  Sessions(
      Store store,
      InstantSource clock,
      Duration life,
      Remembered.Changes changes,
      Optional<JwtSignIn> jwt) {
    this.store = store;
    this.clock = clock;
    this.changes = changes;
    this.jwt = jwt;
    this.byToken = new Remembered<>(changes, life, Caller::id);
    this.byId = new Remembered<>(changes, life, Caller::id);
  }

  /** The share of look-ups that needed no database, 0 to 1. */
  public double hitRate() {
    return byId.hitRate();
  }

  @Override
  public Caller authenticate(String token) {
    if (jwt.isPresent() && JwtSignIn.isJwt(token)) {
      return jwt.get().authenticate(token);
    }
    String hash = Secrets.hash(token);
    Caller caller = byToken.get(hash, () -> find(BY_TOKEN, hash, "The token is not valid"));
    return stillValid(caller);
  }

  @Override
  public Caller current(Connection.SignedIn signedIn) {
    if (JwtSignIn.isJwtSession(signedIn.session())) {
      return stillValid(jwt.orElseThrow(Sessions::ended).current(signedIn));
    }
    return stillValid(
        byId.get(
            signedIn.session(), () -> find(BY_ID, signedIn.session(), "The session has ended")));
  }

  private Caller find(String sql, String key, String otherwise) {
    return store
        .read(handle -> handle.select(sql, key).map((row, context) -> caller(row)).findOne())
        .orElseThrow(() -> Refusal.unauthenticated(otherwise));
  }

  private Caller stillValid(Caller caller) {
    if (caller.expiresAt().map(end -> !clock.instant().isBefore(end)).orElse(false)) {
      throw ended();
    }
    return caller;
  }

  private static Refusal ended() {
    return Refusal.unauthenticated("The session has ended");
  }

  private static Caller caller(ResultSet row) throws SQLException {
    Role role = Role.valueOf(row.getString(7).toUpperCase(Locale.ROOT));
    long expires = row.getLong(3);
    return new Caller(
        new Actor(
            Actor.Kind.ACCOUNT,
            row.getString(4),
            row.getString(5),
            Optional.ofNullable(row.getString(6))),
        role,
        limited(role, row.getString(2)),
        row.getString(1),
        expires == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(expires)),
        Optional.empty());
  }

  /** What the role allows and the scopes leave of it. */
  private static Set<Permission> limited(Role role, String scopes) {
    if (scopes.isEmpty()) {
      return role.permissions();
    }
    Set<Permission> granted =
        Stream.of(scopes.split(" "))
            .map(word -> Permission.valueOf(word.toUpperCase(Locale.ROOT)))
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Permission.class)));
    granted.retainAll(role.permissions());
    return granted;
  }

  /** Forgets what was remembered of an account. To be called after every change to its rights. */
  void forget(String account) {
    changes.changed(account);
  }
}

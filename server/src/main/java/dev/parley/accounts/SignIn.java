package dev.parley.accounts;

import dev.parley.calls.Call;
import dev.parley.calls.Caller;
import dev.parley.delivery.Connection;
import dev.parley.delivery.Connections;
import dev.parley.functions.Range;
import dev.parley.functions.Text;
import dev.parley.store.Change;
import dev.parley.store.Conflict;
import dev.parley.store.Store;
import dev.parley.wire.Ids;
import dev.parley.wire.Page;
import dev.parley.wire.Paging;
import dev.parley.wire.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Sessions: opened with a password, resumed on a socket, listed, ended. */
final class SignIn {
  private final Store store;
  private final Ids ids;
  private final InstantSource clock;
  private final Passwords passwords;
  private final SignInThrottle throttle;
  private final Sessions sessions;
  private final Connections connections;
  private final Duration life;

  SignIn(
      Store store,
      Ids ids,
      InstantSource clock,
      Passwords passwords,
      SignInThrottle throttle,
      Sessions sessions,
      Connections connections,
      Duration life) {
    this.store = store;
    this.ids = ids;
    this.clock = clock;
    this.passwords = passwords;
    this.throttle = throttle;
    this.sessions = sessions;
    this.connections = connections;
    this.life = life;
  }

  record Open(@Text(min = 1, max = 64) String name, @Text(min = 1, max = 256) String password) {}

  record Opened(String token, Account account, Instant expiresAt) {}

  record Resume(@Text(min = 1, max = 16_384) String token) {}

  record Resumed(Account account) {}

  record Listed(
      @Range(min = 1, max = Page.MAX) Optional<Integer> limit,
      @Text(max = 256) Optional<String> cursor) {}

  /** A session, without its token. */
  record Session(
      String id, String kind, Instant createdAt, Optional<Instant> expiresAt, boolean current) {}

  record OpenSessions(List<Session> items, Optional<String> next) {}

  record Revoke(@Text(min = 1, max = 40) String id) {}

  record Nothing() {}

  private record Known(Account account, Optional<String> password) {}

  Opened open(Call call, Open input) {
    if (call.maybeConnection().flatMap(Connection::signedIn).isPresent()) {
      throw Refusal.conflict("This socket is signed in already");
    }
    Known known = checked(call, input);
    String token = Secrets.next();
    Instant now = Instant.ofEpochMilli(clock.millis());
    Instant expires = now.plus(life);
    try {
      store.commit(
          stillSo(call.change(), known)
              .write(
                  """
                  INSERT INTO sessions
                    (id, account, kind, token_hash, scopes, created_at, expires_at)
                  VALUES (?, ?, 'session', ?, '', ?, ?)\
                  """,
                  ids.next(),
                  known.account().id(),
                  Secrets.hash(token),
                  now.toEpochMilli(),
                  expires.toEpochMilli()));
    } catch (Conflict conflict) {
      throw conflict.guard().equals("account") ? mismatch() : conflict;
    }
    return new Opened(token, known.account(), expires);
  }

  /**
   * Holds the account's row as it was when the password was checked: a change of password that is
   * under way has ended all sessions either after this one began or before it is refused.
   */
  private static Change stillSo(Change change, Known known) {
    return change.require(
        "account",
        """
        UPDATE accounts SET password = password
        WHERE id = ? AND password = ? AND disabled_at IS NULL AND deleted_at IS NULL\
        """,
        known.account().id(),
        known.password().orElseThrow());
  }

  private Known checked(Call call, Open input) {
    String key = input.name().toLowerCase(Locale.ROOT);
    throttle.begin(key, call.address());
    Optional<Known> known = find(key);
    boolean right = passwords.matches(input.password(), known.flatMap(Known::password));
    if (!right || known.isEmpty() || known.get().account().disabledAt().isPresent()) {
      throttle.failed(call.address());
      throw mismatch();
    }
    throttle.succeeded(key, call.address());
    return known.get();
  }

  private static Refusal mismatch() {
    return Refusal.unauthenticated("Name and password do not match an account");
  }

  private Optional<Known> find(String nameKey) {
    return store.read(handle ->
        handle
            .select(
                "SELECT "
                    + Account.COLUMNS
                    + ", a.password FROM "
                    + Account.TABLES
                    + " WHERE n.name_key = ? AND a.deleted_at IS NULL",
                nameKey)
            .map(
                (row, context) -> new Known(Account.of(row), Optional.ofNullable(row.getString(7))))
            .findOne());
  }

  Resumed resume(Call call, Resume input) {
    Connection connection = call.connection();
    if (connection.signedIn().isPresent()) {
      throw Refusal.conflict("This socket is signed in already");
    }
    Caller caller = sessions.authenticate(input.token());
    connections.resume(connection, caller.signedIn());
    sessions.current(caller.signedIn());
    return new Resumed(account(caller.id()));
  }

  private Account account(String id) {
    return store
        .read(handle ->
            handle
                .select(
                    "SELECT " + Account.COLUMNS + " FROM " + Account.TABLES + " WHERE a.id = ?", id)
                .map((row, context) -> Account.of(row))
                .findOne())
        .orElseThrow(() -> Refusal.notFound("account"));
  }

  OpenSessions list(Call call, Listed input) {
    Caller caller = call.caller();
    Paging paging = Paging.of(input.limit(), input.cursor(), "sessions.list");
    List<Session> oneMore =
        store.read(handle ->
            handle
                .select(
                    """
                    SELECT id, kind, created_at, expires_at FROM sessions
                    WHERE account = ? AND kind = 'session' AND id > ? AND expires_at > ?
                    ORDER BY id LIMIT ?\
                    """,
                    caller.id(),
                    paging.after(),
                    clock.millis(),
                    paging.oneMore())
                .map((row, context) ->
                    new Session(
                        row.getString(1),
                        row.getString(2),
                        Instant.ofEpochMilli(row.getLong(3)),
                        Optional.of(Instant.ofEpochMilli(row.getLong(4))),
                        row.getString(1).equals(caller.session())))
                .list());
    Page<Session> page = paging.page(oneMore, Session::id);
    return new OpenSessions(page.items(), page.next());
  }

  Nothing revoke(Call call, Revoke input) {
    String account = call.caller().id();
    try {
      store.commit(
          call.change()
              .require(
                  "id",
                  "DELETE FROM sessions WHERE id = ? AND account = ? AND kind = 'session'",
                  input.id(),
                  account));
    } catch (Conflict conflict) {
      throw conflict.guard().equals("id") ? Refusal.notFound("session") : conflict;
    }
    sessions.forget(account);
    connections.endSession(account, input.id());
    return new Nothing();
  }

  Nothing close(Call call, Nothing input) {
    Caller caller = call.caller();
    if (JwtSignIn.isJwtSession(caller.session())) {
      throw Refusal.conflict("A token of another issuer ends when it expires");
    }
    store.commit(
        call.change()
            .write(
                "DELETE FROM sessions WHERE id = ? AND account = ?",
                caller.session(),
                caller.id()));
    sessions.forget(caller.id());
    call.afterReply(() -> connections.endSession(caller.id(), caller.session()));
    return new Nothing();
  }
}

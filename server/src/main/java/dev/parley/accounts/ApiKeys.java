package dev.parley.accounts;

import dev.parley.calls.Call;
import dev.parley.calls.Caller;
import dev.parley.calls.Permission;
import dev.parley.delivery.Connections;
import dev.parley.functions.About;
import dev.parley.functions.InvalidInput;
import dev.parley.functions.Range;
import dev.parley.functions.Size;
import dev.parley.functions.Text;
import dev.parley.store.Conflict;
import dev.parley.store.Store;
import dev.parley.wire.Ids;
import dev.parley.wire.Page;
import dev.parley.wire.Paging;
import dev.parley.wire.Refusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tokens for services: they last until revoked, and may do less than their account. */
final class ApiKeys {
  private static final int MOST = 100;

  private final Store store;
  private final Ids ids;
  private final InstantSource clock;
  private final Sessions sessions;
  private final Connections connections;

  ApiKeys(Store store, Ids ids, InstantSource clock, Sessions sessions, Connections connections) {
    this.store = store;
    this.ids = ids;
    this.clock = clock;
    this.sessions = sessions;
    this.connections = connections;
  }

  record Create(
      @About("what it is for") @Text(min = 1, max = 100) String label,
      @About("what it may do; everything that the account may, if absent") @Size(max = 5)
          Optional<List<Permission>> scopes,
      @About("when it ends; never, if absent") Optional<Instant> expiresAt) {}

  /** A key, without its token. */
  record ApiKey(
      String id,
      String label,
      List<String> scopes,
      Instant createdAt,
      Optional<Instant> expiresAt) {}

  record Created(ApiKey apiKey, String token) {}

  record Listed(
      @Range(min = 1, max = Page.MAX) Optional<Integer> limit,
      @Text(max = 256) Optional<String> cursor) {}

  record Keys(List<ApiKey> items, Optional<String> next) {}

  record Revoke(@Text(min = 1, max = 40) String id) {}

  record Nothing() {}

  Created create(Call call, Create input) {
    Caller caller = call.caller();
    Instant now = Instant.ofEpochMilli(clock.millis());
    input
        .expiresAt()
        .filter(end -> !end.isAfter(now))
        .ifPresent(past -> fail("expiresAt", "must lie in the future"));
    List<Permission> scopes = input.scopes().orElseGet(() -> List.copyOf(caller.permissions()));
    if (scopes.isEmpty() || !caller.permissions().containsAll(scopes)) {
      throw Refusal.forbidden("A key cannot do more than whoever creates it, nor nothing");
    }
    ApiKey key =
        new ApiKey(
            ids.next(),
            input.label(),
            scopes.stream().map(Permission::word).sorted().toList(),
            now,
            input.expiresAt());
    String token = "pk_" + Secrets.next();
    insert(call, caller, key, token);
    return new Created(key, token);
  }

  private static void fail(String field, String reason) {
    throw new InvalidInput(field, reason);
  }

  private void insert(Call call, Caller caller, ApiKey key, String token) {
    try {
      store.commit(
          call.change()
              .require(
                  "account",
                  """
                  UPDATE accounts SET disabled_at = NULL
                  WHERE id = ? AND disabled_at IS NULL AND deleted_at IS NULL\
                  """,
                  caller.id())
              .check(
                  "limit",
                  """
                  SELECT 1 FROM (SELECT count(*) AS n FROM sessions
                  WHERE account = ? AND kind = 'api_key') AS held WHERE n < ?\
                  """,
                  caller.id(),
                  MOST)
              .write(
                  """
                  INSERT INTO sessions
                    (id, account, kind, token_hash, label, scopes, created_at, expires_at)
                  VALUES (?, ?, 'api_key', ?, ?, ?, ?, ?)\
                  """,
                  key.id(),
                  caller.id(),
                  Secrets.hash(token),
                  key.label(),
                  String.join(" ", key.scopes()),
                  key.createdAt().toEpochMilli(),
                  key.expiresAt().map(Instant::toEpochMilli).orElse(null)));
    } catch (Conflict conflict) {
      throw switch (conflict.guard()) {
        case "limit" -> Refusal.tooLarge("label", "An account has at most " + MOST + " keys", MOST);
        case "account" -> Refusal.unauthenticated("The account has ended");
        default -> conflict;
      };
    }
  }

  Keys list(Call call, Listed input) {
    Paging paging = Paging.of(input.limit(), input.cursor(), "apiKeys.list");
    List<ApiKey> oneMore =
        store.read(handle ->
            handle
                .select(
                    """
                    SELECT id, label, scopes, created_at, expires_at FROM sessions
                    WHERE account = ? AND kind = 'api_key' AND id > ? ORDER BY id LIMIT ?\
                    """,
                    call.caller().id(),
                    paging.after(),
                    paging.oneMore())
                .map((row, context) -> key(row))
                .list());
    Page<ApiKey> page = paging.page(oneMore, ApiKey::id);
    return new Keys(page.items(), page.next());
  }

  private static ApiKey key(ResultSet row) throws SQLException {
    long expires = row.getLong(5);
    return new ApiKey(
        row.getString(1),
        row.getString(2),
        Stream.of(row.getString(3).split(" ")).collect(Collectors.toList()),
        Instant.ofEpochMilli(row.getLong(4)),
        expires == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(expires)));
  }

  Nothing revoke(Call call, Revoke input) {
    String account = call.caller().id();
    try {
      store.commit(
          call.change()
              .require(
                  "id",
                  "DELETE FROM sessions WHERE id = ? AND account = ? AND kind = 'api_key'",
                  input.id(),
                  account));
    } catch (Conflict conflict) {
      throw conflict.guard().equals("id") ? Refusal.notFound("API key") : conflict;
    }
    sessions.forget(account);
    connections.endSession(account, input.id());
    return new Nothing();
  }
}

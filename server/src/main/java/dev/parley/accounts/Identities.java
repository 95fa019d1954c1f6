package dev.parley.accounts;

import dev.parley.calls.Call;
import dev.parley.functions.About;
import dev.parley.store.Change;
import dev.parley.store.Conflict;
import dev.parley.store.Store;
import dev.parley.wire.Actor;
import dev.parley.wire.Refusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Which accounts are known to be whose, or were, since when, and who said so. It gives no rights.
 */
final class Identities implements PersonalData {
  /** The most separations that are kept of one person, the newest. */
  static final int MOST_SEPARATIONS = 100;

  private final Store store;
  private final InstantSource clock;

  Identities(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Whose an account is, and which are its.
   *
   * @param identifiedAt since when it is known to be somebody's; who that is, is not said
   * @param separatedAt when it was last taken apart from somebody; from whom, is not said
   */
  record Found(
      Actor account,
      @About("those that are known to be this one's") List<Identity> accounts,
      @About("those that were, the newest first") List<Separation> separations,
      @About("since when this one is known to be somebody else's") Optional<Instant> identifiedAt,
      @About("when this one was last taken apart from somebody else's")
          Optional<Instant> separatedAt) {}

  record Identity(Actor account, Actor saidBy, Instant at) {}

  /**
   * What was known from one moment to another.
   *
   * @param saidBy who had said that the account is the person's, at {@code at}
   */
  record Separation(
      Actor account, Actor saidBy, Instant at, Actor separatedBy, Instant separatedAt) {}

  /**
   * Makes an account, and all that are known to be its, those of another one. Both rows are held
   * first, in one order for all, so that neither becomes somebody else's meanwhile.
   */
  void identify(Call call, String account, String person) {
    Change change = call.change();
    Stream.of(account, person).sorted().forEach(one -> hold(change, one));
    change
        .check(
            "person",
            "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM identities WHERE account = ?)",
            person)
        .write("UPDATE identities SET person = ? WHERE person = ?", person, account)
        .write(
            """
            INSERT INTO identities (account, person, said_by, at) VALUES (?, ?, ?, ?)
            ON CONFLICT (account) DO NOTHING\
            """,
            account,
            person,
            call.caller().id(),
            clock.millis())
        .check(
            "account", "SELECT 1 FROM identities WHERE account = ? AND person = ?", account, person)
        .check(
            "most",
            "SELECT 1 WHERE (SELECT count(*) FROM identities WHERE person = ?) <= ?",
            person,
            Person.MOST);
    try {
      store.commit(change);
    } catch (Conflict conflict) {
      throw refusal(conflict);
    }
  }

  private static void hold(Change change, String account) {
    change.require(
        "gone",
        """
        UPDATE accounts SET role = role
        WHERE id = ? AND disabled_at IS NULL AND deleted_at IS NULL\
        """,
        account);
  }

  private static RuntimeException refusal(Conflict conflict) {
    return switch (conflict.guard()) {
      case "gone" -> Refusal.conflict("One of the accounts is disabled or deleted");
      case "person" ->
          Refusal.conflict("This account is known to be somebody else's; sign in as that");
      case "account" ->
          Refusal.conflict("The other account is known to be somebody else's; separate it first");
      case "most" ->
          Refusal.tooLarge(
              "accounts", "Nobody has more than " + Person.MOST + " other accounts", Person.MOST);
      default -> conflict;
    };
  }

  /**
   * Takes an account apart, if it is somebody's; what was known has one record, whoever ends it.
   */
  void separate(Call call, String account) {
    store.commit(
        call.change()
            .write(
                """
                INSERT INTO separations (person, account, said_by, at, separated_by, separated_at)
                SELECT person, account, said_by, at, CAST(? AS TEXT), CAST(? AS BIGINT)
                FROM identities WHERE account = ? ON CONFLICT DO NOTHING\
                """,
                call.caller().id(),
                clock.millis(),
                account)
            .write(
                """
                DELETE FROM separations
                WHERE person = (SELECT person FROM identities WHERE account = ?)
                AND separated_at <= (
                  SELECT s.separated_at FROM separations s JOIN identities i ON i.person = s.person
                  WHERE i.account = ? ORDER BY s.separated_at DESC LIMIT 1 OFFSET ?)\
                """,
                account,
                account,
                MOST_SEPARATIONS)
            .write("DELETE FROM identities WHERE account = ?", account));
  }

  boolean isOwn(String caller, String account) {
    return store.read(handle -> Person.own(handle, caller)).contains(account);
  }

  Found of(String account) {
    return store.read(handle ->
        new Found(
            actor(handle, account),
            accounts(handle, account),
            separations(handle, account),
            moment(handle, "SELECT at FROM identities WHERE account = ?", account),
            moment(
                handle,
                """
                SELECT separated_at FROM separations WHERE account = ? ORDER BY at DESC LIMIT 1\
                """,
                account)));
  }

  private static List<Identity> accounts(Handle handle, String person) {
    return handle
        .select(
            """
            SELECT n.id, n.kind, n.name, n.display_name, s.id, s.kind, s.name, s.display_name, i.at
            FROM identities i
            JOIN actors n ON n.id = i.account JOIN actors s ON s.id = i.said_by
            WHERE i.person = ? ORDER BY i.account\
            """,
            person)
        .map((row, context) ->
            new Identity(actor(row, 1), actor(row, 5), Instant.ofEpochMilli(row.getLong(9))))
        .list();
  }

  private static List<Separation> separations(Handle handle, String person) {
    return handle
        .select(
            """
            SELECT n.id, n.kind, n.name, n.display_name, s.id, s.kind, s.name, s.display_name, p.at,
              b.id, b.kind, b.name, b.display_name, p.separated_at
            FROM separations p JOIN actors n ON n.id = p.account
            JOIN actors s ON s.id = p.said_by JOIN actors b ON b.id = p.separated_by
            WHERE p.person = ? ORDER BY p.separated_at DESC, p.account\
            """,
            person)
        .map((row, context) ->
            new Separation(
                actor(row, 1),
                actor(row, 5),
                Instant.ofEpochMilli(row.getLong(9)),
                actor(row, 10),
                Instant.ofEpochMilli(row.getLong(14))))
        .list();
  }

  private static Optional<Instant> moment(Handle handle, String sql, String account) {
    return handle.select(sql, account).mapTo(Long.class).findOne().map(Instant::ofEpochMilli);
  }

  private static Actor actor(Handle handle, String account) {
    return handle
        .select(
            """
            SELECT n.id, n.kind, n.name, n.display_name
            FROM actors n JOIN accounts a ON a.id = n.id WHERE n.id = ?\
            """,
            account)
        .map((row, context) -> actor(row, 1))
        .findOne()
        .orElseThrow(() -> Refusal.notFound("account"));
  }

  private static Actor actor(ResultSet row, int first) throws SQLException {
    return new Actor(
        Actor.Kind.valueOf(row.getString(first + 1).toUpperCase(Locale.ROOT)),
        row.getString(first),
        row.getString(first + 2),
        Optional.ofNullable(row.getString(first + 3)));
  }

  @Override
  public String section() {
    return "identities";
  }

  @Override
  public Object export(String account) {
    return of(account);
  }

  @Override
  public void erase(Call call, Account account, boolean messages) {
    String id = account.id();
    store.commit(
        call.change()
            .write("DELETE FROM identities WHERE account = ? OR person = ?", id, id)
            .write("DELETE FROM separations WHERE account = ? OR person = ?", id, id));
  }
}

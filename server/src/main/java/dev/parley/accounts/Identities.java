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

/** Which accounts are known to be whose, since when, and who said so. It gives no rights. */
final class Identities implements PersonalData {
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
   */
  record Found(
      Actor account,
      @About("those that are known to be this one's") List<Identity> accounts,
      @About("since when this one is known to be somebody else's")
          Optional<Instant> identifiedAt) {}

  record Identity(Actor account, Actor saidBy, Instant at) {}

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

  void separate(Call call, String account) {
    store.commit(call.change().write("DELETE FROM identities WHERE account = ?", account));
  }

  boolean isOwn(String caller, String account) {
    return store.read(handle -> Person.own(handle, caller)).contains(account);
  }

  Found of(String account) {
    return store.read(handle ->
        new Found(
            actor(handle, account),
            handle
                .select(
                    """
                    SELECT n.id, n.kind, n.name, n.display_name, s.id, s.kind, s.name,
                      s.display_name, i.at
                    FROM identities i
                    JOIN actors n ON n.id = i.account JOIN actors s ON s.id = i.said_by
                    WHERE i.person = ? ORDER BY i.account\
                    """,
                    account)
                .map((row, context) ->
                    new Identity(
                        actor(row, 1), actor(row, 5), Instant.ofEpochMilli(row.getLong(9))))
                .list(),
            handle
                .select("SELECT at FROM identities WHERE account = ?", account)
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli)));
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
    store.commit(
        call.change()
            .write(
                "DELETE FROM identities WHERE account = ? OR person = ?",
                account.id(),
                account.id()));
  }
}

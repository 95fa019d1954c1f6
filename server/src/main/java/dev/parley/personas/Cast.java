package dev.parley.personas;

import dev.parley.calls.Caller;
import dev.parley.calls.Permission;
import dev.parley.history.Keeping;
import dev.parley.store.Store;
import dev.parley.wire.Actor;
import dev.parley.wire.Refusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * All personas: who there are, who may see and change them. What they are like is in their
 * versions; their rows have what they are found by.
 */
final class Cast {
  /** The columns that {@link Row#of} reads, of {@link #FROM}. */
  static final String SELECT =
      "SELECT n.id, n.name, n.display_name, p.brain, p.description, p.visibility, p.owner";

  static final String FROM = " FROM personas p JOIN actors n ON n.id = p.id ";
  private static final String COLUMNS = SELECT + FROM;

  private final Store store;
  private final Keeping keeping;

  Cast(Store store, Keeping keeping) {
    this.store = store;
    this.keeping = keeping;
  }

  /**
   * A persona's row.
   *
   * @param owner empty for one that came with the server
   */
  record Row(PersonaSettings settings, Optional<String> owner) {
    static Row of(ResultSet row) throws SQLException {
      return new Row(
          PersonaSettings.of(
              row.getString(1),
              row.getString(2),
              Optional.ofNullable(row.getString(3)),
              row.getString(4),
              row.getString(5),
              PersonaSettings.Visibility.valueOf(row.getString(6).toUpperCase(Locale.ROOT))),
          Optional.ofNullable(row.getString(7)));
    }

    String id() {
      return settings.lineage().value();
    }

    Actor actor() {
      return new Actor(Actor.Kind.PERSONA, id(), settings.name(), settings.displayName());
    }

    boolean isVisibleTo(Caller caller) {
      return settings.visibility() == PersonaSettings.Visibility.PUBLIC || isChangeableBy(caller);
    }

    boolean isChangeableBy(Caller caller) {
      return owner.filter(caller.id()::equals).isPresent()
          || caller.isAdmin() && caller.may(Permission.ADMIN);
    }
  }

  /** Those that a caller sees, all or those of a name, by id, beginning after one. */
  List<Row> after(Caller caller, Optional<String> name, String id, int limit) {
    boolean all = caller.isAdmin() && caller.may(Permission.ADMIN);
    return store.read(handle ->
        handle
            .select(
                COLUMNS
                    + """
                    WHERE p.id > ? AND (p.visibility = 'public' OR p.owner = ? OR ? = 1)
                    AND (? = '' OR n.name_key = ? OR LOWER(n.display_name) = LOWER(?))
                    ORDER BY p.id LIMIT ?\
                    """,
                id,
                caller.id(),
                all ? 1 : 0,
                name.orElse(""),
                name.orElse("").toLowerCase(Locale.ROOT),
                name.orElse(""),
                limit)
            .map((row, context) -> Row.of(row))
            .list());
  }

  /**
   * A persona that the caller, and whomever it acts for, may see.
   *
   * @throws Refusal {@code not_found}
   */
  Row seen(Caller caller, String id) {
    return find(id)
        .filter(row -> caller.all().stream().allMatch(row::isVisibleTo))
        .orElseThrow(() -> Refusal.notFound("persona"));
  }

  Optional<Row> find(String id) {
    return store.read(handle ->
        handle.select(COLUMNS + "WHERE p.id = ?", id).map((row, context) -> Row.of(row)).findOne());
  }

  /** Whether somebody, signed in or not, may see and address a persona. */
  boolean isVisibleTo(Row row, String account) {
    return row.settings().visibility() == PersonaSettings.Visibility.PUBLIC
        || row.owner().filter(account::equals).isPresent()
        || isAdmin(account);
  }

  private boolean isAdmin(String account) {
    return store.read(handle ->
        handle
            .select("SELECT 1 FROM accounts WHERE id = ? AND role <> 'member'", account)
            .mapTo(int.class)
            .findOne()
            .isPresent());
  }

  /** What a persona is like now. */
  PersonaSettings newest(Row row) {
    return keeping.newest(row.settings());
  }

  /**
   * A persona that the caller, and whomever it acts for, may change.
   *
   * @throws Refusal {@code not_found} or {@code forbidden}
   */
  Row changeable(Caller caller, String id) {
    Row row = seen(caller, id);
    caller.all().forEach(one -> requireChangeable(one, row));
    return row;
  }

  static void requireChangeable(Caller caller, Row row) {
    if (!row.isChangeableBy(caller)) {
      throw Refusal.forbidden("Only its owner and administrators change a persona");
    }
  }
}

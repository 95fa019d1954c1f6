package dev.parley.personas;

import dev.parley.calls.Call;
import dev.parley.calls.Caller;
import dev.parley.calls.Permission;
import dev.parley.entities.Cause;
import dev.parley.history.Keeping;
import dev.parley.history.Subject;
import dev.parley.store.Change;
import dev.parley.store.Conflict;
import dev.parley.store.Store;
import dev.parley.wire.Actor;
import dev.parley.wire.Refusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All personas: who there are, who may see and change them. What they are like is in their
 * versions; their rows have what they are found by.
 */
final class Cast implements Subject<PersonaSettings> {
  private static final Logger LOG = LoggerFactory.getLogger(Cast.class);

  /** The most personas that an account may own. */
  static final int MOST_OWNED = 100;

  /** The columns that {@link Row#of} reads, of {@link #FROM}. */
  static final String SELECT =
      "SELECT n.id, n.name, n.display_name, p.brain, p.description, p.visibility, p.owner";

  static final String FROM = " FROM personas p JOIN actors n ON n.id = p.id ";
  private static final String COLUMNS = SELECT + FROM;

  private final Store store;
  private final InstantSource clock;
  private final Keeping keeping;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  Cast(Store store, InstantSource clock, Keeping keeping) {
    this.store = store;
    this.clock = clock;
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

  /** Hears when a persona was made or changed. */
  void listen(Runnable listener) {
    listeners.add(listener);
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
   * Makes a persona.
   *
   * @throws Refusal {@code conflict} if the name is taken, {@code too_large} if the owner has too
   *     many
   */
  PersonaSettings create(Call call, PersonaSettings persona) {
    try {
      create(call.cause(), persona, call.change(), Optional.of(call.caller().id()));
    } catch (Conflict conflict) {
      throw switch (conflict.guard()) {
        case "name" -> Refusal.conflict("The name " + persona.name() + " is taken");
        case "most" ->
            Refusal.tooLarge(
                "name", "An account owns at most " + MOST_OWNED + " personas", MOST_OWNED);
        default -> conflict;
      };
    }
    return newest(find(persona.lineage().value()).orElseThrow());
  }

  private void create(Cause cause, PersonaSettings persona, Change change, Optional<String> owner) {
    String id = persona.lineage().value();
    change.require(
        "name",
        """
        INSERT INTO actors (id, kind, name, name_key, display_name)
        VALUES (?, 'persona', ?, ?, ?) ON CONFLICT (name_key) DO NOTHING\
        """,
        id,
        persona.name(),
        persona.name().toLowerCase(Locale.ROOT),
        persona.displayName().orElse(null));
    change.require(
        "most",
        """
        INSERT INTO personas (id, brain, description, visibility, owner, created_at)
        SELECT CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT),
          CAST(? AS TEXT), CAST(? AS BIGINT)
        WHERE (SELECT COUNT(*) FROM personas WHERE owner = ?) < ?\
        """,
        id,
        persona.brain(),
        persona.description(),
        word(persona.visibility()),
        owner.orElse(null),
        clock.millis(),
        owner.orElse(null),
        MOST_OWNED);
    keeping.keep(cause, persona, change);
    listeners.forEach(Runnable::run);
  }

  private static String word(PersonaSettings.Visibility visibility) {
    return visibility.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Changes a persona.
   *
   * @throws Refusal {@code not_found} or {@code forbidden}
   */
  PersonaSettings change(Call call, String id, UnaryOperator<PersonaSettings> change) {
    Row row = changeable(call.caller(), id);
    return Keeping.retried(() -> keep(call, change.apply(newest(row))));
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

  /**
   * Removes a persona. Its actor stays, for what it has said; its handle is free again.
   *
   * @param change what else goes with it
   */
  void remove(Row row, Change change) {
    String nameless = "deleted-" + row.id();
    store.commit(
        change
            .write("DELETE FROM listening WHERE persona = ?", row.id())
            .write("DELETE FROM summaries WHERE persona = ?", row.id())
            .write("DELETE FROM replies WHERE persona = ?", row.id())
            .write("DELETE FROM personas WHERE id = ?", row.id())
            .write(
                "UPDATE actors SET name = ?, name_key = ?, display_name = ? WHERE id = ?",
                nameless,
                nameless,
                row.settings().displayName().orElse(row.settings().name()),
                row.id()));
    listeners.forEach(Runnable::run);
  }

  private PersonaSettings keep(Call call, PersonaSettings next) {
    String id = next.lineage().value();
    keeping.keep(
        call.cause(),
        next,
        call.change()
            .write(
                "UPDATE actors SET display_name = ? WHERE id = ?",
                next.displayName().orElse(null),
                id)
            .write(
                "UPDATE personas SET brain = ?, description = ?, visibility = ? WHERE id = ?",
                next.brain(),
                next.description(),
                word(next.visibility()),
                id));
    listeners.forEach(Runnable::run);
    return next;
  }

  private static void requireChangeable(Caller caller, Row row) {
    if (!row.isChangeableBy(caller)) {
      throw Refusal.forbidden("Only its owner and administrators change a persona");
    }
  }

  /** Makes a persona that comes with the server, if there is none of its name. */
  void provide(PersonaSettings persona) {
    if (isTaken(persona.name())) {
      return;
    }
    try {
      create(
          new Cause("start", "", "server", Optional.empty()),
          persona,
          new Change(new Change.Origin("start", "server")),
          Optional.empty());
    } catch (Conflict exists) {
      LOG.debug("{} is there already", persona.name());
    }
  }

  private boolean isTaken(String name) {
    return store.read(handle ->
        handle
            .select("SELECT 1 FROM actors WHERE name_key = ?", name.toLowerCase(Locale.ROOT))
            .mapTo(Integer.class)
            .findFirst()
            .isPresent());
  }

  @Override
  public Class<PersonaSettings> type() {
    return PersonaSettings.class;
  }

  @Override
  public Optional<PersonaSettings> visible(Caller caller, String id) {
    return find(id).filter(row -> row.isVisibleTo(caller)).map(Row::settings);
  }

  @Override
  public void requireChangeable(Caller caller, String id) {
    requireChangeable(caller, find(id).orElseThrow(() -> Refusal.notFound("persona")));
  }

  @Override
  public void restore(Call call, PersonaSettings old) {
    change(call, old.lineage().value(), old::after);
  }
}

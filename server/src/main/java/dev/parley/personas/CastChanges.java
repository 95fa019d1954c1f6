package dev.parley.personas;

import dev.parley.calls.Call;
import dev.parley.calls.Caller;
import dev.parley.entities.Cause;
import dev.parley.history.Keeping;
import dev.parley.history.Subject;
import dev.parley.store.Change;
import dev.parley.store.Conflict;
import dev.parley.store.Store;
import dev.parley.wire.Refusal;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How personas come, change and go: each row with its version. */
final class CastChanges implements Subject<PersonaSettings> {
  private static final Logger LOG = LoggerFactory.getLogger(CastChanges.class);

  /** The most personas that an account may own. */
  static final int MOST_OWNED = 100;

  private final Store store;
  private final InstantSource clock;
  private final Keeping keeping;
  private final Cast cast;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  CastChanges(Store store, InstantSource clock, Keeping keeping, Cast cast) {
    this.store = store;
    this.clock = clock;
    this.keeping = keeping;
    this.cast = cast;
  }

  /** Hears when a persona was made or changed. */
  void listen(Runnable listener) {
    listeners.add(listener);
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
    return cast.newest(cast.find(persona.lineage().value()).orElseThrow());
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
    Cast.Row row = cast.changeable(call.caller(), id);
    return Keeping.retried(() -> keep(call, change.apply(cast.newest(row))));
  }

  /**
   * Removes a persona. Its actor stays, for what it has said; its handle is free again.
   *
   * @param change what else goes with it
   */
  void remove(Cast.Row row, Change change) {
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
    return cast.find(id).filter(row -> row.isVisibleTo(caller)).map(Cast.Row::settings);
  }

  @Override
  public void requireChangeable(Caller caller, String id) {
    Cast.requireChangeable(caller, cast.find(id).orElseThrow(() -> Refusal.notFound("persona")));
  }

  @Override
  public void restore(Call call, PersonaSettings old) {
    change(call, old.lineage().value(), old::after);
  }
}

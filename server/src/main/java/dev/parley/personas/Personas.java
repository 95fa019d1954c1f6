package dev.parley.personas;

import static dev.parley.functions.Function.named;

import dev.parley.calls.Call;
import dev.parley.calls.Caller;
import dev.parley.calls.Dispatcher;
import dev.parley.calls.Permission;
import dev.parley.calls.Route;
import dev.parley.conversations.Conversations;
import dev.parley.delivery.Topics;
import dev.parley.entities.Cause;
import dev.parley.functions.About;
import dev.parley.functions.Range;
import dev.parley.functions.Registry;
import dev.parley.functions.Text;
import dev.parley.history.Keeping;
import dev.parley.history.Subject;
import dev.parley.store.Change;
import dev.parley.store.Conflict;
import dev.parley.store.Store;
import dev.parley.wire.Actor;
import dev.parley.wire.Ids;
import dev.parley.wire.Page;
import dev.parley.wire.Paging;
import dev.parley.wire.Refusal;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The personas of this server. One is built in: the guide, with a scripted brain. */
public final class Personas implements Subject<PersonaSettings> {
  private static final Logger LOG = LoggerFactory.getLogger(Personas.class);
  private static final String SCRIPTED = "scripted";
  private static final Actor GUIDE =
      new Actor(Actor.Kind.PERSONA, "", "guide", Optional.of("Guide"));
  private static final String ABOUT =
      "Shows newcomers around. Scripted, no language model: ask it what it can do.";

  private final Store store;
  private final Ids ids;
  private final InstantSource clock;
  private final Keeping keeping;
  private volatile Runnable onChanged = () -> {};

  public Personas(Store store, Ids ids, InstantSource clock, Keeping keeping) {
    this.store = store;
    this.ids = ids;
    this.clock = clock;
    this.keeping = keeping;
  }

  /** A persona as lists show it. */
  record Persona(
      String id, Actor.Kind kind, String name, Optional<String> displayName, String description) {}

  record Listed(
      @Range(min = 1, max = Page.MAX) Optional<Integer> limit,
      @Text(max = 256) Optional<String> cursor) {}

  record Several(List<Persona> items, Optional<String> next) {}

  record Update(
      @Text(min = 1, max = 40) String id,
      @About("empty to have none") @Text(max = 64) Optional<String> displayName,
      @Text(max = 2_000) Optional<String> description) {}

  record One(Persona persona) {}

  public void register(Registry<Call> registry) {
    registry.add(
        named("personas.list", Listed.class, Several.class)
            .described("List personas", "The AI characters of this server.")
            .readOnly()
            .with(Permission.READ, Route.get("/personas"))
            .handledBy(this::list));
    registry.add(
        named("personas.update", Update.class, One.class)
            .described("Change a persona", "Sets the display name or description of a persona.")
            .idempotent()
            .with(Permission.ADMIN, Route.patch("/personas/{id}"))
            .handledBy(this::update));
  }

  private Several list(Call call, Listed input) {
    Paging paging = Paging.of(input.limit(), input.cursor(), "personas.list");
    List<Persona> oneMore =
        store.read(handle ->
            handle
                .select(
                    """
                    SELECT n.id, n.name, n.display_name, p.description
                    FROM personas p JOIN actors n ON n.id = p.id
                    WHERE p.id > ? ORDER BY p.id LIMIT ?\
                    """,
                    paging.after(),
                    paging.oneMore())
                .map((row, context) ->
                    new Persona(
                        row.getString(1),
                        Actor.Kind.PERSONA,
                        row.getString(2),
                        Optional.ofNullable(row.getString(3)),
                        row.getString(4)))
                .list());
    Page<Persona> page = paging.page(oneMore, Persona::id);
    return new Several(page.items(), page.next());
  }

  private One update(Call call, Update input) {
    return Keeping.retried(
        () -> change(call, keeping.newest(changeable(call.caller(), input.id())).with(input)));
  }

  private PersonaSettings changeable(Caller caller, String id) {
    PersonaSettings found = visible(caller, id).orElseThrow(() -> Refusal.notFound("persona"));
    requireChangeable(caller, id);
    return found;
  }

  private One change(Call call, PersonaSettings next) {
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
                "UPDATE personas SET brain = ?, description = ? WHERE id = ?",
                next.brain(),
                next.description(),
                id));
    onChanged.run();
    return new One(
        new Persona(id, Actor.Kind.PERSONA, next.name(), next.displayName(), next.description()));
  }

  @Override
  public Class<PersonaSettings> type() {
    return PersonaSettings.class;
  }

  @Override
  public Optional<PersonaSettings> visible(Caller caller, String id) {
    return store.read(handle ->
        handle
            .select(
                """
                SELECT n.name, n.display_name, p.brain, p.description
                FROM personas p JOIN actors n ON n.id = p.id WHERE p.id = ?\
                """,
                id)
            .map((row, context) ->
                PersonaSettings.of(
                    id,
                    row.getString(1),
                    Optional.ofNullable(row.getString(2)),
                    row.getString(3),
                    row.getString(4)))
            .findOne());
  }

  @Override
  public void requireChangeable(Caller caller, String id) {
    if (!caller.isAdmin() || !caller.may(Permission.ADMIN)) {
      throw Refusal.forbidden("Only administrators change a persona");
    }
  }

  @Override
  public void restore(Call call, PersonaSettings old) {
    Keeping.retried(() -> {
      String id = old.lineage().value();
      return change(call, old.after(keeping.newest(changeable(call.caller(), id))));
    });
  }

  /** Makes the guide, if it is not there yet. */
  public void makeGuide() {
    String id = ids.next();
    PersonaSettings settings =
        PersonaSettings.of(id, GUIDE.name(), GUIDE.displayName(), SCRIPTED, ABOUT);
    try {
      keeping.keep(
          new Cause("start", "", "server", Optional.empty()),
          settings,
          new Change(new Change.Origin("start", "server"))
              .require(
                  "exists",
                  """
                  INSERT INTO actors (id, kind, name, name_key, display_name)
                  VALUES (?, 'persona', ?, ?, ?) ON CONFLICT (name_key) DO NOTHING\
                  """,
                  id,
                  GUIDE.name(),
                  GUIDE.name().toLowerCase(Locale.ROOT),
                  GUIDE.displayName().orElse(null))
              .write(
                  "INSERT INTO personas (id, brain, description, created_at) VALUES (?, ?, ?, ?)",
                  id,
                  SCRIPTED,
                  ABOUT,
                  clock.millis()));
    } catch (Conflict exists) {
      LOG.debug("the guide is there already");
    }
  }

  /**
   * Lets personas answer from now on, and what they still owe from before a crash.
   *
   * @param workers how many may think at once
   */
  public void awaken(
      Conversations conversations,
      Dispatcher dispatcher,
      Topics topics,
      Executor virtualThreads,
      int workers) {
    Map<String, Brain> brains = Map.of(SCRIPTED, new ScriptedBrain(clock));
    Replying replying =
        new Replying(store, dispatcher, topics, brains, virtualThreads, workers, ids, clock);
    conversations.onPosted(replying::posted);
    onChanged = replying::forget;
    virtualThreads.execute(replying::catchUp);
  }
}

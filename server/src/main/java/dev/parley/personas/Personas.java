package dev.parley.personas;

import static dev.parley.functions.Function.named;

import dev.parley.calls.Call;
import dev.parley.calls.Dispatcher;
import dev.parley.calls.Permission;
import dev.parley.calls.Route;
import dev.parley.conversations.Conversations;
import dev.parley.delivery.Topics;
import dev.parley.functions.Range;
import dev.parley.functions.Registry;
import dev.parley.functions.Text;
import dev.parley.store.Change;
import dev.parley.store.Conflict;
import dev.parley.store.Store;
import dev.parley.wire.Actor;
import dev.parley.wire.Cursor;
import dev.parley.wire.Ids;
import dev.parley.wire.Page;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The personas of this server. One is built in: the guide, with a scripted brain. */
public final class Personas {
  private static final Logger LOG = LoggerFactory.getLogger(Personas.class);
  private static final String SCRIPTED = "scripted";
  private static final Actor GUIDE =
      new Actor(Actor.Kind.PERSONA, "", "guide", Optional.of("Guide"));
  private static final String ABOUT =
      "Shows newcomers around. Scripted, no language model: ask it what it can do.";

  private final Store store;
  private final Ids ids;
  private final InstantSource clock;

  public Personas(Store store, Ids ids, InstantSource clock) {
    this.store = store;
    this.ids = ids;
    this.clock = clock;
  }

  /** A persona as lists show it. */
  record Persona(
      String id, Actor.Kind kind, String name, Optional<String> displayName, String description) {}

  record Listed(
      @Range(min = 1, max = Page.MAX) Optional<Integer> limit,
      @Text(max = 256) Optional<String> cursor) {}

  record Several(List<Persona> items, Optional<String> next) {}

  public void register(Registry<Call> registry) {
    registry.add(
        named("personas.list", Listed.class, Several.class)
            .described("List personas", "The AI characters of this server.")
            .readOnly()
            .with(Permission.READ, Route.get("/personas"))
            .handledBy(this::list));
  }

  private Several list(Call call, Listed input) {
    int limit = Page.limit(input.limit());
    List<Persona> oneMore =
        store.read(handle ->
            handle
                .select(
                    """
                    SELECT n.id, n.name, n.display_name, p.description
                    FROM personas p JOIN actors n ON n.id = p.id
                    WHERE p.id > ? ORDER BY p.id LIMIT ?\
                    """,
                    Cursor.keyOf(input.cursor()),
                    limit + 1)
                .map((row, context) ->
                    new Persona(
                        row.getString(1),
                        Actor.Kind.PERSONA,
                        row.getString(2),
                        Optional.ofNullable(row.getString(3)),
                        row.getString(4)))
                .list());
    Page<Persona> page = Page.of(oneMore, limit, Persona::id);
    return new Several(page.items(), page.next());
  }

  /** Makes the guide, if it is not there yet. */
  public void makeGuide() {
    String id = ids.next();
    try {
      store.commit(
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
    virtualThreads.execute(replying::catchUp);
  }
}

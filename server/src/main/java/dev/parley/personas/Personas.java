package dev.parley.personas;

import static dev.parley.functions.Function.named;

import dev.parley.calls.Call;
import dev.parley.calls.Dispatcher;
import dev.parley.calls.Offered;
import dev.parley.calls.Permission;
import dev.parley.calls.Replays;
import dev.parley.calls.Route;
import dev.parley.conversations.Conversations;
import dev.parley.delivery.Topics;
import dev.parley.functions.Registry;
import dev.parley.history.Keeping;
import dev.parley.history.Subject;
import dev.parley.personas.mood.Moods;
import dev.parley.store.Store;
import dev.parley.wire.Ids;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;

/** The AI characters of this server: their functions, and what lets them answer. */
public final class Personas {
  private static final String SCRIPTED = "scripted";

  private final Store store;
  private final Ids ids;
  private final InstantSource clock;
  private final Cast cast;
  private final CastChanges changes;
  private final Keeping keeping;
  private final Replies replies;
  private final Addressing addressing;
  private final Map<String, Brain> brains;

  record Nothing() {}

  /**
   * What answers for personas.
   *
   * @param model what it asks for personas that name no model; absent if it asks none
   * @param available not if its model has failed too often lately
   */
  record OneBrain(String name, Optional<String> model, boolean available) {}

  record Brains(List<OneBrain> brains) {}

  /**
   * @param models the brains that this server has besides the scripted one, by name
   */
  public Personas(
      Store store, Ids ids, InstantSource clock, Keeping keeping, Map<String, Brain> models) {
    this.store = store;
    this.ids = ids;
    this.clock = clock;
    this.keeping = keeping;
    this.cast = new Cast(store, keeping);
    this.changes = new CastChanges(store, clock, keeping, cast);
    this.replies = new Replies(store, clock);
    this.addressing = new Addressing(store, cast, replies, clock);
    this.brains = new TreeMap<>(models);
    brains.put(SCRIPTED, new ScriptedBrain(clock));
  }

  /** What has a history here: personas. */
  public Subject<?> subject() {
    return changes;
  }

  /** Makes those that come with the server, if they are not there yet. */
  public void provide() {
    for (BuiltIn persona : BuiltIn.values()) {
      changes.provide(persona.asNew(ids.next(), SCRIPTED));
    }
  }

  public void register(Registry<Call> registry, Conversations conversations) {
    Casting casting = new Casting(cast, changes, ids, brains.keySet(), SCRIPTED);
    Meeting meeting = new Meeting(cast, conversations, addressing, ids);
    registerCasting(registry, casting);
    registerCards(registry, casting);
    registerBrains(registry);
    registry.add(
        named("personas.converse", Meeting.Converse.class, Meeting.InConversation.class)
            .described(
                "Talk with a persona",
                "The caller's own conversation with a persona: made once, kept for good. Talk in it"
                    + " with messages.post.")
            .idempotent()
            .with(Offered.TOOL, Permission.WRITE, Route.post("/personas/{persona}/conversation"))
            .handledBy(meeting::converse));
    registry.add(
        named("personas.ask", Meeting.Ask.class, Meeting.AskedIt.class)
            .described(
                "Ask a persona",
                "Posts a message in the caller's own conversation with a persona, which answers there;"
                    + " the answer may be held short.")
            .with(Permission.WRITE, Route.create("/personas/{persona}/messages"))
            .handledBy(meeting::ask));
    registry.add(
        named("personas.invite", Meeting.Invite.class, Meeting.InConversation.class)
            .described(
                "Bring a persona into a room",
                "It answers there when it is mentioned, always, or when it is interested.")
            .idempotent()
            .with(
                Offered.TOOL,
                Permission.WRITE,
                Route.post("/conversations/{conversation}/personas"))
            .handledBy(meeting::invite));
  }

  private static void registerCasting(Registry<Call> registry, Casting casting) {
    registry.add(
        named("personas.list", Casting.ListPersonas.class, Casting.Several.class)
            .described("List personas", "The AI characters that the caller may talk with.")
            .readOnly()
            .with(
                Offered.TOOL,
                new Offered.Listing("personas/{id}"),
                new Offered.Prompt("persona"),
                Permission.READ,
                Route.get("/personas"))
            .handledBy(casting::list));
    registry.add(
        named("personas.get", Casting.ById.class, Casting.One.class)
            .described("Get a persona", "What one persona is like.")
            .readOnly()
            .with(
                Offered.TOOL,
                new Offered.Resource("personas/{id}", false),
                Permission.READ,
                Route.get("/personas/{id}"))
            .handledBy(casting::get));
    registry.add(
        named("personas.create", Casting.Create.class, Casting.One.class)
            .described("Make a persona", "Makes an AI character that the caller owns.")
            .with(Permission.WRITE, Route.create("/personas"))
            .handledBy(casting::create));
    registry.add(
        named("personas.edit", Casting.Edit.class, Casting.One.class)
            .described("Change a persona", "Sets what is given; for its owner and administrators.")
            .idempotent()
            .with(Permission.WRITE, Route.patch("/personas/{id}"))
            .handledBy(casting::edit));
  }

  private void registerBrains(Registry<Call> registry) {
    registry.add(
        named("personas.brains", Nothing.class, Brains.class)
            .described("List brains", "What may answer for a persona, and whether it can now.")
            .readOnly()
            .with(Permission.READ, Route.get("/brains"))
            .handledBy((call, input) -> brains()));
  }

  private Brains brains() {
    return new Brains(
        brains.entrySet().stream()
            .map(brain ->
                new OneBrain(
                    brain.getKey(), brain.getValue().model(), brain.getValue().isAvailable()))
            .toList());
  }

  private static void registerCards(Registry<Call> registry, Casting casting) {
    registry.add(
        named("personas.clone", Casting.Clone.class, Casting.One.class)
            .described("Copy a persona", "Makes a persona like another one, without its memory.")
            .with(Permission.WRITE, Route.create("/personas/{id}/clones"))
            .handledBy(casting::copy));
    registry.add(
        named("personas.export", Casting.ById.class, Casting.Carded.class)
            .described("Export a persona", "A persona as a character card (version 2).")
            .readOnly()
            .with(Permission.READ, Route.get("/personas/{id}/card"))
            .handledBy(casting::export));
    registry.add(
        named("personas.import", Casting.Import.class, Casting.One.class)
            .described("Import a persona", "Makes a persona from a character card (version 2).")
            .with(Permission.WRITE, Route.create("/personas/cards"))
            .handledBy(casting::read));
  }

  /**
   * Lets personas answer from now on, and what they still owe from before a crash.
   *
   * @param recollection what they remember
   * @param moods how they feel
   * @param workers how many replies each brain may write at once
   * @return makes them rest: what is under way is answered when they are awakened again
   */
  public Runnable awaken(
      Conversations conversations,
      Dispatcher dispatcher,
      Topics topics,
      Recollection recollection,
      Moods moods,
      Executor virtualThreads,
      int workers) {
    Summaries summaries = new Summaries(store, clock);
    Feeling feeling = new Feeling(cast, moods, clock);
    Acting acting = new Acting(dispatcher, ids, new Replays(store));
    Replying replying =
        new Replying(
            addressing,
            new ContextBuilder(conversations, summaries, recollection),
            feeling,
            acting,
            replies,
            cast,
            topics,
            brains,
            virtualThreads,
            workers);
    Explaining explaining =
        new Explaining(cast, keeping, replies, summaries, recollection, conversations);
    new Talking(conversations, replying, explaining).register(dispatcher.registry());
    feeling.register(dispatcher.registry());
    new Dismissing(store, cast, changes, replying, acting, recollection)
        .register(dispatcher.registry());
    conversations.onPosted(message ->
        virtualThreads.execute(() -> {
          recollection.saw(message);
          replying.posted(message);
        }));
    conversations.onRevised(summaries);
    changes.listen(addressing::forget);
    virtualThreads.execute(() -> {
      recollection.catchUp();
      replying.catchUp();
    });
    return replying::rest;
  }
}

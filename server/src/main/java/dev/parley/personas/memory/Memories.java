package dev.parley.personas.memory;

import static dev.parley.functions.Function.named;

import dev.parley.accounts.PersonalData;
import dev.parley.calls.Call;
import dev.parley.calls.Offered;
import dev.parley.calls.Permission;
import dev.parley.calls.Route;
import dev.parley.functions.Registry;
import dev.parley.store.Change;
import dev.parley.store.Store;
import dev.parley.wire.Ids;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** What personas remember: how it is learnt, seen, corrected, forgotten and recalled. */
public final class Memories implements AutoCloseable {
  private final Indexes indexes;
  private final Forgetting forgetting;
  private final Remembering remembering;
  private final Witness witness;
  private final Recall recall;
  private final Pruning pruning;
  private final Placing placing;
  private final Uses uses;
  private final Telling telling;
  private final Looking looking;

  public Memories(Store store, Ids ids, InstantSource clock, MemorySettings settings) {
    this(store, ids, clock, settings, settings.embedding());
  }

  Memories(
      Store store, Ids ids, InstantSource clock, MemorySettings settings, Embedding embedding) {
    this.indexes = new Indexes(store, embedding.name());
    this.placing = new Placing(embedding, store, indexes, clock);
    Draft.Desk desk = new Draft.Desk(store, clock, new FullText(store.dialect()), indexes, placing);
    this.uses = new Uses(store, clock);
    this.forgetting = new Forgetting(desk);
    this.remembering = new Remembering(ids, desk);
    this.witness = new Witness(desk, remembering, forgetting);
    this.recall = new Recall(desk, uses);
    this.pruning = new Pruning(store, clock, forgetting, settings.perPersona());
    this.telling = new Telling(store, clock, remembering, forgetting);
    this.looking = new Looking(store, clock, recall, pruning);
    placing.forgetOthers();
  }

  /** What comes to a persona's mind. */
  public Recall recall() {
    return recall;
  }

  /** How a persona is given statements. */
  public Remembering remembering() {
    return remembering;
  }

  /** How personas learn from messages. */
  public Witness witness() {
    return witness;
  }

  /** The words of a persona's memories that may be said in a conversation now, by id. */
  public Map<String, String> words(
      String persona, String asker, String conversation, Collection<String> ids) {
    return ids.isEmpty()
        ? Map.of()
        : looking.words(new Audible(persona, asker, Optional.of(conversation)), ids);
  }

  /** Steps that erase all that a persona remembers, when it is no more. */
  public void erase(Change change, String persona) {
    forgetting.ofPersona(change, persona);
  }

  /** What a persona remembered was erased. */
  public void erased(String persona) {
    indexes.erased(persona);
  }

  /** What is remembered of an account. */
  public PersonalData holdings() {
    return forgetting;
  }

  /** What is done again and again, with the pause between. */
  public Map<Runnable, Duration> sweeps() {
    return Map.of(
        uses::sweep, Duration.ofSeconds(1),
        placing::sweep, Duration.ofSeconds(5),
        pruning::sweep, Duration.ofMinutes(1));
  }

  /** Writes what was counted. */
  @Override
  public void close() {
    uses.sweep();
  }

  public void register(Registry<Call> registry) {
    registerLooking(registry);
    registerTelling(registry);
  }

  private void registerLooking(Registry<Call> registry) {
    registry.add(
        named("memories.list", Looking.Listed.class, Looking.Several.class)
            .described(
                "List memories",
                "What personas believe now, or believed at a time, that is about the caller or was"
                    + " told by it; newest first.")
            .readOnly()
            .with(
                Offered.TOOL,
                new Offered.Resource("personas/{persona}/memories", false),
                Permission.READ,
                Route.get("/memories"))
            .handledBy(looking::list));
    registry.add(
        named("memories.search", Looking.Find.class, Looking.Found.class)
            .described(
                "Search memories",
                "What of it answers a question, the best first, and why; nothing if nothing does. With a"
                    + " conversation: what would come to the persona's mind there.")
            .readOnly()
            .with(Offered.TOOL, Permission.READ, Route.get("/memories/search"))
            .handledBy(looking::search));
    registry.add(
        named("memories.export", Looking.Export.class, Looking.Exported.class)
            .described(
                "Export memories",
                "All of it, with what was superseded and where each comes from, oldest first.")
            .readOnly()
            .with(Permission.READ, Route.get("/memories/export"))
            .handledBy(looking::export));
    registry.add(
        named("memories.stats", Looking.Of.class, Looking.Stats.class)
            .described(
                "Count memories",
                "How much personas believe of what memories.list shows, by kind and importance.")
            .readOnly()
            .with(Permission.READ, Route.get("/memories/stats"))
            .handledBy(looking::stats));
    registry.add(
        named("memories.prune", Looking.Prune.class, Looking.Pruned.class)
            .described(
                "Make room",
                "Removes what a persona remembers and is worth least, or only says what would go.")
            .with(Permission.ADMIN, Route.post("/memories/prune"))
            .handledBy(looking::prune));
  }

  private void registerTelling(Registry<Call> registry) {
    registry.add(
        named("memories.add", Telling.Add.class, Telling.One.class)
            .described("Tell a persona something", "Has a persona remember a statement.")
            .with(Offered.TOOL, Permission.WRITE, Route.create("/memories"))
            .handledBy(telling::add));
    registry.add(
        named("memories.correct", Telling.Correct.class, Telling.One.class)
            .described(
                "Correct a memory",
                "Says what is right. The wrong statement is superseded: never recalled again, and"
                    + " seen only when one asks what was believed before.")
            .with(Offered.TOOL, Permission.WRITE, Route.patch("/memories/{id}"))
            .handledBy(telling::correct));
    registry.add(
        named("memories.forget", Telling.ById.class, Telling.Nothing.class)
            .described(
                "Forget a memory",
                "Erases a statement for good, with its history, and never learns it from the same"
                    + " messages again.")
            .with(Offered.DESTRUCTIVE_TOOL, Permission.WRITE, Route.delete("/memories/{id}"))
            .handledBy(telling::forget));
  }
}

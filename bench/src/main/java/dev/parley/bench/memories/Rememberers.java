package dev.parley.bench.memories;

import dev.parley.personas.memory.Kind;
import dev.parley.personas.memory.Memories;
import dev.parley.personas.memory.MemorySettings;
import dev.parley.personas.memory.Moment;
import dev.parley.personas.memory.Recall;
import dev.parley.personas.memory.Recalled;
import dev.parley.personas.memory.Statement;
import dev.parley.store.Change;
import dev.parley.store.SlowStatements;
import dev.parley.store.Store;
import dev.parley.store.StoreSettings;
import dev.parley.store.Stores;
import dev.parley.wire.Ids;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Personas on a store without a server around it, and one account that asks them. */
final class Rememberers implements AutoCloseable {
  private static final String ASKER = "asker";

  private final InstantSource clock = InstantSource.system();
  private final StoreSettings settings;
  private Store store;
  private Memories memories;

  Rememberers(Path folder, Optional<String> database, int personas) {
    this.settings =
        new StoreSettings(
            folder, database, 4, 12, Duration.ofSeconds(30), Duration.ofHours(1), 0, Duration.ZERO);
    this.store = open();
    this.memories = memories();
    Change change = change();
    actor(change, ASKER, "account");
    change.write("INSERT INTO accounts (id, role, created_at) VALUES (?, 'member', 0)", ASKER);
    for (int i = 0; i < personas; i++) {
      actor(change, persona(i), "persona");
      change.write(
          "INSERT INTO personas (id, brain, description, created_at) VALUES (?, '', '', 0)",
          persona(i));
    }
    store.commit(change);
  }

  private Store open() {
    return Stores.open(settings, new SlowStatements(Duration.ZERO), clock);
  }

  private Memories memories() {
    return new Memories(store, new Ids(clock), clock, new MemorySettings(0, Optional.empty()));
  }

  /** Closes everything and opens it again: nothing is in memory. */
  void reopen() {
    close();
    store = open();
    memories = memories();
  }

  static String persona(int number) {
    return "persona%020d".formatted(number);
  }

  private static Change change() {
    return new Change(new Change.Origin("bench", "bench"));
  }

  private static void actor(Change change, String id, String kind) {
    change.write(
        "INSERT INTO actors (id, kind, name, name_key) VALUES (?, ?, ?, ?)", id, kind, id, id);
  }

  void add(int persona, String text, boolean aboutTheAsker) {
    memories
        .remembering()
        .add(
            Rememberers::change,
            new Statement(
                persona(persona),
                text,
                Kind.FACT,
                Optional.empty(),
                0.5,
                aboutTheAsker ? Optional.of(ASKER) : Optional.empty(),
                Optional.of(ASKER),
                Optional.empty(),
                true,
                List.of(),
                Instant.ofEpochMilli(clock.millis()),
                Optional.empty()));
  }

  List<Recalled> recall(int persona, String question) {
    return memories
        .recall()
        .of(
            new Recall.Question(
                persona(persona), ASKER, Optional.empty(), question, 10, Moment.now(clock)));
  }

  @Override
  public void close() {
    memories.close();
    store.close();
  }
}

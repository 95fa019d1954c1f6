package dev.parley.bench;

import dev.parley.conversations.emotion.Lexicon;
import dev.parley.store.Change;
import dev.parley.store.SlowStatements;
import dev.parley.store.Store;
import dev.parley.store.StoreSettings;
import dev.parley.store.Stores;
import dev.parley.wire.Actor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** The store without a server around it: callers that each wait until their change is durable. */
final class StoreAlone implements AutoCloseable {
  private static final Change.Origin ORIGIN = new Change.Origin("bench", "bench");

  private final Store store;
  private final List<Actor> callers = new ArrayList<>();
  private final int roomSize;
  private final Drafts drafts;

  /**
   * @param lexicon what posts are scored by; empty if they are not
   */
  StoreAlone(Path folder, int callers, int roomSize, Optional<Lexicon> lexicon) {
    this.roomSize = roomSize;
    StoreSettings settings =
        new StoreSettings(
            folder,
            Optional.empty(),
            4,
            0,
            Duration.ofSeconds(10),
            Duration.ofHours(1),
            0,
            Duration.ZERO);
    store = Stores.open(settings, new SlowStatements(Duration.ZERO), InstantSource.system());
    drafts = new Drafts(store, lexicon);
    for (int i = 0; i < callers; i++) {
      this.callers.add(member(i));
    }
  }

  private Actor member(int number) {
    String id = "actor-" + number;
    Change change = new Change(ORIGIN);
    change.write(
        "INSERT INTO actors (id, kind, name, name_key) VALUES (?, 'account', ?, ?)", id, id, id);
    if (number % roomSize == 0) {
      change.write(
          """
          INSERT INTO conversations (id, kind, title, visibility, created_by, created_at)
          VALUES (?, 'room', 'Bench', 'public', ?, 0)\
          """,
          room(number),
          id);
    }
    change.write(
        """
        INSERT INTO members (conversation, actor, role, joined_at, read_seq, read_messages)
        VALUES (?, ?, 'member', 0, 0, 0)\
        """,
        room(number),
        id);
    store.commit(change);
    return new Actor(Actor.Kind.ACCOUNT, id, id, Optional.empty());
  }

  private String room(int number) {
    return "room-" + number / roomSize;
  }

  /**
   * How many changes a second become durable, each caller having one under way.
   *
   * @param changes in all; they are made before the clock starts
   */
  double perSecond(int changes, String content) {
    List<Change> posts = posts(changes, content);
    AtomicInteger next = new AtomicInteger();
    LongAdder durable = new LongAdder();
    long start = System.nanoTime();
    try (ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < callers.size(); i++) {
        waiting.execute(() -> commitAll(posts, next, durable));
      }
    }
    double perSecond = durable.sum() * 1e9 / (System.nanoTime() - start);
    if (durable.sum() != changes) {
      throw new LoadFailure((changes - durable.sum()) + " changes were not taken");
    }
    return perSecond;
  }

  /** How many messages the database holds. */
  long messages() {
    return store.read(
        handle -> handle.createQuery("SELECT count(*) FROM messages").mapTo(long.class).one());
  }

  private void commitAll(List<Change> posts, AtomicInteger next, LongAdder durable) {
    for (int i = next.getAndIncrement(); i < posts.size(); i = next.getAndIncrement()) {
      store.commit(posts.get(i));
      durable.increment();
    }
  }

  private List<Change> posts(int count, String content) {
    List<Change> posts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int caller = i % callers.size();
      posts.add(drafts.post(callers.get(caller), room(caller), content + " " + i));
    }
    return posts;
  }

  @Override
  public void close() {
    store.close();
  }
}

package dev.parley.delivery;

import dev.parley.store.Log;
import dev.parley.store.Logged;
import dev.parley.store.Store;
import dev.parley.wire.Refusal;
import io.netty.channel.EventLoop;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who reads what, live. */
public final class Topics implements Store.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(Topics.class);
  private static final long RETRY_MS = 1_000;

  /** What all logs together keep in memory for readers that lag, on each event loop. */
  private static final long MOST_KEPT = 64L * 1024 * 1024;

  private final Log log;
  private final InstantSource clock;
  private final int subscriptionsPerConnection;
  private final Map<String, Readers> topics = new ConcurrentHashMap<>();
  private final Map<String, List<Runnable>> watchers = new ConcurrentHashMap<>();
  private final Executor virtual = Executors.newVirtualThreadPerTaskExecutor();
  private final LongAdder dropped = new LongAdder();
  private volatile BooleanSupplier drops = () -> false;
  private final Subscription.Source source = new FromLog();
  private final Allowance allowance = new Allowance(MOST_KEPT);

  /** A topic with the number of its readers; gone when nobody is left. */
  private record Readers(Topic topic, int count) {
    Readers plus(int more) {
      return new Readers(topic, count + more);
    }
  }

  /**
   * @param subscriptionsPerConnection the most that one socket may have; 0 for no limit
   */
  public Topics(Log log, InstantSource clock, int subscriptionsPerConnection) {
    this.log = log;
    this.clock = clock;
    this.subscriptionsPerConnection = subscriptionsPerConnection;
  }

  /** A subscription that was announced and does not read yet. */
  public interface Joining {
    /** Starts to read after a position. */
    void begin(long after, boolean announce);

    /** Takes it back. */
    void cancel();
  }

  /**
   * Announces a subscription; it replaces one that the socket has already. Whoever loses the right
   * to read from now on takes this subscription away with it, so check the right after this call.
   */
  public Joining join(Connection connection, String conversation) {
    leave(connection, conversation);
    int limit = subscriptionsPerConnection;
    if (limit > 0 && connection.subscriptions().size() >= limit) {
      throw Refusal.tooLarge("id", "A connection has at most " + limit + " subscriptions", limit);
    }
    Topic topic = topics.compute(conversation, this::withOneMore).topic();
    Subscription reader =
        new Subscription(conversation, connection, topic.audience(connection), source);
    connection.subscriptions().put(conversation, reader);
    topic.add(reader);
    if (!connection.isOpen()) {
      drop(reader);
    }
    return new Joining() {
      @Override
      public void begin(long after, boolean announce) {
        connection.onLoop(() -> reader.begin(after, announce));
      }

      @Override
      public void cancel() {
        drop(reader);
      }
    };
  }

  private Readers withOneMore(String conversation, @Nullable Readers known) {
    return known == null ? new Readers(new Topic(conversation, log, allowance), 1) : known.plus(1);
  }

  /** Ends a subscription, if there is one. */
  public boolean leave(Connection connection, String conversation) {
    Subscription reader = connection.subscriptions().get(conversation);
    if (reader == null) {
      return false;
    }
    drop(reader);
    return true;
  }

  void leaveAll(Connection connection) {
    connection.subscriptions().values().forEach(this::drop);
  }

  private void drop(Subscription reader) {
    if (reader.connection().subscriptions().remove(reader.conversation(), reader)) {
      topics.computeIfPresent(
          reader.conversation(),
          (id, known) -> {
            known.topic().remove(reader);
            return known.count() == 1 ? null : known.plus(-1);
          });
    }
  }

  /** Ends the subscriptions of accounts that may no longer read a conversation. */
  public void evict(String conversation, Predicate<String> account) {
    Readers known = topics.get(conversation);
    if (known != null) {
      known.topic().evict(account, this::drop);
    }
  }

  /**
   * Has something done whenever a conversation has news, by whoever writes them: it must be quick.
   * Whether those who hear of it may read is for the caller to know.
   *
   * @return what ends it
   */
  public Runnable watch(String conversation, Runnable changed) {
    watchers.compute(
        conversation,
        (id, known) -> {
          List<Runnable> all = known == null ? new CopyOnWriteArrayList<>() : known;
          all.add(changed);
          return all;
        });
    return () ->
        watchers.computeIfPresent(
            conversation,
            (id, known) -> {
              known.remove(changed);
              return known.isEmpty() ? null : known;
            });
  }

  private void tellWatchers(String conversation) {
    watchers.getOrDefault(conversation, List.of()).forEach(Runnable::run);
  }

  @Override
  public void committed(List<Logged> entries) {
    for (Logged entry : entries) {
      tellWatchers(entry.conversation());
      Readers known = topics.get(entry.conversation());
      if (known != null) {
        known.topic().publish(entry);
      }
    }
  }

  @Override
  public void doubtful(Set<String> conversations) {
    conversations.forEach(id -> {
      tellWatchers(id);
      Readers known = topics.get(id);
      if (known != null) {
        known.topic().lookAgain();
      }
    });
  }

  /**
   * Entries of a conversation that were published have been rewritten: whoever has not been sent
   * them yet is sent what the log says now.
   */
  public void rewritten(String conversation) {
    Readers known = topics.get(conversation);
    if (known != null) {
      known.topic().forget();
    }
  }

  /** Says when what may be lost is dropped. To be called once, before the first socket. */
  public void dropPassingWhile(BooleanSupplier strained) {
    drops = strained;
  }

  /** How many events were dropped, each for all readers of its conversation. */
  public long dropped() {
    return dropped.sum();
  }

  /** What something that may be lost is about: only the newest word on it matters. */
  private record Subject(String type, String about) {}

  /**
   * Tells the readers of a conversation what may be lost: typing, presence. Who lags is told the
   * newest only.
   *
   * @param about the id of the one whose state it is
   */
  public void whisper(String conversation, String type, String about, Object data) {
    Readers known = topics.get(conversation);
    if (known != null && drops.getAsBoolean()) {
      dropped.increment();
    } else if (known != null) {
      known
          .topic()
          .whisper(
              new Subject(type, about), Event.passing(conversation, type, clock.instant(), data));
    }
  }

  /** Pages of the log, read on virtual threads. */
  private final class FromLog implements Subscription.Source {
    /** A position as the event's data bears it. */
    record At(long seq) {}

    @Override
    public void read(Subscription reader, long after, int limit) {
      virtual.execute(() -> readNow(reader, after, limit));
    }

    private void readNow(Subscription reader, long after, int limit) {
      Connection connection = reader.connection();
      try {
        List<Published> page =
            log.page(reader.conversation(), after, limit).stream().map(Published::of).toList();
        connection.onLoop(() -> reader.fed(page));
      } catch (RuntimeException databaseAway) {
        retry(reader, databaseAway);
      }
    }

    private void retry(Subscription reader, RuntimeException why) {
      EventLoop loop = reader.connection().loop();
      if (!loop.isShuttingDown()) {
        LOG.warn("a reader waits for its page of the log: {}", why.toString());
        loop.schedule(reader::starved, RETRY_MS, TimeUnit.MILLISECONDS);
      }
    }

    @Override
    public Payload caughtUp(String conversation, long seq) {
      return Event.passing(conversation, "caughtUp", clock.instant(), new At(seq));
    }
  }
}

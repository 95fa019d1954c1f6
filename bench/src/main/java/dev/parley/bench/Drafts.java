package dev.parley.bench;

import dev.parley.calls.Call;
import dev.parley.calls.Caller;
import dev.parley.calls.Role;
import dev.parley.conversations.Conversations;
import dev.parley.conversations.emotion.Lexicon;
import dev.parley.delivery.Connections;
import dev.parley.delivery.Topics;
import dev.parley.entities.Catalog;
import dev.parley.functions.Json;
import dev.parley.functions.Registered;
import dev.parley.functions.Registry;
import dev.parley.history.Keeping;
import dev.parley.store.Change;
import dev.parley.store.Committed;
import dev.parley.store.Dialect;
import dev.parley.store.EntityLedger;
import dev.parley.store.Store;
import dev.parley.wire.Actor;
import dev.parley.wire.Ids;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the very changes that {@code messages.post} makes, for whoever wants to commit them later:
 * the function is called with a store that takes a change and keeps it.
 */
final class Drafts {
  private final Registered<Call> post;
  private final Ids ids = new Ids(InstantSource.system());

  /**
   * @param lexicon what posts are scored by; empty if they are not
   */
  Drafts(Store store, Optional<Lexicon> lexicon) {
    InstantSource clock = InstantSource.system();
    Store taking = new Taking(store);
    Topics topics = new Topics(taking.log(), clock, 0);
    Registry<Call> registry = new Registry<>();
    new Conversations(
            taking,
            topics,
            new Connections(clock, topics, 0),
            new Keeping(new EntityLedger(taking, Catalog.of(List.of())), clock),
            Runnable::run,
            ids,
            clock,
            lexicon)
        .register(registry);
    this.post = registry.find("messages.post").orElseThrow();
  }

  /** What a post would commit. */
  Change post(Actor sender, String conversation, String content) {
    Caller caller =
        new Caller(
            sender,
            Role.MEMBER,
            Role.MEMBER.permissions(),
            "bench",
            Optional.empty(),
            Optional.empty());
    Call call =
        new Call(
            ids.next(),
            Optional.of(caller),
            Optional.empty(),
            InetAddress.getLoopbackAddress(),
            Optional.empty());
    try {
      post.call(
          call, Json.MAPPER.valueToTree(Map.of("conversation", conversation, "content", content)));
    } catch (Taken taken) {
      return taken.change;
    }
    throw new IllegalStateException("a post without a change");
  }

  /** Ends the call that made a change, and bears it. */
  @SuppressWarnings("serial")
  private static final class Taken extends RuntimeException {
    private final Change change;

    Taken(Change change) {
      super("taken", null, false, false);
      this.change = change;
    }
  }

  /** Answers what a store answers, and commits nothing. */
  private record Taking(Store store) implements Store {
    @Override
    public Committed commit(Change change) {
      throw new Taken(change);
    }

    @Override
    public <T> T read(Question<T> question) {
      return store.read(question);
    }

    @Override
    public void listen(Listener listener) {}

    @Override
    public Dialect dialect() {
      return store.dialect();
    }

    @Override
    public int waiting() {
      return 0;
    }

    @Override
    public void close() {}
  }
}

package dev.parley.functions;

import dev.parley.entities.Commit;
import dev.parley.entities.Repository;
import dev.parley.entities.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tells of calls and of what commits did, in the order in which it happened, after it is kept.
 *
 * <pre>{@code
 * Events events = Events.of(repository, (event, error) -> log(error));
 * Subscription renamed =
 *     events.on(Event.Changed.class)
 *         .of(Persona.class)
 *         .when(changed -> changed.revision().place().isPresent())
 *         .then(changed -> index((Persona) changed.entity()));
 * }</pre>
 *
 * <p>Handlers run one after the other on a virtual thread of their own, so a commit never waits for
 * one unless too much is left to tell: then whoever commits waits, but for handlers themselves. A
 * handler may commit and call functions; what comes of it is told after all that was told before. A
 * handler that throws harms nobody else. While nobody listens to a type of event, none is made.
 */
public final class Events {
  /** How many calls and commits may be left to tell before committers wait. */
  public static final int CAPACITY = 10_000;

  /** How many events may lead to one another. */
  public static final int MAX_DEPTH = 16;

  private static final Runnable NOTHING = () -> {};

  private final Delivery delivery;
  private final Sink sink;
  private volatile Audience audience = Audience.NOBODY;

  /** Hears of handlers that threw. */
  @FunctionalInterface
  public interface Sink {
    void failed(Event event, Throwable error);
  }

  /**
   * @param capacity how many calls and commits may be left to tell before committers wait; each
   *     thread that is just committing may add one more
   */
  public Events(Repository repository, int capacity, Sink sink) {
    this.delivery = new Delivery(capacity);
    this.sink = guarded(sink);
    repository.follow(this::expect);
  }

  /** A sink that fails is nobody's to tell; the other handlers are still called. */
  private static Sink guarded(Sink sink) {
    return (event, error) -> {
      try {
        sink.failed(event, error);
      } catch (RuntimeException | Error alsoFailed) {
        error.addSuppressed(alsoFailed);
      }
    };
  }

  public static Events of(Repository repository, Sink sink) {
    return new Events(repository, CAPACITY, sink);
  }

  /** Starts to select events, by their type; {@code Event.class} for all. */
  public <E extends Event> Selection<E> on(Class<E> type) {
    return Selection.of(this, type);
  }

  /** Whether anybody listens to a type of event. */
  public boolean hears(Class<? extends Event> type) {
    return audience.hears(type);
  }

  /**
   * Waits until all that happened so far is told.
   *
   * @throws IllegalStateException if a handler calls it: it would wait for itself
   */
  public void settle() {
    if (Chain.isHandling()) {
      throw new IllegalStateException("a handler cannot wait for its own event");
    }
    delivery.settle();
  }

  /** How much is left to tell. */
  int pending() {
    return delivery.size();
  }

  /** Tells of a call; only to be made if somebody {@link #hears} it. */
  void tell(Event.OfCall event) {
    Audience now = audience;
    Chain chain = Chain.current().then(event.function(), MAX_DEPTH);
    delivery.awaitRoom();
    delivery.add(() -> now.tell(event, chain, sink));
  }

  /**
   * @throws Looping if too many events led here already
   */
  void requireShallow(String function) {
    if (Chain.isHandling()) {
      Chain.current().then(function, MAX_DEPTH);
    }
  }

  Runnable expect(Commit commit) {
    Audience now = audience;
    if (!now.hearsOfEntities()) {
      return NOTHING;
    }
    String function = commit.stamp().cause().function();
    Chain chain = Chain.current().then(function.isEmpty() ? "a commit" : function, MAX_DEPTH);
    delivery.awaitRoom();
    return () -> delivery.add(() -> tell(commit, now, chain));
  }

  private void tell(Commit commit, Audience now, Chain chain) {
    for (Revision revision : commit.revisions()) {
      if (now.hears(revision)) {
        now.tell(Event.of(revision, commit), chain, sink);
      }
    }
  }

  <E extends Event> Subscription subscribe(Selection<E> selection, Consumer<? super E> handler) {
    Audience.Listener<E> listener = new Audience.Listener<>(selection, handler);
    change(listeners -> listeners.add(listener));
    return () -> {
      listener.leave();
      change(listeners -> listeners.remove(listener));
    };
  }

  private synchronized void change(Consumer<List<Audience.Listener<?>>> change) {
    List<Audience.Listener<?>> listeners = new ArrayList<>(audience.listeners());
    change.accept(listeners);
    audience = Audience.of(listeners);
  }
}

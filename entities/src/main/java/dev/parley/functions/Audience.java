package dev.parley.functions;

import dev.parley.entities.Revision;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who listens at one moment, by type of event. Never changes, so that what happens is told to those
 * who listened when it did.
 */
record Audience(
    List<Listener<?>> listeners,
    Map<Class<? extends Event>, List<Listener<?>>> byType,
    boolean hearsOfEntities) {

  private static final List<Class<? extends Event>> TYPES =
      List.of(
          Event.Started.class,
          Event.Completed.class,
          Event.Failed.class,
          Event.Created.class,
          Event.Changed.class,
          Event.Moved.class,
          Event.Removed.class);

  static final Audience NOBODY = of(List.of());

  /** One subscription. */
  static final class Listener<E extends Event> {
    private final Selection<E> selection;
    private final Consumer<? super E> handler;
    private volatile boolean left;

    Listener(Selection<E> selection, Consumer<? super E> handler) {
      this.selection = selection;
      this.handler = handler;
    }

    void leave() {
      left = true;
    }

    boolean mayTake(Revision revision) {
      return !left && selection.mayTake(revision.node());
    }

    private void hear(Event event, Events.Sink sink) {
      if (left) {
        return;
      }
      try {
        selection.handOn(event, handler);
      } catch (RuntimeException | Error thrown) {
        sink.failed(event, thrown);
      }
    }
  }

  static Audience of(List<Listener<?>> listeners) {
    Map<Class<? extends Event>, List<Listener<?>>> byType =
        TYPES.stream()
            .collect(
                Collectors.toUnmodifiableMap(Function.identity(), type -> takers(type, listeners)));
    boolean entities =
        TYPES.stream()
            .filter(Event.OfEntity.class::isAssignableFrom)
            .anyMatch(type -> !takers(type, listeners).isEmpty());
    return new Audience(List.copyOf(listeners), byType, entities);
  }

  private static List<Listener<?>> takers(
      Class<? extends Event> type, List<Listener<?>> listeners) {
    Stream<Listener<?>> takers = listeners.stream().filter(l -> l.selection.takes(type));
    return takers.toList();
  }

  private List<Listener<?>> takers(Class<? extends Event> type) {
    return byType.getOrDefault(type, List.of());
  }

  boolean hears(Class<? extends Event> type) {
    return !takers(type).isEmpty();
  }

  boolean hears(Revision revision) {
    for (Listener<?> listener : takers(Event.typeOf(revision))) {
      if (listener.mayTake(revision)) {
        return true;
      }
    }
    return false;
  }

  /** Calls every handler that the event is for, with the chain that leads to what they do. */
  void tell(Event event, Chain chain, Events.Sink sink) {
    ScopedValue.where(Chain.CURRENT, chain)
        .run(() -> {
          for (Listener<?> listener : takers(event.getClass())) {
            if (!(event instanceof Event.OfEntity of) || listener.mayTake(of.revision())) {
              listener.hear(event, sink);
            }
          }
        });
  }
}

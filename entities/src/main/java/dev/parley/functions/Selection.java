package dev.parley.functions;

import dev.parley.entities.Entity;
import dev.parley.entities.Lineage;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Which events somebody wants to hear of. Every condition narrows it; all must hold.
 *
 * @param <E> the type of event; {@code Event} for all of them
 */
public final class Selection<E extends Event> {
  private final Events events;
  private final Class<E> type;
  private final Class<? extends Entity> entity;
  private final Optional<Lineage> lineage;
  private final Predicate<E> condition;

  private Selection(
      Events events,
      Class<E> type,
      Class<? extends Entity> entity,
      Optional<Lineage> lineage,
      Predicate<E> condition) {
    this.events = events;
    this.type = type;
    this.entity = entity;
    this.lineage = lineage;
    this.condition = condition;
  }

  static <E extends Event> Selection<E> of(Events events, Class<E> type) {
    return new Selection<>(events, type, Entity.class, Optional.empty(), event -> true);
  }

  /** Only events of entities, and of those only the ones of a type. */
  public Selection<E> of(Class<? extends Entity> type) {
    return new Selection<>(events, this.type, type, lineage, condition);
  }

  /** Only what is about one entity; see {@link Event#concerns}. */
  public Selection<E> about(Lineage one) {
    return new Selection<>(events, type, entity, Optional.of(one), condition);
  }

  /** Only what a predicate holds for. */
  public Selection<E> when(Predicate<E> further) {
    return new Selection<>(events, type, entity, lineage, condition.and(further));
  }

  /**
   * Hears of what is committed from now on. Handlers are called one at a time, in the order of
   * commits and, for one event, of their subscription.
   */
  public Subscription then(Consumer<? super E> handler) {
    return events.subscribe(this, handler);
  }

  boolean takes(Class<? extends Event> other) {
    return type.isAssignableFrom(other)
        && (entity == Entity.class || Event.OfEntity.class.isAssignableFrom(other));
  }

  /** Whether this may be about an entity, to be asked before there is an event. */
  boolean mayTake(Entity node) {
    return entity.isInstance(node) && (lineage.isEmpty() || lineage.get().equals(node.lineage()));
  }

  void handOn(Event event, Consumer<? super E> handler) {
    E mine = type.cast(event);
    if ((lineage.isEmpty() || event.concerns(lineage.get())) && condition.test(mine)) {
      handler.accept(mine);
    }
  }
}

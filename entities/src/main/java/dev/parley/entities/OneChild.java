package dev.parley.entities;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** OneChild entity. */
record OneChild(Class<?> type) implements Owned {
  @Override
  public Object freeze(Object given) {
    return given;
  }

  @Override
  public void each(Object contents, List<Object> steps, Sink sink) {
    sink.child(steps, (Entity) contents);
  }

  @Override
  public void difference(
      @Nullable Object before, @Nullable Object after, List<Object> steps, Told told) {
    if (before == after) {
      return;
    }
    if (before instanceof Entity then
        && after instanceof Entity now
        && then.lineage().equals(now.lineage())) {
      told.stayed(steps, then, steps, now);
      return;
    }
    if (before != null) {
      told.gone(steps, (Entity) before);
    }
    if (after != null) {
      told.come(steps, (Entity) after);
    }
  }

  @Override
  public Object replace(Object contents, List<Object> steps, Entity now) {
    return now;
  }

  @Override
  public Object rebase(Object before, Object given) {
    return given;
  }

  @Override
  public Object without(Object contents, Object step) {
    throw new IllegalStateException("a single child has no steps");
  }

  @Override
  public Object plus(Object contents, Object step, Object inside) {
    throw new IllegalStateException("a single child has no steps");
  }

  @Override
  public @Nullable Entity child(Object contents, List<Object> steps) {
    return steps.isEmpty() ? (Entity) contents : null;
  }

  @Override
  public Object holding(Entity entity) {
    return entity;
  }

  @Override
  public Optional<Object> empty() {
    return Optional.empty();
  }
}

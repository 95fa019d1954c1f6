package dev.parley.entities;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Something or nothing. Has no step of its own. */
record MaybeChild(Owned inside) implements Owned {
  @Override
  public Object freeze(Object given) {
    Optional<?> optional = (Optional<?>) given;
    if (optional.isEmpty()) {
      return optional;
    }
    Object frozen = inside.freeze(optional.get());
    return frozen == optional.get() ? optional : Optional.of(frozen);
  }

  @Override
  public void each(Object contents, List<Object> steps, Sink sink) {
    ((Optional<?>) contents).ifPresent(present -> inside.each(present, steps, sink));
  }

  @Override
  public void difference(
      @Nullable Object before, @Nullable Object after, List<Object> steps, Told told) {
    inside.difference(content(before), content(after), steps, told);
  }

  private static @Nullable Object content(@Nullable Object optional) {
    return optional == null ? null : ((Optional<?>) optional).orElse(null);
  }

  @Override
  public Object replace(Object contents, List<Object> steps, Entity now) {
    Object present = ((Optional<?>) contents).orElseThrow();
    return Optional.of(inside.replace(present, steps, now));
  }

  @Override
  public Object rebase(Object before, Object given) {
    Object old = content(before);
    Object present = content(given);
    if (present == null) {
      return Optional.empty();
    }
    Object now = old == null ? inside.freeze(present) : inside.rebase(old, present);
    return now == old ? before : Optional.of(now);
  }

  @Override
  public Object without(Object contents, Object step) {
    return Optional.of(inside.without(((Optional<?>) contents).orElseThrow(), step));
  }

  @Override
  public Object plus(Object contents, Object step, Object added) {
    return Optional.of(inside.plus(((Optional<?>) contents).orElseThrow(), step, added));
  }

  @Override
  public @Nullable Entity child(Object contents, List<Object> steps) {
    Object present = content(contents);
    return present == null ? null : inside.child(present, steps);
  }

  @Override
  public Object holding(Entity entity) {
    return Optional.of(inside.holding(entity));
  }

  @Override
  public Optional<Object> empty() {
    return Optional.of(Optional.empty());
  }

  @Override
  public boolean isFlat() {
    return inside instanceof OneChild;
  }

  @Override
  public boolean endsInList() {
    return inside.endsInList();
  }
}

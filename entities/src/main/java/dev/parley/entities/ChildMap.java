package dev.parley.entities;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A map, in the order of its keys; a step is a key. */
record ChildMap(Class<?> keys, Owned inside) implements Owned {
  @Override
  public Object freeze(Object given) {
    Keyed<?, Object> frozen = Contents.map((Map<?, ?>) given);
    return inside instanceof OneChild ? frozen : deeply(frozen);
  }

  private Keyed<?, Object> deeply(Keyed<?, Object> given) {
    Keyed<?, Object> frozen = given;
    for (Map.Entry<?, Object> entry : given.entrySet()) {
      frozen = Contents.with(frozen, entry.getKey(), inside.freeze(entry.getValue()));
    }
    return frozen;
  }

  @Override
  public void each(Object contents, List<Object> steps, Sink sink) {
    ((Map<?, ?>) contents)
        .forEach((key, value) -> inside.each(value, Owned.step(steps, key), sink));
  }

  @Override
  public void difference(
      @Nullable Object before, @Nullable Object after, List<Object> steps, Told told) {
    if (before == after) {
      return;
    }
    Difference<Map.Entry<?, Object>> entries = Sequence.difference(entries(before), entries(after));
    for (Difference.At<Map.Entry<?, Object>> at : entries.onlyA()) {
      Object key = at.element().getKey();
      Object other = after == null ? null : at(after, key);
      inside.difference(at.element().getValue(), other, Owned.step(steps, key), told);
    }
    for (Difference.At<Map.Entry<?, Object>> at : entries.onlyB()) {
      Object key = at.element().getKey();
      if (before == null || at(before, key) == null) {
        inside.each(at.element().getValue(), Owned.step(steps, key), told::come);
      }
    }
  }

  private static Sequence<Map.Entry<?, Object>> entries(@Nullable Object map) {
    return map == null ? Sequence.empty() : Contents.entries(map);
  }

  @Override
  public Object replace(Object contents, List<Object> steps, Entity now) {
    Object key = steps.getFirst();
    Object value = ((Map<?, ?>) contents).get(key);
    return Contents.with(
        Contents.keyed(contents),
        key,
        inside.replace(Objects.requireNonNull(value), Owned.rest(steps), now));
  }

  @Override
  public Object rebase(Object before, Object given) {
    if (given instanceof Keyed<?, ?> && inside instanceof OneChild) {
      return given;
    }
    Map<?, ?> now = (Map<?, ?>) given;
    Keyed<?, Object> old = Contents.keyed(before);
    Keyed<?, Object> result = old;
    for (Object key : List.copyOf(old.keySet())) {
      result = now.containsKey(key) ? result : Contents.without(result, key);
    }
    for (Map.Entry<?, ?> entry : now.entrySet()) {
      Object was = old.get(entry.getKey());
      Object is =
          was == null ? inside.freeze(entry.getValue()) : inside.rebase(was, entry.getValue());
      result = is == was ? result : Contents.with(result, entry.getKey(), is);
    }
    return result;
  }

  @Override
  public Object without(Object contents, Object step) {
    return Contents.without(Contents.keyed(contents), step);
  }

  @Override
  public Object plus(Object contents, Object step, Object added) {
    return Contents.with(Contents.keyed(contents), step, added);
  }

  @Override
  public @Nullable Entity child(Object contents, List<Object> steps) {
    Object value = steps.isEmpty() ? null : at(contents, steps.getFirst());
    return value == null ? null : inside.child(value, Owned.rest(steps));
  }

  private @Nullable Object at(Object contents, Object key) {
    return keys.isInstance(key) ? ((Map<?, ?>) contents).get(key) : null;
  }

  @Override
  public Optional<Object> empty() {
    return Optional.of(Contents.map(Map.of()));
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

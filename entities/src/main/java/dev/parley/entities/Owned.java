package dev.parley.entities;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Contents that hold entities. A child is found by its steps: none for a single child, an index in
 * a list, a key in a map, a lineage in a set, several in nested containers.
 */
sealed interface Owned extends Form {

  /** What is told of a child and its steps. */
  interface Sink {
    void child(List<Object> steps, Entity child);
  }

  /** Tells of every child. */
  void each(Object contents, List<Object> steps, Sink sink);

  /** What is told of children that differ, with their steps. */
  interface Told {
    void gone(List<Object> steps, Entity child);

    void come(List<Object> steps, Entity child);

    /** The same entity in the same place, but another object. */
    void stayed(List<Object> then, Entity before, List<Object> now, Entity after);
  }

  /** Tells of the children that differ, and does not look at what both share by reference. */
  void difference(@Nullable Object before, @Nullable Object after, List<Object> steps, Told told);

  /** The contents with another object in the place of a child. */
  Object replace(Object contents, List<Object> steps, Entity now);

  /**
   * Frozen contents that share with those before whatever is the same.
   *
   * @param before frozen contents
   */
  Object rebase(Object before, Object given);

  /** Contents without what is at a step. */
  Object without(Object contents, Object step);

  /** Contents with something inserted at a step (or, in maps and single places, put there). */
  Object plus(Object contents, Object step, Object inside);

  /** The child at some steps, if there is one. */
  @Nullable Entity child(Object contents, List<Object> steps);

  /** Contents that are just this entity; only for single places. */
  default Object holding(Entity entity) {
    throw new IllegalStateException("a container holds its children at steps");
  }

  /** Contents of this form with nothing in them; absent for a single child. */
  Optional<Object> empty();

  /** Whether children are found by one step at most, so that edits tell all of a change. */
  default boolean isFlat() {
    return true;
  }

  /** Whether the last step to a child is an index that other children push. */
  default boolean endsInList() {
    return false;
  }

  private static List<Object> step(List<Object> steps, Object next) {
    if (steps.isEmpty()) {
      return List.of(next);
    }
    List<Object> longer = new ArrayList<>(steps);
    longer.add(next);
    return List.copyOf(longer);
  }

  private static List<Object> rest(List<Object> steps) {
    return steps.subList(1, steps.size());
  }

  /** One entity. */
  record One(Class<?> type) implements Owned {
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

  /** Something or nothing. Has no step of its own. */
  record Maybe(Owned inside) implements Owned {
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
      return inside instanceof One;
    }

    @Override
    public boolean endsInList() {
      return inside.endsInList();
    }
  }

  /** An ordered list; a step is an index. */
  record Many(Owned inside) implements Owned {
    @Override
    public Object freeze(Object given) {
      Sequence<Object> frozen = Sequence.copyOf(Contents.list(given));
      return inside instanceof One ? frozen : deeply(frozen);
    }

    private Sequence<Object> deeply(Sequence<Object> given) {
      Sequence<Object> frozen = given;
      for (int i = 0; i < frozen.size(); i++) {
        frozen = frozen.with(i, inside.freeze(frozen.get(i)));
      }
      return frozen;
    }

    @Override
    public void each(Object contents, List<Object> steps, Sink sink) {
      int i = 0;
      for (Object element : (List<?>) contents) {
        inside.each(element, step(steps, i++), sink);
      }
    }

    @Override
    public void difference(
        @Nullable Object before, @Nullable Object after, List<Object> steps, Told told) {
      if (before == after) {
        return;
      }
      if (inside instanceof One) {
        Alignment.tell(
            sequence(before),
            sequence(after),
            child -> ((Entity) child).lineage(),
            new InList(steps, told));
      } else {
        byIndex(sequence(before), sequence(after), steps, told);
      }
    }

    private record InList(List<Object> steps, Told told) implements Alignment.Told {
      @Override
      public void gone(int index, Object element) {
        told.gone(step(steps, index), (Entity) element);
      }

      @Override
      public void come(int index, Object element) {
        told.come(step(steps, index), (Entity) element);
      }

      @Override
      public void stayed(int from, Object before, int to, Object after) {
        told.stayed(step(steps, from), (Entity) before, step(steps, to), (Entity) after);
      }
    }

    /** Inner containers have no name but their index. */
    private void byIndex(
        Sequence<Object> before, Sequence<Object> after, List<Object> steps, Told told) {
      for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
        Object then = i < before.size() ? before.get(i) : null;
        Object now = i < after.size() ? after.get(i) : null;
        if (then != now) {
          inside.difference(then, now, step(steps, i), told);
        }
      }
    }

    private static Sequence<Object> sequence(@Nullable Object list) {
      return list == null ? Sequence.empty() : Contents.sequence(list);
    }

    @Override
    public Object replace(Object contents, List<Object> steps, Entity now) {
      Sequence<Object> list = Contents.sequence(contents);
      int index = (int) steps.getFirst();
      return list.with(index, inside.replace(list.get(index), rest(steps), now));
    }

    @Override
    public Object rebase(Object before, Object given) {
      if (inside instanceof One) {
        return Sequence.rebase(Contents.sequence(before), Contents.list(given));
      }
      Sequence<Object> old = Contents.sequence(before);
      List<Object> list = Contents.list(given);
      List<Object> now = new ArrayList<>(list.size());
      for (int i = 0; i < list.size(); i++) {
        Object element = list.get(i);
        now.add(i < old.size() ? inside.rebase(old.get(i), element) : inside.freeze(element));
      }
      return Sequence.rebase(old, now);
    }

    @Override
    public Object without(Object contents, Object step) {
      return Contents.sequence(contents).without((int) step);
    }

    @Override
    public Object plus(Object contents, Object step, Object added) {
      return Contents.sequence(contents).plus((int) step, added);
    }

    @Override
    public @Nullable Entity child(Object contents, List<Object> steps) {
      List<?> list = (List<?>) contents;
      return !steps.isEmpty() && steps.getFirst() instanceof Integer i && i >= 0 && i < list.size()
          ? inside.child(list.get(i), rest(steps))
          : null;
    }

    @Override
    public Optional<Object> empty() {
      return Optional.of(Sequence.empty());
    }

    @Override
    public boolean isFlat() {
      return inside instanceof One;
    }

    @Override
    public boolean endsInList() {
      return inside instanceof One || inside.endsInList();
    }
  }

  /** A set, in the order of lineages; a step is a lineage. */
  record Distinct(One inside) implements Owned {
    @Override
    public Object freeze(Object given) {
      return Contents.children(given);
    }

    @Override
    public void each(Object contents, List<Object> steps, Sink sink) {
      for (Object element : (Collection<?>) contents) {
        Entity child = (Entity) element;
        sink.child(step(steps, child.lineage()), child);
      }
    }

    @Override
    public void difference(
        @Nullable Object before, @Nullable Object after, List<Object> steps, Told told) {
      Difference<Entity> difference = Sequence.difference(sequence(before), sequence(after));
      for (Difference.At<Entity> at : difference.onlyA()) {
        Lineage lineage = at.element().lineage();
        Entity now = after == null ? null : Contents.children(after).at(lineage).orElse(null);
        inside.difference(at.element(), now, step(steps, lineage), told);
      }
      for (Difference.At<Entity> at : difference.onlyB()) {
        Lineage lineage = at.element().lineage();
        if (before == null || Contents.children(before).at(lineage).isEmpty()) {
          told.come(step(steps, lineage), at.element());
        }
      }
    }

    private static Sequence<Entity> sequence(@Nullable Object set) {
      return set == null ? Sequence.empty() : Contents.children(set).elements();
    }

    @Override
    public Object replace(Object contents, List<Object> steps, Entity now) {
      return Contents.children(contents).with(now);
    }

    @Override
    public Object rebase(Object before, Object given) {
      return Contents.children(before).rebase(Contents.children(given));
    }

    @Override
    public Object without(Object contents, Object step) {
      return Contents.children(contents).withoutKey((Lineage) step);
    }

    @Override
    public Object plus(Object contents, Object step, Object added) {
      return Contents.children(contents).with((Entity) added);
    }

    @Override
    public @Nullable Entity child(Object contents, List<Object> steps) {
      return steps.size() == 1 && steps.getFirst() instanceof Lineage lineage
          ? Contents.children(contents).at(lineage).orElse(null)
          : null;
    }

    @Override
    public Optional<Object> empty() {
      return Optional.of(Contents.children(List.of()));
    }
  }

  /** A map, in the order of its keys; a step is a key. */
  record ByKey(Class<?> keys, Owned inside) implements Owned {
    @Override
    public Object freeze(Object given) {
      Keyed<?, Object> frozen = Contents.map((Map<?, ?>) given);
      return inside instanceof One ? frozen : deeply(frozen);
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
      ((Map<?, ?>) contents).forEach((key, value) -> inside.each(value, step(steps, key), sink));
    }

    @Override
    public void difference(
        @Nullable Object before, @Nullable Object after, List<Object> steps, Told told) {
      if (before == after) {
        return;
      }
      Difference<Map.Entry<?, Object>> entries =
          Sequence.difference(entries(before), entries(after));
      for (Difference.At<Map.Entry<?, Object>> at : entries.onlyA()) {
        Object key = at.element().getKey();
        Object other = after == null ? null : at(after, key);
        inside.difference(at.element().getValue(), other, step(steps, key), told);
      }
      for (Difference.At<Map.Entry<?, Object>> at : entries.onlyB()) {
        Object key = at.element().getKey();
        if (before == null || at(before, key) == null) {
          inside.each(at.element().getValue(), step(steps, key), told::come);
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
          inside.replace(Objects.requireNonNull(value), rest(steps), now));
    }

    @Override
    public Object rebase(Object before, Object given) {
      if (given instanceof Keyed<?, ?> && inside instanceof One) {
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
      return value == null ? null : inside.child(value, rest(steps));
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
      return inside instanceof One;
    }

    @Override
    public boolean endsInList() {
      return inside.endsInList();
    }
  }
}

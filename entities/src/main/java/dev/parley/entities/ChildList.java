package dev.parley.entities;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An ordered list; a step is an index. */
record ChildList(Owned inside) implements Owned {
  @Override
  public Object freeze(Object given) {
    Sequence<Object> frozen = Sequence.copyOf(Contents.list(given));
    return inside instanceof OneChild ? frozen : deeply(frozen);
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
      inside.each(element, Owned.step(steps, i++), sink);
    }
  }

  @Override
  public void difference(
      @Nullable Object before, @Nullable Object after, List<Object> steps, Told told) {
    if (before == after) {
      return;
    }
    if (inside instanceof OneChild) {
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
      told.gone(Owned.step(steps, index), (Entity) element);
    }

    @Override
    public void come(int index, Object element) {
      told.come(Owned.step(steps, index), (Entity) element);
    }

    @Override
    public void stayed(int from, Object before, int to, Object after) {
      told.stayed(Owned.step(steps, from), (Entity) before, Owned.step(steps, to), (Entity) after);
    }
  }

  /** Inner containers have no name but their index. */
  private void byIndex(
      Sequence<Object> before, Sequence<Object> after, List<Object> steps, Told told) {
    for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
      Object then = i < before.size() ? before.get(i) : null;
      Object now = i < after.size() ? after.get(i) : null;
      if (then != now) {
        inside.difference(then, now, Owned.step(steps, i), told);
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
    return list.with(index, inside.replace(list.get(index), Owned.rest(steps), now));
  }

  @Override
  public Object rebase(Object before, Object given) {
    if (inside instanceof OneChild) {
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
        ? inside.child(list.get(i), Owned.rest(steps))
        : null;
  }

  @Override
  public Optional<Object> empty() {
    return Optional.of(Sequence.empty());
  }

  @Override
  public boolean isFlat() {
    return inside instanceof OneChild;
  }

  @Override
  public boolean endsInList() {
    return inside instanceof OneChild || inside.endsInList();
  }
}

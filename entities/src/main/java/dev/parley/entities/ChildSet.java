package dev.parley.entities;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A set, in the order of lineages; a step is a lineage. */
record ChildSet(OneChild inside) implements Owned {
  @Override
  public Object freeze(Object given) {
    return Contents.children(given);
  }

  @Override
  public void each(Object contents, List<Object> steps, Sink sink) {
    for (Object element : (Collection<?>) contents) {
      Entity child = (Entity) element;
      sink.child(Owned.step(steps, child.lineage()), child);
    }
  }

  @Override
  public void difference(
      @Nullable Object before, @Nullable Object after, List<Object> steps, Told told) {
    Difference<Entity> difference = Sequence.difference(sequence(before), sequence(after));
    for (Difference.At<Entity> at : difference.onlyA()) {
      Lineage lineage = at.element().lineage();
      Entity now = after == null ? null : Contents.children(after).at(lineage).orElse(null);
      inside.difference(at.element(), now, Owned.step(steps, lineage), told);
    }
    for (Difference.At<Entity> at : difference.onlyB()) {
      Lineage lineage = at.element().lineage();
      if (before == null || Contents.children(before).at(lineage).isEmpty()) {
        told.come(Owned.step(steps, lineage), at.element());
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

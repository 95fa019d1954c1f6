package dev.parley.entities;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds children of a component, and says what there is where one is not found. */
final class Children {
  /** Notes whether anything is told. */
  private static final class Silence implements Owned.Told {
    private boolean broken;

    @Override
    public void gone(List<Object> steps, Entity child) {
      broken = true;
    }

    @Override
    public void come(List<Object> steps, Entity child) {
      broken = true;
    }

    @Override
    public void stayed(List<Object> then, Entity before, List<Object> now, Entity after) {
      broken = true;
    }
  }

  private Children() {}

  /** Whether two contents are the same: the same entities, by reference, at the same places. */
  static boolean isSame(Owned form, Object before, Object now) {
    Silence silence = new Silence();
    form.difference(before, now, List.of(), silence);
    return !silence.broken && (form.isFlat() || !Skeleton.differs(form, before, now));
  }

  /**
   * The child at some steps.
   *
   * @throws Refused if there is none, saying what there is
   */
  static Entity require(Owned form, Object contents, List<Object> steps, String where) {
    Entity child = form.child(contents, steps);
    if (child == null) {
      throw new Refused(reason(form, contents, steps, where));
    }
    return child;
  }

  private static String reason(Owned form, Object contents, List<Object> steps, String where) {
    return switch (form) {
      case OneChild _ -> where + " is a single entity and takes no further step";
      case MaybeChild maybe ->
          ((Optional<?>) contents)
              .map(inside -> reason(maybe.inside(), inside, steps, where))
              .orElse(where + " is empty");
      case ChildList many -> inList(many, (List<?>) contents, steps, where);
      case ChildSet _ ->
          steps.isEmpty()
              ? where + " is a set and needs a lineage"
              : noSuch(where, steps.getFirst(), lineages(contents));
      case ChildMap map -> inMap(map, (Map<?, ?>) contents, steps, where);
    };
  }

  private static String inList(ChildList form, List<?> list, List<Object> steps, String where) {
    if (steps.isEmpty() || !(steps.getFirst() instanceof Integer index)) {
      return where + " is a list and needs an index; " + range(list.size());
    }
    return index < 0 || index >= list.size()
        ? where + " has no index " + index + "; " + range(list.size())
        : reason(
            form.inside(),
            list.get(index),
            steps.subList(1, steps.size()),
            where + "[" + index + "]");
  }

  private static String inMap(ChildMap form, Map<?, ?> map, List<Object> steps, String where) {
    if (steps.isEmpty()) {
      return where + " is a map and needs a key; " + Nearest.to("", map.keySet());
    }
    Object key = steps.getFirst();
    Object inside = form.keys().isInstance(key) ? map.get(key) : null;
    return inside == null
        ? noSuch(where, key, map.keySet())
        : reason(
            form.inside(),
            inside,
            steps.subList(1, steps.size()),
            where + "[" + Address.stepAsText(key) + "]");
  }

  private static String noSuch(String where, Object key, Collection<?> known) {
    String text = key.toString();
    return where + " has no key " + Refused.shown(text) + "; " + Nearest.to(text, known);
  }

  /** The valid indexes of a list, for the end of a sentence. */
  static String range(int size) {
    return size == 0 ? "it is empty" : "valid are 0 to " + (size - 1);
  }

  private static List<Lineage> lineages(Object set) {
    return Contents.children(set).elements().stream().map(Entity::lineage).toList();
  }
}

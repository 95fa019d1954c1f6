package dev.parley.entities;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Nested containers with lineages in the place of entities. */
final class Skeleton {
  private Skeleton() {}

  static Object of(Owned form, Object contents) {
    return switch (form) {
      case OneChild one -> ((Entity) contents).lineage();
      case MaybeChild maybe -> ((Optional<?>) contents).map(present -> of(maybe.inside(), present));
      case ChildList many ->
          ((List<?>) contents).stream().map(element -> of(many.inside(), element)).toList();
      case ChildSet set ->
          ((Set<?>) contents).stream().map(element -> of(set.inside(), element)).toList();
      case ChildMap map -> ofMap(map, (Map<?, ?>) contents);
    };
  }

  /** Whether the containers, or the lineages in them, are not the same. */
  static boolean differs(Owned form, Object before, Object after) {
    return before != after
        && switch (form) {
          case OneChild one -> !((Entity) before).lineage().equals(((Entity) after).lineage());
          case MaybeChild maybe ->
              differs(maybe.inside(), (Optional<?>) before, (Optional<?>) after);
          case ChildList many -> differs(many.inside(), (List<?>) before, (List<?>) after);
          case ChildSet set -> !of(set, before).equals(of(set, after));
          case ChildMap map -> differs(map.inside(), (Map<?, ?>) before, (Map<?, ?>) after);
        };
  }

  private static boolean differs(Owned inside, Optional<?> before, Optional<?> after) {
    return before.isPresent() != after.isPresent()
        || (before.isPresent() && differs(inside, before.get(), (Object) after.get()));
  }

  private static boolean differs(Owned inside, List<?> before, List<?> after) {
    return before.size() != after.size()
        || IntStream.range(0, before.size())
            .anyMatch(i -> differs(inside, before.get(i), (Object) after.get(i)));
  }

  private static boolean differs(Owned inside, Map<?, ?> before, Map<?, ?> after) {
    return !before.keySet().equals(after.keySet())
        || before.entrySet().stream()
            .anyMatch(entry ->
                differs(
                    inside,
                    entry.getValue(),
                    (Object) Objects.requireNonNull(after.get(entry.getKey()))));
  }

  private static Map<Object, Object> ofMap(ChildMap form, Map<?, ?> contents) {
    Map<Object, Object> skeleton = new LinkedHashMap<>();
    contents.forEach((key, value) -> skeleton.put(key, of(form.inside(), value)));
    return skeleton;
  }

  /** The containers again, with the entities that the lineages mean. */
  static Object fill(Owned form, Object skeleton, Function<Lineage, Entity> node) {
    return switch (form) {
      case OneChild one -> node.apply((Lineage) skeleton);
      case MaybeChild maybe ->
          ((Optional<?>) skeleton).map(present -> fill(maybe.inside(), present, node));
      case ChildList many -> form.freeze(fillAll(many.inside(), (List<?>) skeleton, node));
      case ChildSet set -> form.freeze(Set.copyOf(fillAll(set.inside(), (List<?>) skeleton, node)));
      case ChildMap map -> form.freeze(fillMap(map, (Map<?, ?>) skeleton, node));
    };
  }

  private static List<Object> fillAll(
      Owned form, List<?> skeleton, Function<Lineage, Entity> node) {
    List<Object> filled = new ArrayList<>(skeleton.size());
    skeleton.forEach(element -> filled.add(fill(form, element, node)));
    return filled;
  }

  private static Map<Object, Object> fillMap(
      ChildMap form, Map<?, ?> skeleton, Function<Lineage, Entity> node) {
    Map<Object, Object> filled = new LinkedHashMap<>();
    skeleton.forEach((key, value) -> filled.put(key, fill(form.inside(), value, node)));
    return filled;
  }
}

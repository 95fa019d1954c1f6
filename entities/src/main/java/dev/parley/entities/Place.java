package dev.parley.entities;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where an entity is in a tree.
 *
 * @param owner the lineage of the entity that owns it; absent for a root
 * @param property the owner's component that holds it; empty for a root
 * @param steps the way inside the component: nothing for a single entity, an {@code Integer} in a
 *     list, a key in a map, a {@link Lineage} in a set, several in nested containers
 */
public record Place(Optional<Lineage> owner, String property, List<Object> steps) {
  /** Of the root of a tree. */
  public static final Place ROOT = new Place(Optional.empty(), "", List.of());

  static Place in(Lineage owner, Property property, List<Object> steps) {
    return new Place(Optional.of(owner), property.name(), steps);
  }

  /** Whether both are in the same component of the same entity. */
  boolean isBeside(Place other) {
    return owner.equals(other.owner) && property.equals(other.property);
  }

  /** Whether the ways inside a component are the same but for the last step. */
  boolean differsInLastStep(Place other) {
    int last = steps.size() - 1;
    return last == other.steps.size() - 1
        && steps.subList(0, last).equals(other.steps.subList(0, last));
  }

  @Override
  public String toString() {
    return owner.map(o -> "@" + o + "." + property + stepsAsText()).orElse("the root");
  }

  String stepsAsText() {
    return steps.stream()
        .map(step -> "[" + Address.stepAsText(step) + "]")
        .collect(Collectors.joining());
  }
}

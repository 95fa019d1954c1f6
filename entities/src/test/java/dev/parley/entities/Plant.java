package dev.parley.entities;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A tree with children in every kind of container. {@link Sketch} writes it in one line. */
sealed interface Plant extends Entity {
  int value();

  record Twig(
      Identity id,
      int value,
      List<Plant> list,
      Map<String, Plant> map,
      Set<Plant> set,
      Optional<Plant> maybe,
      Map<String, List<Plant>> lanes)
      implements Plant {}

  /** Another type of plant, with a list only. */
  record Bud(Identity id, int value, List<Plant> list) implements Plant {}
}

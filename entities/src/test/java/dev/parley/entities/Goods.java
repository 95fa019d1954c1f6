package dev.parley.entities;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Entities with every kind of container and of value. */
sealed interface Goods extends Entity {

  record Coin(
      Identity id,
      int number,
      double weight,
      List<String> words,
      Set<Integer> marks,
      Map<String, Size> sizes,
      Optional<Size> size)
      implements Goods {}

  record Box(
      Identity id,
      int number,
      Optional<Goods> lid,
      List<Goods> items,
      Set<Goods> loose,
      Map<String, Goods> labelled,
      Map<Integer, Goods> numbered)
      implements Goods {}

  record Rack(
      Identity id,
      int number,
      Goods plate,
      List<Goods> items,
      List<List<Goods>> rows,
      Map<String, List<Goods>> bins,
      Optional<List<Goods>> spare)
      implements Goods {}

  /** A value. */
  record Size(int width, List<Integer> edges) {}

  int number();
}

package dev.parley.entities;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Who is where in a forest, found by looking at all of it. */
record Census(Map<Lineage, Census.Entry> entries, Map<Lineage, Goods> nodes) {
  /** What can be said of an entity without its children. */
  record Entry(Spot spot, Class<?> type, Map<String, Object> values, Map<String, Object> shape) {}

  /**
   * @param steps the way inside the component, but for the index in a list
   * @param index in the innermost list; -1 where there is none
   */
  record Spot(Optional<Lineage> owner, String property, List<Object> steps, int index) {
    static final Spot ROOT = new Spot(Optional.empty(), "", List.of(), -1);

    Spot container() {
      return new Spot(owner, property, steps, 0);
    }

    boolean isList() {
      return index >= 0;
    }

    Place place() {
      List<Object> all = new ArrayList<>(steps);
      if (isList()) {
        all.add(index);
      }
      return new Place(owner, property, all);
    }
  }

  private record Todo(Spot spot, Goods goods) {}

  static Census of(Collection<? extends Entity> roots) {
    Census census = new Census(new LinkedHashMap<>(), new LinkedHashMap<>());
    roots.forEach(root -> census.add((Goods) root));
    return census;
  }

  static Census of(Entity root) {
    return of(List.of(root));
  }

  private void add(Goods root) {
    List<Todo> todo = new ArrayList<>(List.of(new Todo(Spot.ROOT, root)));
    for (int i = 0; i < todo.size(); i++) {
      Goods goods = todo.get(i).goods();
      Entry entry = new Entry(todo.get(i).spot(), goods.getClass(), values(goods), shape(goods));
      if (entries.put(goods.lineage(), entry) != null) {
        throw new AssertionError(goods.id() + " is there twice");
      }
      nodes.put(goods.lineage(), goods);
      children(goods, todo);
    }
  }

  private static Map<String, Object> values(Goods goods) {
    return switch (goods) {
      case Goods.Coin coin ->
          Map.of(
              "number", coin.number(),
              "weight", coin.weight(),
              "words", List.copyOf(coin.words()),
              "marks", new TreeSet<>(coin.marks()),
              "sizes", new TreeMap<>(coin.sizes()),
              "size", coin.size());
      default -> Map.of("number", goods.number());
    };
  }

  private static Map<String, Object> shape(Goods goods) {
    return switch (goods) {
      case Goods.Coin _ -> Map.of();
      case Goods.Box box ->
          Map.of(
              "lid", box.lid().map(Entity::lineage),
              "items", names(box.items()),
              "loose", new TreeSet<>(names(box.loose())),
              "labelled", names(box.labelled()),
              "numbered", names(box.numbered()));
      case Goods.Rack rack ->
          Map.of(
              "plate", rack.plate().lineage(),
              "items", names(rack.items()),
              "rows", rack.rows().stream().map(Census::names).toList(),
              "bins",
                  rack.bins().entrySet().stream()
                      .collect(Collectors.toMap(Map.Entry::getKey, e -> names(e.getValue()))),
              "spare", rack.spare().map(Census::names));
    };
  }

  private static List<Lineage> names(Collection<Goods> goods) {
    return goods.stream().map(Entity::lineage).toList();
  }

  private static <K> Map<K, Lineage> names(Map<K, Goods> goods) {
    return goods.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().lineage()));
  }

  private static void children(Goods goods, List<Todo> todo) {
    Optional<Lineage> owner = Optional.of(goods.lineage());
    switch (goods) {
      case Goods.Coin _ -> {}
      case Goods.Box box -> {
        box.lid().ifPresent(lid -> todo.add(new Todo(new Spot(owner, "lid", List.of(), -1), lid)));
        list(new Spot(owner, "items", List.of(), 0), box.items(), todo);
        for (Goods loose : box.loose()) {
          todo.add(new Todo(new Spot(owner, "loose", List.of(loose.lineage()), -1), loose));
        }
        map(owner, "labelled", box.labelled(), todo);
        map(owner, "numbered", box.numbered(), todo);
      }
      case Goods.Rack rack -> {
        todo.add(new Todo(new Spot(owner, "plate", List.of(), -1), rack.plate()));
        list(new Spot(owner, "items", List.of(), 0), rack.items(), todo);
        for (int row = 0; row < rack.rows().size(); row++) {
          list(new Spot(owner, "rows", List.of(row), 0), rack.rows().get(row), todo);
        }
        rack.bins()
            .forEach((key, bin) -> list(new Spot(owner, "bins", List.of(key), 0), bin, todo));
        rack.spare().ifPresent(spare -> list(new Spot(owner, "spare", List.of(), 0), spare, todo));
      }
    }
  }

  private static void list(Spot spot, List<Goods> list, List<Todo> todo) {
    for (int i = 0; i < list.size(); i++) {
      todo.add(new Todo(new Spot(spot.owner(), spot.property(), spot.steps(), i), list.get(i)));
    }
  }

  private static void map(
      Optional<Lineage> owner, String property, Map<?, Goods> map, List<Todo> todo) {
    map.forEach(
        (key, value) -> todo.add(new Todo(new Spot(owner, property, List.of(key), -1), value)));
  }

  Set<Lineage> lineages() {
    return entries.keySet();
  }

  Entry at(Lineage lineage) {
    return Objects.requireNonNull(entries.get(lineage));
  }

  Spot spot(Lineage lineage) {
    return at(lineage).spot();
  }

  Goods node(Lineage lineage) {
    return Objects.requireNonNull(nodes.get(lineage));
  }

  boolean has(Lineage lineage) {
    return entries.containsKey(lineage);
  }

  /** From an entity up to its root, the root first. */
  List<Lineage> way(Lineage lineage) {
    List<Lineage> way = new ArrayList<>(List.of(lineage));
    while (spot(way.getFirst()).owner().isPresent()) {
      way.addFirst(spot(way.getFirst()).owner().get());
    }
    return way;
  }

  /** The children of a list, in order. */
  List<Lineage> in(Spot container) {
    return entries.entrySet().stream()
        .filter(e -> e.getValue().spot().isList())
        .filter(e -> e.getValue().spot().container().equals(container))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** What tells this forest from every other: also the versions of its entities. */
  int fingerprint() {
    List<Object> all = new ArrayList<>();
    entries.forEach((lineage, entry) -> {
      all.add(lineage);
      all.add(entry.spot());
      all.add(entry.type().getName());
      all.add(entry.values());
      all.add(entry.shape());
      all.add(node(lineage).id().version());
    });
    return all.hashCode();
  }
}

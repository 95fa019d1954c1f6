package dev.parley.entities;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Goods} that can be edited in place: it holds its children in groups, each a list. Built
 * into records, it shares those that were kept before wherever nobody touched it.
 */
final class Outline {
  enum Type {
    COIN,
    BOX,
    RACK
  }

  /** The children of one component, or of one key or row of it. */
  record Group(String property, Object key) {
    static Group of(String property) {
      return new Group(property, "");
    }

    boolean isSingle() {
      return Set.of("lid", "plate", "labelled", "numbered").contains(property);
    }
  }

  final Lineage lineage;
  final Map<Group, List<Outline>> groups = new LinkedHashMap<>();
  Type type;
  int number;
  List<String> words = List.of();
  Set<Integer> marks = Set.of();
  Map<String, Goods.Size> sizes = Map.of();
  @Nullable Outline owner;
  @Nullable Goods kept;
  boolean touched = true;

  Outline(Lineage lineage, Type type, int number) {
    this.lineage = lineage;
    this.type = type;
    this.number = number;
  }

  /** A outline of what was kept. */
  static Outline of(Goods goods) {
    Type type =
        switch (goods) {
          case Goods.Coin _ -> Type.COIN;
          case Goods.Box _ -> Type.BOX;
          case Goods.Rack _ -> Type.RACK;
        };
    Outline outline = new Outline(goods.lineage(), type, goods.number());
    outline.kept = goods;
    outline.touched = false;
    switch (goods) {
      case Goods.Coin coin -> {
        outline.words = coin.words();
        outline.marks = coin.marks();
        outline.sizes = coin.sizes();
      }
      case Goods.Box box -> {
        box.lid().ifPresent(lid -> outline.hold("lid", "", List.of(lid)));
        outline.hold("items", "", box.items());
        outline.hold("loose", "", box.loose());
        box.labelled().forEach((key, held) -> outline.hold("labelled", key, List.of(held)));
        box.numbered().forEach((key, held) -> outline.hold("numbered", key, List.of(held)));
      }
      case Goods.Rack rack -> {
        outline.hold("plate", "", List.of(rack.plate()));
        outline.hold("items", "", rack.items());
        for (int i = 0; i < rack.rows().size(); i++) {
          outline.hold("rows", i, rack.rows().get(i));
        }
        rack.bins().forEach((key, bin) -> outline.hold("bins", key, bin));
        rack.spare().ifPresent(spare -> outline.hold("spare", "", spare));
      }
    }
    return outline;
  }

  private void hold(String property, Object key, Collection<Goods> held) {
    List<Outline> group = group(new Group(property, key));
    for (Goods goods : held) {
      Outline child = of(goods);
      child.owner = this;
      group.add(child);
    }
  }

  List<Outline> group(Group group) {
    return groups.computeIfAbsent(group, g -> new ArrayList<>());
  }

  List<Outline> children() {
    return groups.values().stream().flatMap(List::stream).toList();
  }

  /** This and all below. */
  List<Outline> all() {
    List<Outline> all = new ArrayList<>(List.of(this));
    for (int i = 0; i < all.size(); i++) {
      all.addAll(all.get(i).children());
    }
    return all;
  }

  boolean isWithin(Outline other) {
    return this == other || (owner != null && owner.isWithin(other));
  }

  int rows() {
    return (int) groups.keySet().stream().filter(g -> g.property().equals("rows")).count();
  }

  /** Puts a child in; whoever was alone there is dropped. */
  void put(Group group, int index, Outline child) {
    List<Outline> list = group(group);
    if (group.isSingle() && !list.isEmpty()) {
      list.removeFirst().owner = null;
      list.add(child);
    } else {
      list.add(Math.min(index, list.size()), child);
    }
    child.owner = this;
    touched = true;
  }

  /** The group that a child is in. */
  Group groupOf(Outline child) {
    return groups.entrySet().stream()
        .filter(entry -> entry.getValue().contains(child))
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  /** Takes a child out; another may take its place. */
  void exchange(Outline child, @Nullable Outline other) {
    Group group = groupOf(child);
    List<Outline> list = group(group);
    int index = list.indexOf(child);
    child.owner = null;
    touched = true;
    if (other != null) {
      list.set(index, other);
      other.owner = this;
      return;
    }
    list.remove(index);
    if (list.isEmpty() && group.isSingle()) {
      groups.remove(group);
    }
  }

  /** Notes what was kept of this and all below. */
  void keep(Map<Lineage, Goods> nodes) {
    for (Outline outline : all()) {
      outline.kept = nodes.get(outline.lineage);
      outline.touched = false;
    }
  }

  /** The records; those that were kept wherever this was not touched. */
  Goods build(Random random) {
    boolean same = !touched;
    Map<Outline, Goods> built = new HashMap<>();
    for (Outline child : children()) {
      Goods goods = child.build(random);
      same &= goods == child.kept;
      built.put(child, goods);
    }
    return same && kept != null ? kept : new Making(random, built).make();
  }

  private final class Making {
    private final Random random;
    private final Map<Outline, Goods> built;
    private final Identity id;

    Making(Random random, Map<Outline, Goods> built) {
      this.random = random;
      this.built = built;
      this.id = kept == null ? Identity.of(lineage) : kept.id();
    }

    Goods make() {
      return switch (type) {
        case COIN ->
            new Goods.Coin(
                id,
                number,
                number / 4.0,
                list(words, words),
                new HashSet<>(marks),
                new HashMap<>(sizes),
                Optional.ofNullable(sizes.get("a")));
        case BOX -> box(kept instanceof Goods.Box box ? box : null);
        case RACK -> rack(kept instanceof Goods.Rack rack ? rack : null);
      };
    }

    private Goods box(Goods.@Nullable Box old) {
      return new Goods.Box(
          id,
          number,
          in(Group.of("lid")).stream().findFirst(),
          list(in(Group.of("items")), old == null ? List.of() : old.items()),
          set(in(Group.of("loose")), old == null ? Set.of() : old.loose()),
          map(singles("labelled"), old == null ? Map.of() : old.labelled()),
          map(singles("numbered"), old == null ? Map.of() : old.numbered()));
    }

    private Goods rack(Goods.@Nullable Rack old) {
      List<List<Goods>> rows = new ArrayList<>();
      for (int i = 0; i < rows(); i++) {
        List<Goods> was = old != null && i < old.rows().size() ? old.rows().get(i) : List.of();
        rows.add(list(in(new Group("rows", i)), was));
      }
      return new Goods.Rack(
          id,
          number,
          in(Group.of("plate")).getFirst(),
          list(in(Group.of("items")), old == null ? List.of() : old.items()),
          list(rows, old == null ? List.of() : old.rows()),
          map(bins(), old == null ? Map.of() : old.bins()),
          groups.containsKey(Group.of("spare"))
              ? Optional.of(list(in(Group.of("spare")), List.of()))
              : Optional.empty());
    }

    private List<Goods> in(Group group) {
      return groups.getOrDefault(group, List.of()).stream().map(this::built).toList();
    }

    private Goods built(Outline child) {
      return Objects.requireNonNull(built.get(child));
    }

    @SuppressWarnings("unchecked")
    private <K> Map<K, Goods> singles(String property) {
      Map<K, Goods> map = new HashMap<>();
      groups.forEach((group, children) -> {
        if (group.property().equals(property)) {
          map.put((K) group.key(), built(children.getFirst()));
        }
      });
      return map;
    }

    private Map<String, List<Goods>> bins() {
      Map<String, List<Goods>> bins = new HashMap<>();
      for (Group group : groups.keySet()) {
        if (group.property().equals("bins")) {
          bins.put((String) group.key(), list(in(group), List.of()));
        }
      }
      return bins;
    }

    /** A plain list, an immutable one, or one that shares with the old one. */
    private <E> List<E> list(Collection<E> elements, List<E> old) {
      return switch (random.nextInt(3)) {
        case 0 -> new ArrayList<>(elements);
        case 1 -> List.copyOf(elements);
        default -> Sequence.rebase(Sequence.copyOf(old), List.copyOf(elements));
      };
    }

    private Set<Goods> set(Collection<Goods> elements, Set<Goods> old) {
      return old instanceof Elements<Goods> shared && random.nextBoolean()
          ? shared.rebase(elements)
          : new HashSet<>(elements);
    }

    private <K extends Comparable<K>, V> Map<K, V> map(Map<K, V> entries, Map<K, V> old) {
      return old instanceof Keyed<K, V> shared && random.nextBoolean()
          ? Keyed.rebase(shared, entries)
          : entries;
    }
  }
}

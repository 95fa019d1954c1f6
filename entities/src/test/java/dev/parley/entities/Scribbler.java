package dev.parley.entities;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Edits a forest of outlinees at random, in every way that there is. */
final class Scribbler {
  private static final int SMALL = 25;
  private static final int LARGE = 70;

  final Map<Lineage, Outline> roots = new LinkedHashMap<>();
  final List<String> log = new ArrayList<>();
  private final List<Goods> graveyard = new ArrayList<>();
  private final Random random;
  private int made;

  Scribbler(Random random) {
    this.random = random;
    Outline root = fresh(Outline.Type.BOX);
    roots.put(root.lineage, root);
    for (int i = 0; i < SMALL; i++) {
      add();
    }
  }

  List<Outline> all() {
    return roots.values().stream().flatMap(root -> root.all().stream()).toList();
  }

  /** Remembers what was removed, so that it may come back. */
  void bury(Goods goods) {
    graveyard.add(goods);
    if (graveyard.size() > 10) {
      graveyard.removeFirst();
    }
  }

  void edit() {
    int size = all().size();
    switch (size > LARGE ? 6 : size < SMALL ? 3 : random.nextInt(22)) {
      case 0, 1, 2 -> value();
      case 3, 4 -> add();
      case 5, 6 -> remove();
      case 7, 8, 9 -> move();
      case 10 -> unwrap();
      case 11 -> wrap();
      case 12 -> swap();
      case 13 -> replace();
      case 14, 15 -> reorder();
      case 16 -> retype();
      case 17 -> invert();
      case 18 -> copy();
      case 19 -> restructure();
      case 20 -> raise();
      default -> root();
    }
  }

  private void say(String what, Object... about) {
    log.add(what + " " + List.of(about));
  }

  private Outline any() {
    List<Outline> all = all();
    return all.get(random.nextInt(all.size()));
  }

  private Outline anyOwner() {
    List<Outline> owners = all().stream().filter(s -> s.type != Outline.Type.COIN).toList();
    return owners.isEmpty()
        ? retyped(any(), Outline.Type.BOX)
        : owners.get(random.nextInt(owners.size()));
  }

  /** A child, or a root if there is none. */
  private Outline anyChild() {
    List<Outline> children = all().stream().filter(s -> s.owner != null).toList();
    return children.isEmpty() ? any() : children.get(random.nextInt(children.size()));
  }

  private Outline fresh(Outline.Type type) {
    Outline outline = new Outline(new Lineage("n" + made++), type, random.nextInt(4));
    if (type == Outline.Type.RACK) {
      outline.put(Outline.Group.of("plate"), 0, fresh(Outline.Type.COIN));
    }
    scribbleValues(outline);
    return outline;
  }

  private Outline.Type type() {
    return Outline.Type.values()[random.nextInt(3)];
  }

  private void give(Outline owner, Outline child) {
    owner.put(group(owner), random.nextInt(4), child);
  }

  private Outline.Group group(Outline owner) {
    String key = "k" + random.nextInt(5);
    if (owner.type == Outline.Type.BOX) {
      return switch (random.nextInt(8)) {
        case 0 -> Outline.Group.of("lid");
        case 1, 2 -> Outline.Group.of("loose");
        case 3 -> new Outline.Group("labelled", key);
        case 4 -> new Outline.Group("numbered", random.nextInt(5));
        default -> Outline.Group.of("items");
      };
    }
    return switch (random.nextInt(8)) {
      case 0 -> Outline.Group.of("plate");
      case 1, 2, 3 -> new Outline.Group("rows", random.nextInt(Math.min(owner.rows(), 3) + 1));
      case 4, 5 -> new Outline.Group("bins", key);
      case 6 -> Outline.Group.of("spare");
      default -> Outline.Group.of("items");
    };
  }

  private void take(Outline child) {
    Outline owner = child.owner;
    if (owner != null) {
      boolean plate = owner.groupOf(child).property().equals("plate");
      owner.exchange(child, plate ? fresh(Outline.Type.COIN) : null);
    }
  }

  private void value() {
    Outline outline = any();
    say("value", outline.lineage);
    scribbleValues(outline);
  }

  private void scribbleValues(Outline outline) {
    outline.touched = true;
    outline.number = random.nextInt(4);
    outline.words = random.ints(random.nextInt(4), 0, 3).mapToObj(i -> "w" + i).toList();
    outline.marks = random.ints(3, 0, 4).boxed().collect(Collectors.toSet());
    outline.sizes =
        Map.of(
            "ab".substring(random.nextInt(2)), new Goods.Size(2, new ArrayList<>(outline.marks)));
  }

  private void add() {
    Outline owner = anyOwner();
    Outline child = fresh(type());
    say("add", owner.lineage, child.lineage);
    give(owner, child);
    for (int more = random.nextInt(4); more > 0 && child.type != Outline.Type.COIN; more--) {
      give(child, fresh(type()));
    }
  }

  private void remove() {
    Outline child = anyChild();
    say("remove", child.lineage);
    take(child);
  }

  private void move() {
    Outline child = anyChild();
    Outline to = anyOwner();
    if (child.owner == null || to.isWithin(child)) {
      return;
    }
    say("move", child.lineage, to.lineage);
    take(child);
    give(to, child);
    if (random.nextInt(3) == 0) {
      scribbleValues(child);
    }
  }

  /** Takes an owner away and gives its children to its owner. */
  private void unwrap() {
    Outline wrapper = anyChild();
    Outline owner = wrapper.owner;
    if (owner == null) {
      return;
    }
    say("unwrap", wrapper.lineage);
    List<Outline> children = wrapper.children();
    take(wrapper);
    for (Outline child : children) {
      if (random.nextInt(4) > 0) {
        take(child);
        give(owner, child);
      }
    }
  }

  /** Puts a new owner between a child and its owner. */
  private void wrap() {
    Outline child = anyChild();
    Outline owner = child.owner;
    if (owner == null) {
      return;
    }
    Outline wrapper = fresh(random.nextBoolean() ? Outline.Type.BOX : Outline.Type.RACK);
    say("wrap", child.lineage, wrapper.lineage);
    owner.exchange(child, wrapper);
    give(wrapper, child);
  }

  private void swap() {
    Outline one = anyChild();
    Outline other = anyChild();
    Outline ownerOfOne = one.owner;
    Outline ownerOfOther = other.owner;
    if (ownerOfOne == null || ownerOfOther == null || one.isWithin(other) || other.isWithin(one)) {
      return;
    }
    say("swap", one.lineage, other.lineage);
    Outline between = new Outline(new Lineage("between"), Outline.Type.COIN, 0);
    ownerOfOne.exchange(one, between);
    ownerOfOther.exchange(other, one);
    ownerOfOne.exchange(between, other);
  }

  private void replace() {
    Outline child = anyChild();
    Outline owner = child.owner;
    if (owner != null) {
      say("replace", child.lineage);
      owner.exchange(child, fresh(type()));
    }
  }

  private void reorder() {
    Outline owner = anyOwner();
    say("reorder", owner.lineage);
    for (Map.Entry<Outline.Group, List<Outline>> group : owner.groups.entrySet()) {
      List<Outline> list = group.getValue();
      if (random.nextBoolean()) {
        Collections.shuffle(list, random);
      } else if (!list.isEmpty()) {
        list.add(random.nextInt(list.size()), list.removeLast());
      }
    }
    owner.touched = true;
    if (random.nextBoolean()) {
      owner.children().forEach(this::scribbleValues);
    }
  }

  private void retype() {
    Outline outline = any();
    retyped(outline, type());
  }

  private Outline retyped(Outline outline, Outline.Type type) {
    say("retype", outline.lineage, type);
    if (outline.type == type) {
      return outline;
    }
    List<Outline> items = new ArrayList<>(outline.group(Outline.Group.of("items")));
    List<Outline> others = new ArrayList<>(outline.children());
    others.removeAll(items);
    outline.type = type;
    outline.touched = true;
    outline.groups.clear();
    others.forEach(other -> other.owner = null);
    if (type == Outline.Type.COIN) {
      items.forEach(item -> item.owner = null);
      return outline;
    }
    outline.group(Outline.Group.of("items")).addAll(items);
    if (type == Outline.Type.RACK) {
      outline.put(
          Outline.Group.of("plate"),
          0,
          others.isEmpty() ? fresh(Outline.Type.COIN) : others.removeFirst());
    }
    others.stream().limit(3).forEach(other -> give(outline, other));
    return outline;
  }

  /** Makes a child the owner of its owner. */
  private void invert() {
    Outline child = anyChild();
    Outline owner = child.owner;
    Outline top = owner == null ? null : owner.owner;
    if (owner == null || top == null || child.type == Outline.Type.COIN) {
      return;
    }
    say("invert", child.lineage, owner.lineage);
    take(child);
    top.exchange(owner, child);
    give(child, owner);
  }

  /** Has a subtree made again, as it is. */
  private void copy() {
    Outline outline = any();
    say("copy", outline.lineage);
    outline.all().forEach(one -> one.touched = true);
  }

  /** Changes nested containers without a child: empty rows and bins, a spare list or none. */
  private void restructure() {
    Outline rack = anyOwner();
    if (rack.type != Outline.Type.RACK) {
      return;
    }
    say("restructure", rack.lineage);
    rack.touched = true;
    rack.group(new Outline.Group("rows", rack.rows()));
    Outline.Group bin = new Outline.Group("bins", "k" + random.nextInt(5));
    for (Outline.Group group : List.of(bin, Outline.Group.of("spare"))) {
      if (!rack.groups.containsKey(group)) {
        rack.group(group);
      } else if (rack.group(group).isEmpty()) {
        rack.groups.remove(group);
      }
    }
    if (rack.rows() > 4) {
      rows(rack);
    }
    rack.children().stream().filter(c -> random.nextInt(3) == 0).forEach(this::scribbleValues);
  }

  /** Drops empty rows and shuffles the others. */
  private void rows(Outline rack) {
    List<List<Outline>> rows = new ArrayList<>();
    for (int i = rack.rows() - 1; i >= 0; i--) {
      List<Outline> row = rack.groups.remove(new Outline.Group("rows", i));
      if (row != null && !row.isEmpty()) {
        rows.add(row);
      }
    }
    for (int i = 0; i < rows.size(); i++) {
      rack.groups.put(new Outline.Group("rows", i), rows.get(i));
    }
  }

  /** Brings back something that was removed, as it was kept then. */
  private void raise() {
    Set<Lineage> here = all().stream().map(s -> s.lineage).collect(Collectors.toSet());
    for (Goods dead : List.copyOf(graveyard)) {
      if (Collections.disjoint(here, Census.of(dead).lineages())) {
        say("raise", dead.lineage());
        graveyard.remove(dead);
        give(anyOwner(), Outline.of(dead));
        return;
      }
    }
  }

  /** What comes back in a commit may not be a root in the same one: it would be a stale tree. */
  private boolean hasRaised() {
    return log.stream().anyMatch(edit -> edit.startsWith("raise"));
  }

  /** Makes a child a root, or a root a child. */
  private void root() {
    Outline root = List.copyOf(roots.values()).getLast();
    Outline to = anyOwner();
    if (roots.size() > 1 && random.nextBoolean() && !to.isWithin(root)) {
      say("attach", root.lineage, to.lineage);
      roots.remove(root.lineage);
      give(to, root);
      return;
    }
    Outline child = anyChild();
    if (roots.size() < 4 && child.owner != null && !hasRaised()) {
      say("promote", child.lineage);
      take(child);
      roots.put(child.lineage, child);
    }
  }
}

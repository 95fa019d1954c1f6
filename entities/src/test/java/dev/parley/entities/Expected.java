package dev.parley.entities;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is different between two forests, found by comparing everything with everything. */
final class Expected {
  private static final List<String> NESTED = List.of("rows", "bins", "spare");

  final Set<Lineage> added = new HashSet<>();
  final Set<Lineage> removed = new HashSet<>();
  final Set<Lineage> moved = new HashSet<>();
  final Set<Lineage> retyped = new HashSet<>();
  final Map<Lineage, Set<String>> modified = new HashMap<>();
  final Set<String> rearranged = new HashSet<>();
  final Set<Lineage> changed = new HashSet<>();
  final Map<Census.Spot, List<Lineage>> lists = new LinkedHashMap<>();
  final Census before;
  final Census after;

  Expected(Census before, Census after) {
    this.before = before;
    this.after = after;
    before.lineages().stream().filter(l -> !after.has(l)).forEach(removed::add);
    after.lineages().forEach(this::compare);
  }

  private void compare(Lineage lineage) {
    if (!before.has(lineage)) {
      added.add(lineage);
      spine(lineage);
      return;
    }
    Census.Entry then = before.at(lineage);
    Census.Entry now = after.at(lineage);
    place(lineage, then.spot(), now.spot());
    content(lineage, then, now);
    boolean promoted = now.spot().equals(Census.Spot.ROOT) && !then.spot().equals(Census.Spot.ROOT);
    if (promoted
        || then.type() != now.type()
        || !then.values().equals(now.values())
        || !then.shape().equals(now.shape())) {
      spine(lineage);
    }
  }

  private void place(Lineage lineage, Census.Spot then, Census.Spot now) {
    boolean sameList = then.container().equals(now.container()) && !isRetyped(now.owner());
    if (then.isList() != now.isList() || (!sameList && !then.equals(now))) {
      moved.add(lineage);
    } else if (sameList && now.isList() && !NESTED.contains(now.property())) {
      lists.computeIfAbsent(now.container(), after::in);
    }
  }

  /** The lists of two types are not one list: whoever has another index there has moved. */
  private boolean isRetyped(Optional<Lineage> owner) {
    return owner
        .filter(before::has)
        .filter(lineage -> before.at(lineage).type() != after.at(lineage).type())
        .isPresent();
  }

  private void content(Lineage lineage, Census.Entry then, Census.Entry now) {
    if (then.type() != now.type()) {
      retyped.add(lineage);
      return;
    }
    Set<String> values = differing(then.values(), now.values());
    if (!values.isEmpty()) {
      modified.put(lineage, values);
    }
    differing(then.shape(), now.shape()).stream()
        .filter(NESTED::contains)
        .forEach(property -> rearranged.add(lineage + "." + property));
  }

  private static Set<String> differing(Map<String, Object> then, Map<String, Object> now) {
    return now.keySet().stream()
        .filter(key -> !Objects.equals(now.get(key), then.get(key)))
        .collect(Collectors.toSet());
  }

  private void spine(Lineage lineage) {
    changed.addAll(after.way(lineage));
  }

  /**
   * Whether these are the fewest children of lists that must change places, so that all others keep
   * their order.
   */
  boolean areFewest(Set<Lineage> reordered) {
    int fewest = 0;
    for (Map.Entry<Census.Spot, List<Lineage>> list : lists.entrySet()) {
      List<Lineage> now = list.getValue().stream().filter(l -> isBefore(l, list.getKey())).toList();
      fewest += now.size() - longestRising(now);
      List<Lineage> rest = now.stream().filter(l -> !reordered.contains(l)).toList();
      if (longestRising(rest) < rest.size()) {
        return false;
      }
    }
    return reordered.size() == fewest;
  }

  private boolean isBefore(Lineage lineage, Census.Spot container) {
    return before.has(lineage)
        && before.spot(lineage).isList()
        && before.spot(lineage).container().equals(container);
  }

  private int longestRising(List<Lineage> list) {
    int[] lengths = new int[list.size()];
    int longest = 0;
    for (int i = 0; i < lengths.length; i++) {
      for (int j = 0; j < i; j++) {
        if (before.spot(list.get(j)).index() < before.spot(list.get(i)).index()) {
          lengths[i] = Math.max(lengths[i], lengths[j]);
        }
      }
      longest = Math.max(longest, ++lengths[i]);
    }
    return longest;
  }
}

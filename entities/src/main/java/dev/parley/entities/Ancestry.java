package dev.parley.entities;

import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;

/** Which versions a version comes from. Numbers rise along every line, so the newest is first. */
final class Ancestry {
  private Ancestry() {}

  static Version<?> common(Ledger ledger, Version<?> one, Version<?> other) {
    Lineage root = one.root().lineage();
    Set<Long> ofOne = new HashSet<>();
    Set<Long> ofOther = new HashSet<>();
    ofOne.add(one.number());
    ofOther.add(other.number());
    PriorityQueue<Long> next = new PriorityQueue<>((a, b) -> Long.compare(b, a));
    next.add(one.number());
    next.add(other.number());
    while (!next.isEmpty()) {
      long number = next.poll();
      Optional<Version<?>> version = ledger.version(root, number);
      if (version.isPresent() && ofOne.contains(number) && ofOther.contains(number)) {
        return version.get();
      }
      version.ifPresent(v -> {
        climb(v.parent(), number, ofOne, ofOther, next);
        climb(v.merged(), number, ofOne, ofOther, next);
      });
    }
    throw new Refused(one.root().id() + " and " + other.root().id() + " have no common version");
  }

  private static void climb(
      OptionalLong parent, long of, Set<Long> ofOne, Set<Long> ofOther, PriorityQueue<Long> next) {
    if (parent.isEmpty()) {
      return;
    }
    long number = parent.getAsLong();
    boolean isNew = !ofOne.contains(number) && !ofOther.contains(number);
    if (ofOne.contains(of)) {
      ofOne.add(number);
    }
    if (ofOther.contains(of)) {
      ofOther.add(number);
    }
    if (isNew) {
      next.add(number);
    }
  }
}

package dev.parley.personas.memory;

import dev.parley.wire.Actor;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who may come upon a statement, as words that are searched together with its own: before whom it
 * may be said, whom it is about, who said it. A search that states them finds nothing else and does
 * not even look at it.
 */
final class Tags {
  static final String ALL = "p";

  private Tags() {}

  static String scope(String scope) {
    return "c" + scope;
  }

  static String about(String actor) {
    return "a" + actor;
  }

  static String saidBy(String actor) {
    return "s" + actor;
  }

  static List<String> of(String scope, Optional<String> about, Optional<String> saidBy) {
    return Stream.of(
            Stream.of(ALL, scope(scope)),
            about.map(Tags::about).stream(),
            saidBy.map(Tags::saidBy).stream())
        .flatMap(tags -> tags)
        .toList();
  }

  /** The tags of a memory by which people see it. */
  static List<String> of(Memory memory) {
    return of("", memory.about().map(Actor::id), memory.provenance().saidBy().map(Actor::id));
  }
}

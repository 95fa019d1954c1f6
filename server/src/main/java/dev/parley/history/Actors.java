package dev.parley.history;

import dev.parley.entities.Cause;
import dev.parley.entities.Revision;
import dev.parley.store.Store;
import dev.parley.wire.Actor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who made versions. A version bears ids only, so whoever is deleted is nameless in history at
 * once.
 */
final class Actors {
  private final Store store;

  Actors(Store store) {
    this.store = store;
  }

  /** Those who are named by some revisions, by id. */
  Map<String, Actor> of(List<Revision> revisions) {
    List<String> ids =
        revisions.stream()
            .map(revision -> revision.stamp().cause())
            .flatMap(Actors::ids)
            .distinct()
            .toList();
    return ids.isEmpty()
        ? Map.of()
        : read(ids).stream().collect(Collectors.toMap(Actor::id, Function.identity()));
  }

  private static Stream<String> ids(Cause cause) {
    return Stream.concat(Stream.of(cause.actor()), cause.onBehalfOf().stream());
  }

  private List<Actor> read(List<String> ids) {
    return store.read(handle ->
        handle
            .createQuery("SELECT id, kind, name, display_name FROM actors WHERE id IN (<ids>)")
            .bindList("ids", ids)
            .map((row, context) ->
                new Actor(
                    Actor.Kind.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
                    row.getString(1),
                    row.getString(3),
                    Optional.ofNullable(row.getString(4))))
            .list());
  }
}

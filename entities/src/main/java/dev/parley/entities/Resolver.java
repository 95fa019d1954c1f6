package dev.parley.entities;

import dev.parley.entities.Address.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Finds what addresses mean, and writes there. Goes from the entity down its path and looks at
 * nothing else; writing copies the nodes on the way to the root.
 */
final class Resolver {
  private record Start(Lineage lineage, OptionalLong version) {}

  private final Repository repository;

  Resolver(Repository repository) {
    this.repository = repository;
  }

  Object resolve(Address address) {
    return resolve(address, start -> entity(start.lineage, start.version));
  }

  /** Each entity is asked for once. */
  List<Object> resolveAll(List<Address> addresses) {
    Map<Start, Entity> known = new HashMap<>();
    Function<Start, Entity> entities =
        start -> known.computeIfAbsent(start, s -> entity(s.lineage, s.version));
    return addresses.stream().map(address -> resolve(address, entities)).toList();
  }

  private static Object resolve(Address address, Function<Start, Entity> entities) {
    Entity entity = entities.apply(new Start(address.lineage(), address.version()));
    return Path.of(address).read(entity);
  }

  private Entity entity(Lineage lineage, OptionalLong version) {
    Revision revision = revision(lineage, version);
    if (revision.place().isEmpty()) {
      throw new Refused(
          "@" + lineage + " is in no tree: version " + revision.stamp().version() + " removed it");
    }
    return revision.node();
  }

  private Revision revision(Lineage lineage, OptionalLong version) {
    Ledger ledger = repository.ledger();
    Optional<Revision> found =
        ledger.revision(lineage, Branch.MAIN, version.orElse(Long.MAX_VALUE));
    return found.orElseThrow(() ->
        ledger
            .revision(lineage, Branch.MAIN, Long.MAX_VALUE)
            .map(_ -> new Refused("@" + lineage + " was not there at version " + version.orElse(0)))
            .orElseGet(() -> new Refused("@" + lineage + " is unknown here")));
  }

  /** Tries again while others come first, unless the address says which version it means. */
  Entity put(Address address, Object value) {
    while (true) {
      try {
        return repository.commit(with(address, value));
      } catch (HeadMoved moved) {
        if (address.version().isPresent()) {
          throw moved;
        }
      }
    }
  }

  private Entity with(Address address, Object value) {
    entity(address.lineage(), OptionalLong.empty());
    List<Revision> way = repository.way(address.lineage(), Branch.MAIN, Long.MAX_VALUE);
    Revision newest = way.getLast();
    long number = newest.stamp().version();
    if (address.version().orElse(number) < number) {
      throw new HeadMoved(address.lineage(), address.version().orElse(0), number);
    }
    Entity next = (Entity) Path.of(address).write(newest.node(), value);
    return way.size() == 1 ? next : Tree.with(way.getFirst().node(), way, next);
  }

  Address addressOf(Lineage lineage) {
    entity(lineage, OptionalLong.empty());
    List<Revision> way = repository.way(lineage, Branch.MAIN, Long.MAX_VALUE);
    List<Step> path = new ArrayList<>();
    for (Place place : Tree.places(way.getFirst().node(), way)) {
      path.add(new Step.Name(place.property()));
      place.steps().forEach(step -> path.add(Address.stepOf(step)));
    }
    return new Address(way.getFirst().lineage(), OptionalLong.empty(), List.copyOf(path));
  }
}

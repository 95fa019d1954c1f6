package dev.parley.functions;

import dev.parley.entities.Address;
import dev.parley.entities.Entity;
import dev.parley.entities.HeadMoved;
import dev.parley.entities.Lineage;
import dev.parley.entities.Refused;
import dev.parley.entities.Repository;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The entities that a call is given. */
final class Inputs {
  private final Repository repository;
  private final List<Entity> given = new ArrayList<>(1);
  private final Set<Lineage> pinned = new HashSet<>(0);

  Inputs(Repository repository) {
    this.repository = repository;
  }

  /** The address of an entity in the version that it bears. */
  static Address address(Entity entity) {
    long version = entity.id().version();
    return new Address(
        entity.lineage(),
        version == 0 ? OptionalLong.empty() : OptionalLong.of(version),
        List.of());
  }

  /** Takes an entity as it is. */
  Entity take(Entity entity) {
    given.add(entity);
    return entity;
  }

  /**
   * Takes the newest version of an entity; a new one has no other.
   *
   * @throws HeadMoved if it is in no tree any more
   */
  Entity takeNewest(Entity entity) {
    long base = entity.id().version();
    return take(
        base == 0
            ? entity
            : repository
                .latest(entity.lineage())
                .orElseThrow(() -> new HeadMoved(entity.lineage(), base, 0)));
  }

  /**
   * Takes what an address leads to.
   *
   * @throws Refused if it leads to no entity
   */
  Entity resolve(Address address) {
    if (address.version().isPresent()) {
      pinned.add(address.lineage());
    }
    return take(found(address).orElseThrow(() -> new Refused("there is no " + address)));
  }

  private Optional<Entity> found(Address address) {
    if (!address.path().isEmpty()) {
      throw new Refused(address + " has a path");
    }
    return repository.asOf(address.lineage(), address.version().orElse(Long.MAX_VALUE));
  }

  /** Whether the caller asked for just this version of an entity, so that no other will do. */
  boolean isPinned(Lineage lineage) {
    return pinned.contains(lineage);
  }

  List<Entity> given() {
    return given;
  }

  List<Address> addresses() {
    return given.stream().map(Inputs::address).toList();
  }
}

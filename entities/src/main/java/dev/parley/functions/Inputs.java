package dev.parley.functions;

import dev.parley.entities.Address;
import dev.parley.entities.Entity;
import dev.parley.entities.HeadMoved;
import dev.parley.entities.Lineage;
import dev.parley.entities.Refused;
import dev.parley.entities.Repository;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** The entities that a call is given. */
final class Inputs {
  private final Repository repository;
  private final List<Entity> given = new ArrayList<>(1);
  private final Set<Entity> read = Collections.newSetFromMap(new IdentityHashMap<>(2));
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
    if (base == 0) {
      return take(entity);
    }
    Entity newest =
        repository
            .latest(entity.lineage())
            .orElseThrow(() -> new HeadMoved(entity.lineage(), base, 0));
    read.add(newest);
    return take(newest);
  }

  /**
   * Takes what an address leads to.
   *
   * @throws Refused if it leads to no entity
   */
  Entity resolve(Address address) {
    if (!(repository.resolve(address) instanceof Entity found)) {
      throw new Refused(address + " is no entity");
    }
    if (address.version().isPresent()) {
      pinned.add(found.lineage());
    }
    read.add(found);
    return take(found);
  }

  /** Whether an entity is, by reference, one that was just read from the repository. */
  boolean isAsRead(Entity entity) {
    return read.contains(entity);
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

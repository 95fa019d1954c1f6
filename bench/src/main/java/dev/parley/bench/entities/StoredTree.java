package dev.parley.bench.entities;

import dev.parley.entities.Catalog;
import dev.parley.entities.Lineage;
import dev.parley.entities.Repository;
import dev.parley.store.EntityLedger;
import dev.parley.store.SlowStatements;
import dev.parley.store.Store;
import dev.parley.store.StoreSettings;
import dev.parley.store.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A grid in a database of its own, with a trace of moves over it. */
final class StoredTree implements AutoCloseable {
  private static final Catalog CATALOG = Catalog.of(List.of(GridMap.class));

  private final Store store;
  private final Moves moves;
  private final Lineage root;
  private Repository repository;
  private GridMap head;

  StoredTree(GridSize size, Path folder) {
    StoreSettings settings =
        new StoreSettings(
            folder,
            Optional.empty(),
            4,
            0,
            Duration.ofSeconds(10),
            Duration.ofHours(1),
            0,
            Duration.ZERO);
    store = Stores.open(settings, new SlowStatements(Duration.ZERO), InstantSource.system());
    repository = reopened();
    Random random = new Random(Tree.SEED);
    head = repository.commit(GridMap.of(size, random));
    root = head.lineage();
    moves = Moves.of(size, random);
  }

  private Repository reopened() {
    return new Repository(new EntityLedger(store, CATALOG), InstantSource.system());
  }

  /** Keeps one move; returns once it is durable. */
  void move() {
    Move move = moves.next();
    head = repository.commit(head.moveAgent(move.source(), move.agent(), move.target()));
  }

  /** Forgets what is in memory and reads the head again; pages are read when they are looked at. */
  GridMap open() {
    repository = reopened();
    head = (GridMap) repository.head(root).orElseThrow().root();
    return head;
  }

  /** Reads one entity as it was at the first version. */
  Object asOfTheFirst(Lineage lineage) {
    return repository.asOf(lineage, 1).orElseThrow();
  }

  long rows() {
    return number(
        """
        SELECT (SELECT COUNT(*) FROM entity_nodes) + (SELECT COUNT(*) FROM entity_pages)
             + (SELECT COUNT(*) FROM entity_versions) + (SELECT COUNT(*) FROM entity_commits)\
        """);
  }

  long characters() {
    return number(
        """
        SELECT (SELECT COALESCE(SUM(LENGTH(body)), 0) FROM entity_nodes)
             + (SELECT COALESCE(SUM(LENGTH(body)), 0) FROM entity_pages)\
        """);
  }

  private long number(String sql) {
    return store.read(handle -> handle.createQuery(sql).mapTo(long.class).one());
  }

  @Override
  public void close() {
    store.close();
  }
}

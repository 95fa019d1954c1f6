package dev.parley.bench.entities;

import dev.parley.entities.Cause;
import dev.parley.entities.Commit;
import dev.parley.entities.Diff;
import dev.parley.entities.Lineage;
import dev.parley.entities.Repository;
import dev.parley.functions.Event;
import dev.parley.functions.Events;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/** A grid under version control, with a trace of moves over it. */
final class Tree {
  static final long SEED = 42;

  private final Repository repository = Repository.inMemory(InstantSource.system());
  private final Moves moves;
  private GridMap head;

  Tree(GridSize size) {
    Random random = new Random(SEED);
    head = repository.commit(GridMap.of(size, random));
    moves = Moves.of(size, random);
  }

  /** Names somebody who hears of everything. */
  void listen(Consumer<Event> listener) {
    Events.of(repository, Tree::fail).on(Event.class).then(listener);
  }

  private static void fail(Event event, Throwable error) {
    throw new IllegalStateException(event + " was not heard", error);
  }

  /** The whole operation: call, isolate, change, new ids, provenance, version, events, diff. */
  Diff move() {
    GridMap before = head;
    return Diff.between(before, commitMove());
  }

  /** The same without asking for the difference. */
  GridMap commitMove() {
    Move move = moves.next();
    return keep(head.moveAgent(move.source(), move.agent(), move.target()));
  }

  /** Commits a rebuild that changes nothing: makes no version. */
  GridMap commitNothing() {
    return keep(head.rebuilt(0));
  }

  private GridMap keep(GridMap next) {
    Commit commit = repository.propose().put(next).by(cause()).commit();
    head = commit.root(next.lineage()).map(GridMap.class::cast).orElse(head);
    return head;
  }

  private static Cause cause() {
    return new Cause(Lineage.fresh().value(), "move_agent_global", "bench", Optional.empty());
  }

  /** Gives up all versions but the head. */
  void forgetHistory() {
    repository.forget(head.id().version());
  }

  GridMap head() {
    return head;
  }

  Repository repository() {
    return repository;
  }
}

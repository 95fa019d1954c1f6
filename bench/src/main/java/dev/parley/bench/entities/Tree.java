package dev.parley.bench.entities;

import dev.parley.entities.Cause;
import dev.parley.entities.Commit;
import dev.parley.entities.Diff;
import dev.parley.entities.Lineage;
import dev.parley.entities.Repository;
import dev.parley.functions.Caller;
import dev.parley.functions.Calls;
import dev.parley.functions.Event;
import dev.parley.functions.Events;
import dev.parley.functions.Function;
import dev.parley.functions.Provenance;
import dev.parley.functions.Registry;
import dev.parley.functions.Timing;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/** A grid under version control, with a trace of moves over it. */
final class Tree {
  static final long SEED = 42;

  /** What the measured function is given. */
  record MoveAgent(GridMap grid, int source, String agent, int target) {}

  private final Repository repository = Repository.inMemory(InstantSource.system());
  private final Events events = Events.of(repository, Tree::fail);
  private final Registry<String> registry = new Registry<>();
  private final Calls<String> calls =
      new Calls<>(repository, registry, events, new Provenance(), Caller::of, Timing.SYSTEM);
  private final Function<String, MoveAgent, GridMap> moveAgent =
      Function.named("move_agent_global", MoveAgent.class, GridMap.class)
          .handledBy((caller, in) -> in.grid().moveAgent(in.source(), in.agent(), in.target()));
  private final Moves moves;
  private GridMap head;

  Tree(GridSize size) {
    Random random = new Random(SEED);
    registry.add(moveAgent);
    head = repository.commit(GridMap.of(size, random));
    moves = Moves.of(size, random);
  }

  /** Names somebody who hears of everything. */
  void listen(Consumer<Event> listener) {
    events.on(Event.class).then(listener);
  }

  private static void fail(Event event, Throwable error) {
    throw new IllegalStateException(event + " was not heard", error);
  }

  /**
   * The whole operation: calls a registered function, which leaves the old version as it is; keeps
   * what it changed with new ids, provenance and events; tells the difference.
   */
  Diff move() {
    GridMap before = head;
    return Diff.between(before, callMove());
  }

  /** The same without asking for the difference. */
  GridMap callMove() {
    Move move = moves.next();
    MoveAgent input = new MoveAgent(head, move.source(), move.agent(), move.target());
    head = calls.call("bench", moveAgent, input);
    return head;
  }

  /** The same without a registered function: moves and commits. */
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

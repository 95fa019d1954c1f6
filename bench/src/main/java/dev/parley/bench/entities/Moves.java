package dev.parley.bench.entities;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A trace of moves that can be repeated for ever. Rounds of up to 100 moves, drawn as the document
 * draws them, are each taken back before the next one, so that the grid keeps its shape.
 */
final class Moves {
  private static final int ROUNDS = 20;
  private static final int ROUND = 100;

  private final List<Move> moves;
  private int next;

  private Moves(List<Move> moves) {
    this.moves = moves;
  }

  static Moves of(GridSize size, Random random) {
    List<Move> all = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      List<Move> round = round(size, random);
      all.addAll(round);
      all.addAll(round.reversed().stream().map(Move::back).toList());
    }
    return new Moves(List.copyOf(all));
  }

  private static List<Move> round(GridSize size, Random random) {
    List<List<String>> grid = names(size);
    List<Move> round = new ArrayList<>();
    for (int i = 0; i < ROUND; i++) {
      int source = random.nextInt(size.nodes());
      int target = random.nextInt(size.nodes());
      List<String> from = grid.get(source);
      if (source != target && !from.isEmpty()) {
        String agent = from.remove(random.nextInt(from.size()));
        grid.get(target).add(agent);
        round.add(new Move(source, agent, target));
      }
    }
    return round;
  }

  private static List<List<String>> names(GridSize size) {
    List<List<String>> grid = new ArrayList<>();
    for (int i = 0; i < size.nodes(); i++) {
      List<String> agents = new ArrayList<>();
      for (int j = 0; j < size.agents(); j++) {
        agents.add(GridSize.agent(i, j));
      }
      grid.add(agents);
    }
    return grid;
  }

  Move next() {
    Move move = moves.get(next++);
    if (next == moves.size()) {
      next = 0;
    }
    return move;
  }

  /** All moves, in order. */
  List<Move> all() {
    return moves;
  }
}

package dev.parley.bench.entities;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.javers.core.metamodel.annotation.Id;

/** The same grid as JaVers wants it: plain objects with ids. */
record JaversGrid(@Id String id, List<Node> nodes, int width, int height) {
  record Node(@Id String id, GridMap.Position position, List<Agent> agents) {
    Node with(List<Agent> others) {
      return new Node(id, position, others);
    }
  }

  record Agent(@Id String id, String name, int speed) {}

  static JaversGrid of(GridSize size, Random random) {
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < size.nodes(); i++) {
      List<Agent> agents = new ArrayList<>();
      for (int j = 0; j < size.agents(); j++) {
        String name = GridSize.agent(i, j);
        agents.add(new Agent(name, name, random.nextInt(1, 11)));
      }
      nodes.add(new Node("node_" + i, new GridMap.Position(i % 10, i / 10), agents));
    }
    return new JaversGrid("grid", nodes, 10, size.nodes() / 10 + 1);
  }

  /** Another grid that shares with this one what does not change. */
  JaversGrid moveAgent(Move move) {
    List<Agent> from = new ArrayList<>(nodes.get(move.source()).agents());
    List<Agent> to = new ArrayList<>(nodes.get(move.target()).agents());
    Agent moving =
        from.stream().filter(agent -> agent.name().equals(move.agent())).findFirst().orElseThrow();
    from.remove(moving);
    to.add(moving);
    List<Node> others = new ArrayList<>(nodes);
    others.set(move.source(), nodes.get(move.source()).with(from));
    others.set(move.target(), nodes.get(move.target()).with(to));
    return new JaversGrid(id, others, width, height);
  }
}

package dev.parley.bench.entities;

import dev.parley.entities.Entity;
import dev.parley.entities.Identity;
import dev.parley.entities.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Nodes with agents on them: the tree that is measured. */
public record GridMap(Identity id, List<Node> nodes, int width, int height) implements Entity {

  /** A node of the grid. */
  public record Node(Identity id, Position position, List<Agent> agents) implements Entity {
    Node with(List<Agent> others) {
      return new Node(id, position, others);
    }

    int indexOf(String agent) {
      int index = 0;
      for (Agent next : agents) {
        if (next.name().equals(agent)) {
          return index;
        }
        index++;
      }
      throw new IllegalArgumentException("no " + agent + " on " + id);
    }
  }

  /** Where a node is. */
  public record Position(int x, int y) {}

  /** One who moves. */
  public record Agent(Identity id, String name, int speed) implements Entity {}

  static GridMap of(GridSize size, Random random) {
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < size.nodes(); i++) {
      List<Agent> agents = new ArrayList<>();
      for (int j = 0; j < size.agents(); j++) {
        agents.add(new Agent(Identity.fresh(), GridSize.agent(i, j), random.nextInt(1, 11)));
      }
      nodes.add(new Node(Identity.fresh(), new Position(i % 10, i / 10), agents));
    }
    return new GridMap(Identity.fresh(), nodes, 10, size.nodes() / 10 + 1);
  }

  /**
   * The function that is measured: finds an agent by name and puts it at the end of another node.
   */
  GridMap moveAgent(int source, String agent, int target) {
    Sequence<Node> all = Sequence.copyOf(nodes);
    Node from = all.get(source);
    Node to = all.get(target);
    int index = from.indexOf(agent);
    Agent moving = from.agents().get(index);
    return with(
        all.with(source, from.with(Sequence.copyOf(from.agents()).without(index)))
            .with(target, to.with(Sequence.copyOf(to.agents()).plus(moving))));
  }

  /** The same content in other objects, from the root to one node. */
  GridMap rebuilt(int node) {
    Sequence<Node> all = Sequence.copyOf(nodes);
    return with(all.with(node, all.get(node).with(all.get(node).agents())));
  }

  private GridMap with(List<Node> others) {
    return new GridMap(id, others, width, height);
  }
}

package dev.parley.entities;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The tree of the benchmark: a grid of nodes with agents on them. */
record Grid(Identity id, List<Node> nodes, int width, int height) implements Entity {

  record Node(Identity id, Position position, List<Agent> agents) implements Entity {
    Node with(List<Agent> others) {
      return new Node(id, position, others);
    }
  }

  record Position(int x, int y) {}

  record Agent(Identity id, String name, int speed) implements Entity {
    Agent with(int other) {
      return new Agent(id, name, other);
    }
  }

  Grid with(List<Node> others) {
    return new Grid(id, others, width, height);
  }

  Grid with(int index, Node node) {
    return with(Sequence.copyOf(nodes).with(index, node));
  }

  Grid with(int node, int agent, Agent other) {
    Node at = nodes.get(node);
    return with(node, at.with(Sequence.copyOf(at.agents).with(agent, other)));
  }

  static Grid of(int nodes, int agents, Random random) {
    List<Node> made = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      List<Agent> on = new ArrayList<>();
      for (int j = 0; j < agents; j++) {
        on.add(
            new Agent(id("agent_" + i + "_" + j), "agent_" + i + "_" + j, random.nextInt(1, 11)));
      }
      made.add(new Node(id("node_" + i), new Position(i % 10, i / 10), on));
    }
    return new Grid(id("grid"), made, 10, nodes / 10 + 1);
  }

  static Identity id(String name) {
    return Identity.of(new Lineage(name));
  }
}

package dev.parley.bench.entities;

import java.util.List;

/** How large a grid is. */
record GridSize(int nodes, int agents) {
  static final List<GridSize> ALL =
      List.of(
          new GridSize(10, 10),
          new GridSize(20, 20),
          new GridSize(50, 20),
          new GridSize(50, 50),
          new GridSize(100, 50),
          new GridSize(1_000, 100));

  /** Of a text like {@code 10x20}: 10 nodes with 20 agents each. */
  static GridSize of(String text) {
    String[] parts = text.split("x", -1);
    return new GridSize(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
  }

  static String agent(int node, int agent) {
    return "agent_" + node + "_" + agent;
  }

  int entities() {
    return 1 + nodes + nodes * agents;
  }

  @Override
  public String toString() {
    return nodes + "x" + agents;
  }
}

package dev.parley.bench.entities;

/** One agent goes from a node to the end of another. */
record Move(int source, String agent, int target) {
  Move back() {
    return new Move(target, agent, source);
  }
}

package dev.parley.bench;

import tools.jackson.databind.JsonNode;

/** Takes the events of a connection, read whole, on its event loop. */
@FunctionalInterface
public interface Hearer {
  /**
   * @param event its type, conversation and data
   * @param received when its bytes arrived, by the run's clock
   */
  void event(JsonNode event, long received);
}

package dev.parley.mcp;

import tools.jackson.databind.node.ObjectNode;

/** Where messages to a client go. */
interface Outlet {
  void send(ObjectNode message);

  /** Whether anybody is there. */
  boolean isOpen();
}

package dev.parley.bench;

/**
 * How a server is spoken to, so that one client does for all: the same calls, wrapped if need be.
 *
 * @param path of the WebSocket
 * @param subprotocol empty for none
 * @param deflates whether permessage-deflate is offered
 * @param greeting the first text that is sent; empty for none
 * @param before what stands before the JSON of a call
 * @param after what stands behind it
 */
record Manner(
    String path,
    String subprotocol,
    boolean deflates,
    String greeting,
    String before,
    String after) {

  /** All that Parley can, but compression. */
  static final Manner PARLEY = jsonRpc("parley.v1", false);

  /** JSON-RPC as anybody speaks it: a frame for each event. */
  static final Manner PLAIN = jsonRpc("", false);

  static final Manner DEFLATING = jsonRpc("parley.v1", true);

  /** Engine.IO 4 with Socket.IO 5 on top, by its WebSocket transport. */
  static final Manner SOCKET_IO =
      new Manner("/socket.io/?EIO=4&transport=websocket", "", false, "40", "42[\"call\",", "]");

  private static Manner jsonRpc(String subprotocol, boolean deflates) {
    return new Manner("/ws", subprotocol, deflates, "", "", "");
  }

  String wrap(String json) {
    return before + json + after;
  }
}

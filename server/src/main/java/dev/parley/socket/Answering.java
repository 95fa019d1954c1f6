package dev.parley.socket;

import dev.parley.calls.Call;
import dev.parley.calls.Outcome;
import dev.parley.delivery.Connection;
import dev.parley.wire.JsonRpc;
import java.time.Instant;
import java.util.function.Consumer;

/** What the calls mean that come as JSON-RPC on one socket. */
public interface Answering {
  /** Whether a call of this changes something, so that it begins when those before it have. */
  boolean changesSomething(String method);

  /**
   * Begins to answer a call, on a virtual thread.
   *
   * @param then takes how it ended: once, now or later, from any thread
   * @throws dev.parley.wire.Refusal instead of an answer
   */
  void answer(Call call, JsonRpc.Entry.Call asked, Consumer<Outcome> then);

  /**
   * Once a second, on the event loop.
   *
   * @param now by a clock that does not go back
   */
  default void look(Instant now) {}

  /** Begins to answer on a socket, on its event loop. */
  @FunctionalInterface
  interface Maker {
    Answering on(Connection connection);
  }
}

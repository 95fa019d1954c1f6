package dev.parley.socket;

import dev.parley.delivery.Connection;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.time.Instant;

/** What is spoken on an open socket: what its messages mean. Called on the socket's event loop. */
public interface Dialect {
  /** A message of text came. */
  void text(byte[] utf8);

  /** A message of anything else came. */
  void binary(byte[] bytes);

  /** The socket takes more than before, or less: go on, or hold back. */
  void regulate();

  /** Whether the socket is left alone because too much is under way. */
  boolean isFull();

  /**
   * Once a second: does what is due.
   *
   * @param now by a clock that does not go back
   */
  default void look(Instant now) {}

  /** Begins to speak on a socket. */
  @FunctionalInterface
  interface Speaker {
    Dialect on(Connection connection, InetAddress client, Channel channel);
  }
}

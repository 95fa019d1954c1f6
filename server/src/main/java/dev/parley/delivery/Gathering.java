package dev.parley.delivery;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;

/**
 * Connections of one event loop that were written to and not flushed yet. The flush is a task at
 * the end of the loop's queue: all that is queued before it is written first, and leaves in one
 * system call for each socket.
 */
final class Gathering {
  private final EventLoop loop;
  private List<Connection> written = new ArrayList<>();

  Gathering(EventLoop loop) {
    this.loop = loop;
  }

  void add(Connection connection) {
    written.add(connection);
    if (written.size() == 1) {
      loop.execute(this::flush);
    }
  }

  private void flush() {
    List<Connection> due = written;
    written = new ArrayList<>(due.size());
    due.forEach(Connection::flush);
  }
}

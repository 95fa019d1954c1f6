package dev.parley.socket;

import dev.parley.wire.SteadyClock;
import io.netty.channel.EventLoop;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at every socket once a second: deadlines, pings, slow readers. One task for each event
 * loop, not a timer for each deadline of each socket; and the time is that of the injected clock.
 */
final class Vigil {
  private static final Logger LOG = LoggerFactory.getLogger(Vigil.class);

  private final InstantSource clock;
  private final Map<EventLoop, Set<SocketHandler>> watched = new ConcurrentHashMap<>();

  Vigil(InstantSource clock) {
    this.clock = new SteadyClock(clock);
  }

  /** What deadlines are counted by. It does not go back. */
  Instant now() {
    return clock.instant();
  }

  /** On the socket's event loop. */
  void begin(EventLoop loop, SocketHandler socket) {
    watched.computeIfAbsent(loop, this::round).add(socket);
  }

  /** On the socket's event loop. */
  void end(EventLoop loop, SocketHandler socket) {
    watched.getOrDefault(loop, Set.of()).remove(socket);
  }

  private Set<SocketHandler> round(EventLoop loop) {
    Set<SocketHandler> here = new LinkedHashSet<>();
    loop.scheduleWithFixedDelay(() -> look(here), 1, 1, TimeUnit.SECONDS);
    return here;
  }

  private void look(Set<SocketHandler> here) {
    Instant now = now();
    List.copyOf(here).forEach(socket -> look(socket, now));
  }

  /** One that cannot be looked at must not end the vigil over the others. */
  private static void look(SocketHandler socket, Instant now) {
    try {
      socket.look(now);
    } catch (RuntimeException bug) {
      LOG.error("a socket could not be looked at", bug);
    }
  }
}

package dev.parley.http;

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
 * Looks at every connection once a second: deadlines, pings, slow readers. One task for each event
 * loop, not a timer for each deadline of each connection; and the time is that of the injected
 * clock.
 */
public final class Vigil {
  private static final Logger LOG = LoggerFactory.getLogger(Vigil.class);

  private final InstantSource clock;
  private final Map<EventLoop, Set<Watched>> watched = new ConcurrentHashMap<>();

  /** What is looked at. */
  @FunctionalInterface
  public interface Watched {
    /**
     * Once a second, on the event loop.
     *
     * @param now by the vigil's clock
     */
    void look(Instant now);
  }

  public Vigil(InstantSource clock) {
    this.clock = new SteadyClock(clock);
  }

  /** What deadlines are counted by. It does not go back. */
  public Instant now() {
    return clock.instant();
  }

  /** On the event loop. */
  public void begin(EventLoop loop, Watched connection) {
    watched.computeIfAbsent(loop, this::round).add(connection);
  }

  /** On the event loop. */
  public void end(EventLoop loop, Watched connection) {
    watched.getOrDefault(loop, Set.of()).remove(connection);
  }

  private Set<Watched> round(EventLoop loop) {
    Set<Watched> here = new LinkedHashSet<>();
    loop.scheduleWithFixedDelay(() -> look(here), 1, 1, TimeUnit.SECONDS);
    return here;
  }

  private void look(Set<Watched> here) {
    Instant now = now();
    List.copyOf(here).forEach(connection -> look(connection, now));
  }

  /** One that cannot be looked at must not end the vigil over the others. */
  private static void look(Watched connection, Instant now) {
    try {
      connection.look(now);
    } catch (RuntimeException bug) {
      LOG.error("a connection could not be looked at", bug);
    }
  }
}

package dev.parley.http;

import dev.parley.wire.Refusal;
import dev.parley.wire.Shares;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts connections that are no sockets (yet): in all and from each address. A trusted proxy has
 * as many as it likes, as it stands for everybody behind it.
 */
final class Seats {
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final HttpSettings limits;
  private final ClientAddress addresses;
  private final AtomicInteger all = new AtomicInteger();
  private final Shares<InetAddress> byAddress;

  Seats(HttpSettings limits) {
    this.limits = limits;
    this.addresses = new ClientAddress(limits.trustedProxies());
    this.byAddress = new Shares<>(limits.connectionsPerAddress());
  }

  /** A seat that was taken. */
  final class Seat {
    private final InetAddress peer;
    private final boolean counts;
    private final AtomicBoolean taken = new AtomicBoolean(true);

    private Seat(InetAddress peer, boolean counts) {
      this.peer = peer;
      this.counts = counts;
    }

    void leave() {
      if (taken.compareAndSet(true, false)) {
        all.decrementAndGet();
        if (counts) {
          byAddress.giveBack(peer);
        }
      }
    }
  }

  /**
   * @throws Refusal {@code overloaded} or {@code rate_limited} if there is none left
   */
  Seat take(InetAddress peer) {
    boolean counts = !addresses.isProxy(peer);
    if (counts && !byAddress.take(peer)) {
      throw Refusal.rateLimited(
          "At most " + limits.connectionsPerAddress() + " connections from one address", RETRY);
    }
    Seat seat = new Seat(peer, counts);
    if (all.incrementAndGet() > limits.connections() && limits.connections() > 0) {
      seat.leave();
      throw Refusal.overloaded("The server has all the connections that it takes", RETRY);
    }
    return seat;
  }
}

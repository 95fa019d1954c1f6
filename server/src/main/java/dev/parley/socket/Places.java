package dev.parley.socket;

import dev.parley.wire.Refusal;
import dev.parley.wire.Shares;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Counts sockets: in all, from each address, and those whose owner is not known yet. */
final class Places {
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final SocketSettings limits;
  private final BooleanSupplier memoryIsShort;
  private final AtomicInteger all = new AtomicInteger();
  private final AtomicInteger strangers = new AtomicInteger();
  private final Shares<InetAddress> byAddress;

  /**
   * @param memoryIsShort whether there is no room for another one now
   */
  Places(SocketSettings limits, BooleanSupplier memoryIsShort) {
    this.limits = limits;
    this.memoryIsShort = memoryIsShort;
    this.byAddress = new Shares<>(limits.connectionsPerAddress());
  }

  /** A place that was taken. */
  final class Place {
    private final InetAddress address;
    private final AtomicBoolean stranger;
    private final AtomicBoolean taken = new AtomicBoolean(true);

    private Place(InetAddress address, boolean stranger) {
      this.address = address;
      this.stranger = new AtomicBoolean(stranger);
    }

    /** The owner of the socket is known now. */
    void signedIn() {
      if (stranger.compareAndSet(true, false)) {
        strangers.decrementAndGet();
      }
    }

    void leave() {
      if (taken.compareAndSet(true, false)) {
        signedIn();
        all.decrementAndGet();
        byAddress.giveBack(address);
      }
    }
  }

  /**
   * @throws Refusal {@code overloaded} or {@code rate_limited} if there is none left
   */
  Place take(InetAddress address, boolean bearsToken) {
    if (memoryIsShort.getAsBoolean()) {
      throw Refusal.overloaded("The server is short of memory", RETRY);
    }
    if (exceeds(all.incrementAndGet(), limits.connections())) {
      all.decrementAndGet();
      throw Refusal.overloaded("The server has all the connections that it takes", RETRY);
    }
    if (!byAddress.take(address)) {
      all.decrementAndGet();
      throw Refusal.rateLimited(
          "At most " + limits.connectionsPerAddress() + " connections from one address", RETRY);
    }
    if (!bearsToken && exceeds(strangers.incrementAndGet(), limits.unauthenticated())) {
      strangers.decrementAndGet();
      all.decrementAndGet();
      byAddress.giveBack(address);
      throw Refusal.overloaded("Too many sockets wait to sign in; bring a token along", RETRY);
    }
    return new Place(address, !bearsToken);
  }

  private static boolean exceeds(int count, int limit) {
    return limit > 0 && count > limit;
  }
}

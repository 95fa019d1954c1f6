package dev.parley.accounts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.wire.Refusal;
import dev.parley.wire.SteadyClock;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Slows down guessing: after a few failures for a name from an address, from an address at all, or
 * for a name at all, each further try must wait, twice as long each time.
 */
final class SignInThrottle {
  private static final Duration MEMORY = Duration.ofMinutes(15);
  private static final int NAME_FROM_ADDRESS = 5;
  private static final int ADDRESS = 50;
  private static final int NAME = 100;
  private static final int MOST_KEYS = 100_000;

  private final InstantSource clock;
  private final Cache<String, Failures> failures;

  private record Failures(int count, Instant last) {}

  /** A key that failures are counted by, and how many are free. */
  private record Key(String text, int free) {}

  SignInThrottle(InstantSource clock) {
    this.clock = new SteadyClock(clock);
    this.failures =
        Caffeine.newBuilder()
            .maximumSize(MOST_KEYS)
            .expireAfterWrite(MEMORY)
            .ticker(() -> this.clock.millis() * 1_000_000)
            .build();
  }

  private static Key byBoth(String name, InetAddress address) {
    return new Key("both " + address.getHostAddress() + " " + name, NAME_FROM_ADDRESS);
  }

  private static Key byAddress(InetAddress address) {
    return new Key("address " + address.getHostAddress(), ADDRESS);
  }

  private static Key byName(String name) {
    return new Key("name " + name, NAME);
  }

  /**
   * Counts a try as failed before it is known, so that many at once are no way around the wait.
   *
   * @throws Refusal {@code rate_limited} if it is too early for another try
   */
  void begin(String name, InetAddress address) {
    Key byAddress = byAddress(address);
    refuseFor(wait(byAddress, failures.getIfPresent(byAddress.text())));
    count(byName(name));
    count(byBoth(name, address));
  }

  private void count(Key key) {
    Duration[] wait = {Duration.ZERO};
    failures
        .asMap()
        .compute(
            key.text(),
            (text, known) -> {
              wait[0] = wait(key, known);
              return wait[0].isPositive() ? known : oneMore(known);
            });
    refuseFor(wait[0]);
  }

  private static void refuseFor(Duration wait) {
    if (wait.isPositive()) {
      throw Refusal.rateLimited("Too many failed sign-ins; wait before the next try", wait);
    }
  }

  private Duration wait(Key key, @Nullable Failures known) {
    if (known == null || known.count() < key.free()) {
      return Duration.ZERO;
    }
    int doublings = Math.min(known.count() - key.free(), 9);
    return Duration.between(
        clock.instant(), known.last().plus(Duration.ofSeconds(1L << doublings)));
  }

  private Failures oneMore(@Nullable Failures known) {
    return new Failures(known == null ? 1 : known.count() + 1, clock.instant());
  }

  /** The try was in vain. */
  void failed(InetAddress address) {
    failures.asMap().compute(byAddress(address).text(), (text, known) -> oneMore(known));
  }

  /** The try was right: whoever knows the password may try again at once. */
  void succeeded(String name, InetAddress address) {
    failures.invalidate(byBoth(name, address).text());
    failures
        .asMap()
        .computeIfPresent(
            byName(name).text(),
            (text, known) ->
                known.count() == 1 ? null : new Failures(known.count() - 1, known.last()));
  }
}

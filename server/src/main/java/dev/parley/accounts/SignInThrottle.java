package dev.parley.accounts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.wire.Refusal;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
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
    this.clock = clock;
    this.failures =
        Caffeine.newBuilder()
            .maximumSize(MOST_KEYS)
            .expireAfterWrite(MEMORY)
            .ticker(() -> clock.millis() * 1_000_000)
            .build();
  }

  private static List<Key> keys(String name, InetAddress address) {
    String from = address.getHostAddress();
    return List.of(
        new Key("both " + from + " " + name, NAME_FROM_ADDRESS),
        new Key("address " + from, ADDRESS),
        new Key("name " + name, NAME));
  }

  /**
   * @throws Refusal {@code rate_limited} if it is too early for another try
   */
  void check(String name, InetAddress address) {
    for (Key key : keys(name, address)) {
      Duration wait = wait(key, failures.getIfPresent(key.text()));
      if (wait.isPositive()) {
        throw Refusal.rateLimited("Too many failed sign-ins; wait before the next try", wait);
      }
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

  void failed(String name, InetAddress address) {
    Instant now = clock.instant();
    keys(name, address)
        .forEach(key ->
            failures
                .asMap()
                .merge(
                    key.text(),
                    new Failures(1, now),
                    (known, one) -> new Failures(known.count() + 1, now)));
  }

  void succeeded(String name, InetAddress address) {
    failures.invalidate(keys(name, address).getFirst().text());
  }
}

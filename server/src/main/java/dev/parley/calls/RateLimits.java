package dev.parley.calls;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.wire.Refusal;
import dev.parley.wire.SteadyClock;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** How often: so many messages a minute for each connection, or session, or stranger's address. */
public final class RateLimits {
  private static final int MOST_BUCKETS = 100_000;

  private final int perMinute;
  private final TimeMeter time;
  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder()
          .maximumSize(MOST_BUCKETS)
          .expireAfterAccess(Duration.ofMinutes(5))
          .build();

  /**
   * @param perMinute 0 for no limit
   */
  public RateLimits(int perMinute, InstantSource clock) {
    this.perMinute = perMinute;
    this.time = new Meter(new SteadyClock(clock));
  }

  /** The injected clock, as the buckets want it. */
  private record Meter(InstantSource clock) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return clock.millis() * 1_000_000;
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }

  /** The allowance of one connection. */
  public interface Allowance {
    /**
     * @throws Refusal {@code rate_limited} if it is used up
     */
    void take();
  }

  public Allowance allowance() {
    if (perMinute == 0) {
      return () -> {};
    }
    Bucket bucket = bucket();
    return () -> take(bucket);
  }

  /**
   * Counts a request that came without a connection of its own.
   *
   * @throws Refusal {@code rate_limited} if the caller had too many
   */
  public void check(Optional<Caller> caller, InetAddress address) {
    if (perMinute > 0) {
      String key = caller.map(Caller::session).orElseGet(address::getHostAddress);
      take(buckets.get(key, fresh -> bucket()));
    }
  }

  private Bucket bucket() {
    return Bucket.builder()
        .withCustomTimePrecision(time)
        .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
        .build();
  }

  private void take(Bucket bucket) {
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      throw Refusal.rateLimited(
          "At most " + perMinute + " messages a minute",
          Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }
  }
}

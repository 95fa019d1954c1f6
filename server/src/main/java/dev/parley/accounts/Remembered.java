package dev.parley.accounts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What was read of accounts a while ago. An entry counts only if its reading began after the last
 * change to its account: so neither does forgetting have to find entries, nor can a reading that
 * began before a change and ended after it bring back what was so no more.
 */
final class Remembered<T> {
  private static final int MOST = 100_000;

  private final Changes changes;
  private final Function<T, String> accountOf;
  private final Cache<String, Entry<T>> entries;

  private record Entry<T>(T value, long began) {}

  /** When accounts changed last, on a clock that ticks with every change. */
  static final class Changes {
    private static final int STRIPES = 4_096;

    private final AtomicLong clock = new AtomicLong();
    private final AtomicLongArray last = new AtomicLongArray(STRIPES);

    /** To be called when a change is durable, before anybody is told so. */
    void changed(String account) {
      last.accumulateAndGet(stripe(account), clock.incrementAndGet(), Math::max);
    }

    private boolean isUnchanged(String account, long since) {
      return last.get(stripe(account)) <= since;
    }

    private static int stripe(String account) {
      return Math.floorMod(account.hashCode(), STRIPES);
    }
  }

  /**
   * @param life for how long; zero for not at all
   */
  Remembered(Changes changes, Duration life, Function<T, String> accountOf) {
    this.changes = changes;
    this.accountOf = accountOf;
    this.entries =
        Caffeine.newBuilder()
            .maximumSize(life.isZero() ? 0 : MOST)
            .expireAfterWrite(life.isZero() ? Duration.ofNanos(1) : life)
            .recordStats()
            .build();
  }

  /**
   * What is known under a key, or what is read now; whoever asks meanwhile waits for the same
   * reading. What cannot be read is not remembered.
   */
  T get(String key, Supplier<T> read) {
    Entry<T> known = entries.getIfPresent(key);
    return known != null && counts(known)
        ? known.value()
        : entries.asMap().compute(key, (same, meanwhile) -> current(meanwhile, read)).value();
  }

  private Entry<T> current(@Nullable Entry<T> known, Supplier<T> read) {
    if (known != null && counts(known)) {
      return known;
    }
    long began = changes.clock.get();
    return new Entry<>(read.get(), began);
  }

  private boolean counts(Entry<T> entry) {
    return changes.isUnchanged(accountOf.apply(entry.value()), entry.began());
  }

  /** The share of look-ups that found an entry, 0 to 1. */
  double hitRate() {
    return entries.stats().hitRate();
  }
}

package dev.parley.wire;

import com.github.f4b6a3.ulid.Ulid;
import com.github.f4b6a3.ulid.UlidFactory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/**
 * Gives ids: opaque, time-ordered texts of 26 characters (ULID, lower case), in order even if the
 * clock is put back.
 */
public final class Ids {
  /** The last moment that an id can bear, in milliseconds: they have 48 bits. */
  private static final long LAST = (1L << 48) - 1;

  private final InstantSource clock;
  private final UlidFactory factory = UlidFactory.newMonotonicInstance();

  public Ids(InstantSource clock) {
    this.clock = new SteadyClock(clock);
  }

  public String next() {
    return factory.create(clock.millis()).toString().toLowerCase(Locale.ROOT);
  }

  /** What no id from this moment on sorts before, and every older one does. */
  public static String since(Instant moment) {
    long millis =
        moment.isBefore(Instant.EPOCH)
            ? 0
            : moment.isAfter(Instant.ofEpochMilli(LAST)) ? LAST : moment.toEpochMilli();
    return Ulid.min(millis).toString().toLowerCase(Locale.ROOT);
  }
}

package dev.parley.wire;

import com.github.f4b6a3.ulid.UlidFactory;
import java.time.InstantSource;
import java.util.Locale;

/**
 * Gives ids: opaque, time-ordered texts of 26 characters (ULID, lower case), in order even if the
 * clock is put back.
 */
public final class Ids {
  private final InstantSource clock;
  private final UlidFactory factory = UlidFactory.newMonotonicInstance();

  public Ids(InstantSource clock) {
    this.clock = new SteadyClock(clock);
  }

  public String next() {
    return factory.create(clock.millis()).toString().toLowerCase(Locale.ROOT);
  }
}

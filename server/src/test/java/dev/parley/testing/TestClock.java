package dev.parley.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes on as always, and can be put forward or stopped. */
public final class TestClock implements InstantSource {
  private volatile InstantSource source = InstantSource.system();
  private volatile Duration ahead = Duration.ZERO;

  public void advance(Duration by) {
    ahead = ahead.plus(by);
  }

  /** From now on time passes by {@link #advance} alone: no deadline is met by waiting. */
  public void stop() {
    source = InstantSource.fixed(source.instant());
  }

  @Override
  public Instant instant() {
    return source.instant().plus(ahead);
  }
}

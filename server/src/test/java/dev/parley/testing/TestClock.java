package dev.parley.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes on as always, and can be put forward. */
public final class TestClock implements InstantSource {
  private volatile Duration ahead = Duration.ZERO;

  public void advance(Duration by) {
    ahead = ahead.plus(by);
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(ahead);
  }
}

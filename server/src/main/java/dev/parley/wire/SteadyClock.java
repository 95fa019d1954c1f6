package dev.parley.wire;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock for what must wait, end after a while, or stand in order. When the clock that it is taken
 * from is put back, this one goes on from where it was; so a deadline is not an hour late because
 * somebody set the time. It says nothing of the date: for that ask the other one.
 */
public final class SteadyClock implements InstantSource {
  private final InstantSource clock;
  private Instant last = Instant.MIN;
  private Duration ahead = Duration.ZERO;

  public SteadyClock(InstantSource clock) {
    this.clock = clock;
  }

  /** Never before one that was given earlier. */
  @Override
  public synchronized Instant instant() {
    Instant now = clock.instant().plus(ahead);
    if (now.isBefore(last)) {
      ahead = ahead.plus(Duration.between(now, last));
      now = last;
    }
    last = now;
    return now;
  }
}

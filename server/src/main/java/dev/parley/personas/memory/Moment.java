package dev.parley.personas.memory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * When one looks, in both times: what was believed at {@code asOf} to hold at {@code validAt}. In
 * milliseconds since 1970.
 */
public record Moment(long asOf, long validAt) {
  static final long NEVER = Long.MAX_VALUE;

  /**
   * Holds of the rows of {@code memories m}; {@code :asOf} and {@code :validAt} are to be bound.
   */
  static final String BELIEVED =
      """
      m.forgotten_at IS NULL AND m.learnt_at <= :asOf AND m.superseded_at > :asOf
      AND m.valid_from <= :validAt AND m.valid_until > :validAt\
      """;

  public static Moment now(InstantSource clock) {
    return new Moment(clock.millis(), clock.millis());
  }

  /** What was believed then; of now, or of what is said to hold at another time. */
  public static Moment of(Optional<Instant> asOf, Optional<Instant> validAt, InstantSource clock) {
    long then = asOf.map(Instant::toEpochMilli).orElseGet(clock::millis);
    return new Moment(then, validAt.map(Instant::toEpochMilli).orElse(then));
  }

  boolean sees(long learntAt, long supersededAt, long validFrom, long validUntil) {
    return learntAt <= asOf && supersededAt > asOf && validFrom <= validAt && validUntil > validAt;
  }

  static Optional<Instant> maybe(long millis) {
    return millis == NEVER ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }
}

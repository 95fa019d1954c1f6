package dev.parley.personas.mood;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What strength a persona has left for a person. Each answer to that person takes some; it comes
 * back by itself, half in every ten minutes. When an answer took the last of it, the persona rests
 * until half is back. Others have it whole.
 *
 * @param left 0 to 1
 * @param availableAt when it answers again; empty while it does
 */
public record Energy(double left, Optional<Instant> availableAt) {
  /** Half of what answering took is back after this time. */
  static final Duration HALF_LIFE = Duration.ofMinutes(10);

  /** An answer that is older than this weighs less than 1 in 1,000 and is not looked at. */
  static final Duration LATELY = HALF_LIFE.multipliedBy(10);

  static final Energy WHOLE = new Energy(1, Optional.empty());

  /**
   * @param answers when it answered that person, in milliseconds since 1970
   * @param strength how many answers in a row it has strength for
   */
  static Energy of(List<Long> answers, long now, int strength) {
    return answers.isEmpty() ? WHOLE : of(answers, Collections.max(answers), now, strength);
  }

  private static Energy of(List<Long> answers, long newest, long now, int strength) {
    double spent =
        answers.stream().sorted().mapToDouble(at -> Heard.weight(at, newest, HALF_LIFE)).sum()
            / strength;
    double left = 1 - spent * Heard.weight(newest, now, HALF_LIFE);
    return new Energy(
        Opinion.rounded(Math.max(0, left)),
        Optional.of(newest)
            .filter(last -> spent >= 1)
            .map(last -> Instant.ofEpochMilli(last + untilHalf(spent)))
            .filter(then -> then.toEpochMilli() > now));
  }

  /** How long it takes until so much, which was spent, is a half. In milliseconds. */
  private static long untilHalf(double spent) {
    return Math.round(HALF_LIFE.toMillis() * Math.log(2 * spent) / Math.log(2));
  }
}

package dev.parley.bench;

import java.util.concurrent.TimeUnit;

/**
 * One poster's share of an even grid of posts: fixed beforehand, whatever the server does. Poster
 * {@code p} of {@code n} takes the posts p, p + n, p + 2n ….
 *
 * @param start when post 0 of all posters is due, in nanoseconds of the run's clock
 * @param rate posts a second, all posters together
 */
record Schedule(long start, double rate, int posters, int poster) {

  /** The number, unique over all posters, of this poster's post {@code turn} (0, 1, 2 …). */
  long number(long turn) {
    return poster + turn * posters;
  }

  /** When this poster's post {@code turn} is due. */
  long due(long turn) {
    return start + Math.round(number(turn) * TimeUnit.SECONDS.toNanos(1) / rate);
  }
}

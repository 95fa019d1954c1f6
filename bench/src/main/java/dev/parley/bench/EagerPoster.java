package dev.parley.bench;

import java.util.concurrent.TimeUnit;

/** Closed loop: posts, waits for the answer, posts again, until {@code end}. */
final class EagerPoster implements Poster {
  private static final long RETRY_MILLIS = 100;

  private final Outbox outbox;
  private final Schedule numbers;
  private final long end;
  private long turn;

  /**
   * @param numbers only numbers the posts; their time is as soon as possible
   */
  EagerPoster(Outbox outbox, Schedule numbers, long end) {
    this.outbox = outbox;
    this.numbers = numbers;
    this.end = end;
  }

  @Override
  public void start() {
    long wait = Math.max(0, numbers.start() - outbox.lane().clock().now());
    var _ = outbox.lane().loop().schedule(this::post, wait, TimeUnit.NANOSECONDS);
  }

  private void post() {
    long now = outbox.lane().clock().now();
    if (now < end) {
      outbox.post(numbers.number(turn++), now);
      outbox.flush();
    }
  }

  @Override
  public void acknowledged() {
    post();
  }

  @Override
  public void refused(Refused refusal) {
    long wait = Math.max(RETRY_MILLIS, refusal.retryAfterMillis());
    var _ = outbox.lane().loop().schedule(this::post, wait, TimeUnit.MILLISECONDS);
  }
}

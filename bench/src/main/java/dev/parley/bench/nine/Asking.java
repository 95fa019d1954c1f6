package dev.parley.bench.nine;

import dev.parley.bench.OwnServer;
import dev.parley.bench.Pause;
import dev.parley.bench.Percentiles;
import dev.parley.bench.RunClock;
import dev.parley.bench.Usage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Several who ask a server, for a while: each again as soon as it is answered, or in turn by a
 * schedule. With a schedule a delay counts from when the question was due.
 */
final class Asking {
  private static final int DIGITS = 3;
  private static final long SECOND = 1_000_000_000L;
  private static final int PATIENCE_SECONDS = 15;
  private static final int POLL_MILLIS = 2;

  /** Asks once. */
  interface Asker extends Supplier<CompletableFuture<?>> {}

  private final OwnServer server;
  private final List<? extends Asker> askers;
  private final RunClock clock = RunClock.started();
  private final Histogram delays = new Histogram(DIGITS);
  private final Map<String, Long> refused = new TreeMap<>();
  private final long from;
  private final long to;
  private long underWay;

  private Asking(OwnServer server, List<? extends Asker> askers, double warmUp, double seconds) {
    this.server = server;
    this.askers = askers;
    this.from = (long) (warmUp * SECOND);
    this.to = from + (long) (seconds * SECOND);
  }

  /** Everybody asks again as soon as they are answered. */
  static Outcome saturated(
      OwnServer server, List<? extends Asker> askers, double warmUp, double seconds) {
    Asking asking = new Asking(server, askers, warmUp, seconds);
    askers.forEach(asking::again);
    return asking.measured();
  }

  /** So many questions a second in all, by a schedule; everybody in turn. */
  static Outcome paced(
      OwnServer server, List<? extends Asker> askers, double rate, double warmUp, double seconds) {
    Asking asking = new Asking(server, askers, warmUp, seconds);
    Thread.ofPlatform().daemon().start(() -> asking.follow(rate));
    return asking.measured();
  }

  private void follow(double rate) {
    long pause = (long) (SECOND / rate);
    long due = 0;
    for (int number = 0; due < to; number++, due += pause) {
      await(due);
      long intended = due;
      ask(askers.get(number % askers.size()), intended, () -> {});
    }
  }

  private void again(Asker asker) {
    if (clock.now() < to) {
      ask(asker, clock.now(), () -> again(asker));
    }
  }

  private void ask(Asker asker, long intended, Runnable then) {
    begun();
    var _ =
        asker
            .get()
            .whenComplete((_, failed) -> {
              ended(intended, failed);
              then.run();
            });
  }

  private synchronized void begun() {
    underWay++;
  }

  private synchronized void ended(long intended, @Nullable Throwable failed) {
    long now = clock.now();
    underWay--;
    if (failed != null) {
      refused.merge(words(failed), 1L, Long::sum);
    } else if (now >= from && now < to) {
      delays.recordValue(now - intended);
    }
  }

  private static String words(Throwable failed) {
    Throwable why =
        failed instanceof CompletionException e && e.getCause() != null ? e.getCause() : failed;
    return String.valueOf(why.getMessage()).replaceAll("\\{.*", "").strip();
  }

  private Outcome measured() {
    await(from);
    Usage before = server.usage().orElseThrow();
    await(to);
    Usage after = server.usage().orElseThrow();
    return outcome(before, after, unanswered());
  }

  private synchronized Outcome outcome(Usage before, Usage after, long unanswered) {
    return new Outcome(
        delays.getTotalCount(),
        (to - from) / (double) SECOND,
        Percentiles.of(delays),
        Outcome.cpu(before, after),
        after.residentBytes(),
        Map.copyOf(refused),
        unanswered);
  }

  private long unanswered() {
    long patience = clock.now() + PATIENCE_SECONDS * SECOND;
    while (left() > 0 && clock.now() < patience) {
      Pause.millis(POLL_MILLIS);
    }
    return left();
  }

  private synchronized long left() {
    return underWay;
  }

  private void await(long time) {
    for (long left = time - clock.now(); left > 0; left = time - clock.now()) {
      LockSupport.parkNanos(left);
    }
  }
}

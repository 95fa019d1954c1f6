package dev.parley.bench.faults;

import dev.parley.bench.Client;
import dev.parley.bench.LoadFailure;
import dev.parley.bench.Pause;
import dev.parley.bench.faults.Violation.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One round: new rooms, a few faults at once while clients talk, then everybody's record. */
final class Round {
  private static final int ROOMS = 2;
  private static final Duration RECOVERY = Duration.ofSeconds(60);
  private static final int BEFORE_MILLIS = 200;
  private static final int APART_MILLIS = 500;

  private final int number;
  private final World world;
  private final Client client;
  private final List<String> tokens;
  private final List<Fault> faults;
  private final Random random;

  Round(
      int number,
      World world,
      Client client,
      List<String> tokens,
      List<Fault> faults,
      Random random) {
    this.number = number;
    this.world = world;
    this.client = client;
    this.tokens = tokens;
    this.faults = faults;
    this.random = random;
  }

  /** Plays it; what the histories are stays with the talks. */
  Outcome play(List<Talk> talks) throws InterruptedException {
    long start = System.nanoTime();
    for (int i = 0; i < ROOMS; i++) {
      talks.add(Talk.begin(client, tokens, random.nextLong()));
    }
    Pause.millis(BEFORE_MILLIS);
    strike();
    List<Violation> violations = new ArrayList<>();
    if (!world.victim().awaitReady(RECOVERY)) {
      violations.add(new Violation(Kind.DIED, "the server did not come back"));
    }
    world.victim().deaths().forEach(words -> violations.add(new Violation(Kind.DIED, words)));
    Pause.millis(BEFORE_MILLIS);
    for (Talk talk : talks) {
      talk.settle();
      violations.addAll(talk.judge());
    }
    return Outcome.of(
        "round " + number,
        faults,
        talks.stream().map(talk -> talk.history().happenings()).toList(),
        Duration.ofNanos(System.nanoTime() - start),
        violations);
  }

  private void strike() throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> striking = new ArrayList<>();
      for (Fault fault : faults) {
        Random own = new Random(random.nextLong());
        striking.add(
            threads.submit(() -> {
              Thread.sleep(own.nextInt(APART_MILLIS));
              fault.strike(world, own);
              return fault;
            }));
      }
      for (Future<?> one : striking) {
        one.get(RECOVERY.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (ExecutionException | TimeoutException broken) {
      throw new LoadFailure("a fault could not be made: " + broken);
    }
  }
}

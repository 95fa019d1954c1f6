package dev.parley.bench.faults;

import dev.parley.bench.Client;
import dev.parley.bench.Credentials;
import dev.parley.bench.Database;
import dev.parley.bench.LoadFailure;
import dev.parley.bench.RunClock;
import dev.parley.bench.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/** Rounds of faults, one after another, on one server and its data. */
final class Ordeal {
  private static final int ACCOUNTS = 3;
  private static final int AT_ONCE = 2;
  private static final Duration START = Duration.ofMinutes(2);

  private final Database database;
  private final Random random;
  private final List<Fault> kinds;
  private final Deque<Fault> deck = new ArrayDeque<>();
  private final Consumer<Outcome> told;
  private final Path kept;

  /**
   * @param kinds what may happen; all of them come equally often
   * @param kept where the histories of failed rounds go
   */
  Ordeal(Database database, List<Fault> kinds, long seed, Path kept, Consumer<Outcome> told) {
    this.database = database;
    this.random = new Random(seed);
    this.kinds = kinds;
    this.kept = kept;
    this.told = told;
  }

  /** Plays so many rounds; what came of all of them together stands at the end. */
  List<Outcome> play(int rounds) throws InterruptedException {
    try (World world = World.of(database);
        Client client = new Client(world.proxy().endpoint(), 1, RunClock.started(), new Tally())) {
      try {
        return play(rounds, world, client);
      } catch (LoadFailure stuck) {
        keep("stuck", List.of(), world.victim().log());
        throw stuck;
      }
    }
  }

  private List<Outcome> play(int rounds, World world, Client client) throws InterruptedException {
    if (!world.victim().awaitReady(START)) {
      throw new LoadFailure("the server did not start; its words:\n" + read(world.victim().log()));
    }
    List<String> tokens =
        new Credentials(Optional.empty(), Optional.empty(), ACCOUNTS).tokens(client);
    List<Outcome> outcomes = new ArrayList<>();
    List<Talk> all = new ArrayList<>();
    for (int number = 1; number <= rounds; number++) {
      List<Talk> talks = new ArrayList<>();
      Random dice = new Random(random.nextLong());
      Outcome outcome = new Round(number, world, client, tokens, draw(), dice).play(talks);
      outcomes.add(outcome);
      tell(outcome, talks, world);
      all.addAll(talks);
    }
    Outcome again = all(all, world);
    outcomes.add(again);
    tell(again, all, world);
    return outcomes;
  }

  /** All rounds together: what was ever acknowledged is still there after one more kill. */
  private static Outcome all(List<Talk> all, World world) throws InterruptedException {
    long start = System.nanoTime();
    world.postgres().ifPresent(Postgres::kill);
    world.victim().kill();
    world.restoreDatabase();
    if (!world.victim().awaitReady(START)) {
      throw new LoadFailure("the server did not come back after the last kill");
    }
    List<Violation> violations = new ArrayList<>();
    for (Talk talk : all) {
      violations.addAll(talk.judge());
    }
    return Outcome.of(
        "all",
        List.of(),
        all.stream().map(talk -> talk.history().happenings()).toList(),
        Duration.ofNanos(System.nanoTime() - start),
        violations);
  }

  private void tell(Outcome outcome, List<Talk> talks, World world) {
    told.accept(outcome);
    if (!outcome.passed()) {
      keep(outcome.name(), talks, world.victim().log());
    }
  }

  /** The next from a shuffled deck, so that each kind has its turn. */
  private List<Fault> draw() {
    List<Fault> drawn = new ArrayList<>();
    while (drawn.size() < Math.min(AT_ONCE, kinds.size())) {
      if (deck.isEmpty()) {
        List<Fault> shuffled = new ArrayList<>(kinds);
        Collections.shuffle(shuffled, random);
        deck.addAll(shuffled);
      }
      Fault next = deck.remove();
      if (!drawn.contains(next)) {
        drawn.add(next);
      }
    }
    return drawn;
  }

  private void keep(String name, List<Talk> talks, Path log) {
    try {
      Files.createDirectories(kept);
      for (int i = 0; i < talks.size(); i++) {
        talks.get(i).history().keep(kept.resolve("%s, room %d.jsonl".formatted(name, i)));
      }
      Files.copy(log, kept.resolve(name + ", server.log"));
    } catch (IOException e) {
      throw new LoadFailure("the histories could not be kept in " + kept + ": " + e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "none, " + e;
    }
  }
}

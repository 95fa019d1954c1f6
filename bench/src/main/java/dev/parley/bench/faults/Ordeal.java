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
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

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

  /** Plays so many rounds. */
  List<Outcome> play(int rounds) throws InterruptedException {
    Path folder = newFolder();
    try (World world = World.of(database, folder);
        Client client = new Client(world.proxy().endpoint(), 1, RunClock.started(), new Tally())) {
      return play(rounds, world, client);
    } finally {
      delete(folder);
    }
  }

  private List<Outcome> play(int rounds, World world, Client client) throws InterruptedException {
    if (!world.victim().awaitReady(START)) {
      throw new LoadFailure("the server did not start; its words:\n" + read(world.victim().log()));
    }
    List<String> tokens =
        new Credentials(Optional.empty(), Optional.empty(), ACCOUNTS).tokens(client);
    List<Outcome> outcomes = new ArrayList<>();
    for (int number = 1; number <= rounds; number++) {
      List<Talk> talks = new ArrayList<>();
      Random dice = new Random(random.nextLong());
      Outcome outcome = new Round(number, world, client, tokens, draw(), dice).play(talks);
      outcomes.add(outcome);
      told.accept(outcome);
      if (!outcome.passed()) {
        keep(number, talks, world.victim().log());
      }
    }
    return outcomes;
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

  private void keep(int round, List<Talk> talks, Path log) {
    try {
      Files.createDirectories(kept);
      for (int i = 0; i < talks.size(); i++) {
        talks.get(i).history().keep(kept.resolve("round-%d-room-%d.jsonl".formatted(round, i)));
      }
      Files.copy(log, kept.resolve("round-%d-server.log".formatted(round)));
    } catch (IOException e) {
      throw new LoadFailure("the histories could not be kept in " + kept + ": " + e);
    }
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("parley-faults-");
    } catch (IOException e) {
      throw new LoadFailure("no folder for the data: " + e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "none, " + e;
    }
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException | java.io.UncheckedIOException e) {
      System.err.println("could not delete " + folder + ": " + e);
    }
  }
}

package dev.parley.bench.reads;

import dev.parley.bench.Client;
import dev.parley.bench.Connection;
import dev.parley.bench.Database;
import dev.parley.bench.Machine;
import dev.parley.bench.OwnServer;
import dev.parley.bench.Percentiles;
import dev.parley.bench.RunClock;
import dev.parley.bench.Tally;
import dev.parley.bench.Waiting;
import dev.parley.wire.Actor;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./parley bench reads}: history, lists, unread counts and search when much is stored. */
@Command(
    name = "reads",
    description = "Measures history, lists, unread counts and search at 1,000,000 messages.",
    sortOptions = false,
    showDefaultValues = true)
public final class Reads implements Callable<Integer> {
  @Option(names = "--database", defaultValue = "sqlite", description = "sqlite, postgresql")
  private Database database = Database.SQLITE;

  @Option(names = "--messages", defaultValue = "1000000", description = "how many are stored")
  private int messages;

  @Option(names = "--rooms", defaultValue = "1000", description = "rooms they are spread over")
  private int rooms;

  @Option(names = "--only", defaultValue = "", description = "questions whose name has this")
  private String only = "";

  @Option(names = "--seed", defaultValue = "20261121", description = "of all that is drawn")
  private long seed;

  @Option(names = "--help", usageHelp = true, description = "show this text")
  @SuppressWarnings("unused")
  private boolean help;

  @Override
  public Integer call() {
    System.out.println(Machine.here().describe());
    System.out.printf(
        Locale.ROOT, "%,d messages in %,d rooms on %s, seed %d%n", messages, rooms, database, seed);
    Random random = new Random(seed);
    World world = new World(rooms, random);
    Vocabulary vocabulary = new Vocabulary(random);
    Filling filling = new Filling(world, vocabulary, messages, random);
    long start = System.nanoTime();
    try (OwnServer server =
        OwnServer.start(
            OwnServer.command(),
            database,
            (data, url) -> {
              filling.fill(data, url);
              System.out.printf(Locale.ROOT, "made in %.0f s%n", (System.nanoTime() - start) / 1e9);
            })) {
      measure(server, new Questions(world, vocabulary, random).all());
      System.out.println();
      server.metrics().filter(line -> line.contains("hit_rate")).forEach(System.out::println);
    }
    return CommandLine.ExitCode.OK;
  }

  private void measure(OwnServer server, List<Question> questions) {
    try (Client client = new Client(server.endpoint(), 1, RunClock.started(), new Tally())) {
      Map<Actor, Connection> connections = new HashMap<>();
      List<Asking> askings =
          questions.stream()
              .filter(question -> question.name().contains(only))
              .map(question ->
                  new Asking(
                      connections.computeIfAbsent(question.caller(), one -> connect(client, one)),
                      question))
              .toList();
      List<Double> first = askings.stream().map(Asking::first).toList();
      askings.forEach(Asking::warmUp);
      System.out.println();
      System.out.println("| question | p50 ms | p95 ms | p99 ms | first ms | items | calls |");
      System.out.println("|---|---|---|---|---|---|---|");
      for (int i = 0; i < askings.size(); i++) {
        System.out.println(row(askings.get(i).measure(first.get(i))));
      }
    }
  }

  private static Connection connect(Client client, Actor account) {
    return Waiting.on(client.connect(Optional.of(World.token(account))), "connecting");
  }

  private static String row(Asking.Seen seen) {
    Percentiles warm = seen.warm();
    return String.format(
        Locale.ROOT,
        "| %s | %.2f | %.2f | %.2f | %.1f | %d | %d |",
        seen.question().name(),
        warm.p50(),
        warm.p95(),
        warm.p99(),
        seen.first(),
        seen.items(),
        warm.count());
  }
}

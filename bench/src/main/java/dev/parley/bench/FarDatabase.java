package dev.parley.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./parley bench postgresql}: what a network between the server and PostgreSQL costs. */
@Command(
    name = "postgresql",
    description = "Measures durable posts on PostgreSQL behind networks of 0 to 270 ms.",
    sortOptions = false)
final class FarDatabase implements Callable<Integer> {
  private static final List<Integer> ROUND_TRIP_MILLIS = List.of(0, 1, 10, 270);
  private static final int WARM_UP = 2;
  private static final int SECONDS = 5;
  private static final int SIZE = 200;
  private static final int ACCOUNTS = 50;

  private static final List<Plan> PLANS = List.of(plan(1, 1), plan(100, 1), plan(100, 50));

  @Option(names = "--help", usageHelp = true, description = "show this text")
  @SuppressWarnings("unused")
  private boolean help;

  private static Plan plan(int posters, int rooms) {
    return new Plan(posters, rooms, posters, 1, true, SIZE, WARM_UP, SECONDS);
  }

  @Override
  public Integer call() throws IOException {
    System.out.println(Machine.here().describe());
    System.out.printf(
        "posts of %d bytes, closed loop, %d s after %d s of warm-up; PostgreSQL (fsync on) behind a%n"
            + "link that takes half of the delay each way; other round trips are those of the%n"
            + "search index and the unread counts%n%n",
        SIZE, SECONDS, WARM_UP);
    Database.Running database = Database.POSTGRESQL.start();
    URI url = URI.create(database.url().orElseThrow());
    boolean passed = true;
    try (SlowLink link = new SlowLink(url.getPort());
        Server server = server(database, url, link)) {
      List<String> tokens = tokens(server);
      System.out.println(
          "| round trip ms | posters | rooms | posts/s | p50 ms | p99 ms | round trips/post |"
              + " others/s |");
      System.out.println("|---|---|---|---|---|---|---|---|");
      for (int millis : ROUND_TRIP_MILLIS) {
        for (Plan plan : PLANS) {
          passed &= measure(plan, millis, server, link, tokens);
        }
      }
    }
    return passed ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private static Server server(Database.Running database, URI url, SlowLink link) {
    String through =
        "postgresql://%s@localhost:%d%s".formatted(url.getUserInfo(), link.port(), url.getPath());
    return OwnServer.start(
        OwnServer.command(),
        Database.POSTGRESQL,
        new Database.Running(Optional.of(through), database.stop()),
        (data, nothing) -> {});
  }

  private static List<String> tokens(Server server) {
    try (Client client = new Client(server.endpoint(), 1, RunClock.started(), new Tally())) {
      return new Credentials(Optional.empty(), Optional.empty(), ACCOUNTS).tokens(client);
    }
  }

  /** Prepares nearby, measures far away, and lets what is left arrive. */
  private static boolean measure(
      Plan plan, int millis, Server server, SlowLink link, List<String> tokens) {
    RunClock clock = RunClock.started();
    Tally tally = new Tally();
    try (Client client = new Client(server.endpoint(), 1, clock, tally)) {
      List<Participant> participants = new Stage(plan, client, tokens).participants();
      long trips = link.roundTrips();
      long ofPosts = link.roundTripsOfPosts();
      long start = clock.now();
      link.roundTrip(Duration.ofMillis(millis));
      Figures figures = new Run(plan, server, client, clock, tally, quiet(plan)).on(participants);
      link.roundTrip(Duration.ZERO);
      print(
          plan,
          millis,
          figures,
          (link.roundTripsOfPosts() - ofPosts) / (double) tally.acknowledged.sum(),
          (link.roundTrips() - trips - (link.roundTripsOfPosts() - ofPosts))
              / ((clock.now() - start) / 1e9));
      participants.forEach(participant -> participant.connection().leave());
      return figures.verdict().passed();
    }
  }

  private static Progress quiet(Plan plan) {
    return new Progress(new PrintStream(OutputStream.nullOutputStream()), false, plan);
  }

  private static void print(
      Plan plan, int millis, Figures figures, double tripsPerPost, double othersPerSecond) {
    System.out.printf(
        Locale.ROOT,
        "| %d | %d | %d | %,.0f | %.2f | %.2f | %.3f | %.0f |%n",
        millis,
        plan.posters(),
        plan.rooms(),
        figures.acknowledgedPerSecond(),
        figures.acknowledgement().p50(),
        figures.acknowledgement().p99(),
        tripsPerPost,
        othersPerSecond);
    figures.verdict().faults().forEach(System.out::println);
  }
}

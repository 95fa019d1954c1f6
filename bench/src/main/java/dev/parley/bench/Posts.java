package dev.parley.bench;

import com.nimbusds.jose.JOSEException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./parley bench posts}: durable posts on SQLite, from the bare disk over the store alone to
 * the whole product, in one run.
 */
@Command(
    name = "posts",
    description =
        "Measures durable posts on SQLite: the bare disk, the store alone, the whole product.",
    sortOptions = false,
    showDefaultValues = true)
public final class Posts implements Callable<Integer> {
  private static final int POSTERS = 1_000;
  private static final int ROOM_SIZE = 5;
  private static final int ROOMS = POSTERS / ROOM_SIZE;
  private static final int SIZE = 200;
  private static final int APPENDS = 1_000;
  private static final int CHANGES = 100_000;
  private static final int PACED_POSTERS = 50;
  private static final int PACED_RATE = 100;
  private static final int WARM_UP = 20;
  private static final int PACED_WARM_UP = 5;
  private static final int ROUNDS = 3;

  @Option(names = "--seconds", defaultValue = "15", description = "measured time of each load")
  private int seconds;

  @Option(names = "--help", usageHelp = true, description = "show this text")
  @SuppressWarnings("unused")
  private boolean help;

  @Override
  public Integer call() throws IOException, JOSEException {
    System.out.println(Machine.here().describe());
    Path folder = Files.createTempDirectory("parley-bench");
    try {
      Disk disk = new Disk(folder);
      disk.append(APPENDS);
      storeAlone(folder.resolve("store"));
      boolean passed = product(folder);
      disk.append(APPENDS);
      Disk paced = new Disk(folder);
      paced.append(PACED_RATE * seconds, PACED_RATE);
      say(
          "append and fdatasync of 4 KiB%n"
              + "  at full speed, before and after   %s%n"
              + "  %d a second, after                %s",
          disk.figures(), PACED_RATE, paced.figures());
      return passed ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    } finally {
      delete(folder);
    }
  }

  private static void storeAlone(Path data) {
    try (StoreAlone store = new StoreAlone(data, POSTERS, ROOM_SIZE, Optional.empty())) {
      String content = Stamp.blank(SIZE);
      store.perSecond(CHANGES, content);
      double[] rounds = new double[ROUNDS];
      Arrays.setAll(rounds, round -> store.perSecond(CHANGES, content));
      say(
          "the store alone: %,d callers, one change of a post under way each, %,d rooms of %d%n"
              + "  durable changes a second   %s",
          POSTERS,
          ROOMS,
          ROOM_SIZE,
          String.join(
              ", ",
              Arrays.stream(rounds)
                  .mapToObj(rate -> String.format(Locale.ROOT, "%,.0f", rate))
                  .toList()));
      if (store.messages() != (ROUNDS + 1L) * CHANGES) {
        throw new LoadFailure("the store holds " + store.messages() + " messages");
      }
    }
  }

  /** One server under both loads: at the second one it has been at work for a while. */
  private boolean product(Path folder) throws IOException, JOSEException {
    Plan saturated = new Plan(POSTERS, ROOMS, POSTERS, 0, true, SIZE, WARM_UP, seconds);
    Plan paced =
        new Plan(POSTERS, ROOMS, PACED_POSTERS, PACED_RATE, false, SIZE, PACED_WARM_UP, seconds);
    Tokens tokens = new Tokens(folder);
    RunClock clock = RunClock.started();
    Tally tally = new Tally();
    try (OwnServer server =
            OwnServer.start(OwnServer.command(), Database.SQLITE, tokens.settings());
        Client client = new Client(server.endpoint(), 1, clock, tally)) {
      List<Participant> participants =
          new Stage(saturated, client, tokens.of(POSTERS)).participants();
      boolean passed = true;
      for (Plan plan : List.of(saturated, paced)) {
        Progress progress = new Progress(System.out, false, plan);
        IndexLag lag = new IndexLag(server.data());
        Figures figures = new Run(plan, server, client, clock, tally, progress).on(participants);
        lag.close();
        report(figures, lag, found(participants.getLast(), clock));
        passed &= figures.verdict().passed();
      }
      participants.forEach(participant -> participant.connection().leave());
      return passed;
    }
  }

  /** Posts one more message; the seconds from its acknowledgement until a search finds it. */
  private static double found(Participant one, RunClock clock) {
    String word = UUID.randomUUID().toString().replace("-", "");
    var post = Map.of("conversation", one.room().id(), "content", word);
    var _ = Waiting.on(one.connection().call("messages.post", post), "posting");
    long from = clock.now();
    while (Waiting.on(one.connection().call("messages.search", Map.of("text", word)), "searching")
        .path("items")
        .isEmpty()) {
      Pause.millis(5);
    }
    return (clock.now() - from) / 1e9;
  }

  private static void report(Figures figures, IndexLag lag, double found) {
    System.out.println(new Report(figures).text());
    double posts = figures.acknowledgedPerSecond();
    say(
        "  CPU for each post          server %.1f µs, load tool %.1f µs%n"
            + "  index behind, each second  %s entries%n"
            + "  found by search            %.2f s after the last acknowledgement%n",
        figures.serverProcessors().orElse(0) * 1e6 / posts,
        figures.toolProcessors() * 1e6 / posts,
        lag.entries(),
        found);
  }

  private static void say(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> inside = Files.walk(folder)) {
      inside.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    }
  }
}

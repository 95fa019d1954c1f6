package dev.parley.bench;

import com.nimbusds.jose.JOSEException;
import dev.parley.conversations.emotion.Lexicon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./parley bench emotion}: what it costs to score what people say. */
@Command(
    name = "emotion",
    description =
        "Measures what scoring people's messages costs: by itself, and posts with and without it.",
    sortOptions = false)
public final class Emotion implements Callable<Integer> {
  private static final List<Integer> LENGTHS = List.of(50, 200, 2_000, 32_000);
  private static final int CHARACTERS = 20_000_000;
  private static final int ROUNDS = 3;
  private static final int CHANGES = 50_000;
  private static final int POSTERS = 1_000;
  private static final int ROOM_SIZE = 5;
  private static final int SIZE = 200;
  private static final Plan SATURATED =
      new Plan(POSTERS, POSTERS / ROOM_SIZE, POSTERS, 0, true, SIZE, 8, 8);

  @Option(names = "--help", usageHelp = true, description = "show this text")
  @SuppressWarnings("unused")
  private boolean help;

  @Override
  public Integer call() throws IOException, JOSEException {
    System.out.println(Machine.here().describe());
    LENGTHS.forEach(Emotion::read);
    Path folder = Files.createTempDirectory("parley-bench");
    try {
      storeAlone(folder);
      boolean passed = true;
      for (int round = 1; round <= 2; round++) {
        passed &= product(folder, false) && product(folder, true);
      }
      return passed ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    } finally {
      delete(folder);
    }
  }

  /** Reads prose of a length again and again; the first round warms up and is not shown. */
  private static void read(int length) {
    Lexicon lexicon = Lexicon.english();
    String text = Stamp.blank(Stamp.LENGTH + length).substring(Stamp.LENGTH);
    int times = CHARACTERS / length;
    micros(lexicon, text, times);
    say("reading %,6d characters    %8.2f µs a message", length, micros(lexicon, text, times));
  }

  private static double micros(Lexicon lexicon, String text, int times) {
    long sum = 0;
    long start = System.nanoTime();
    for (int i = 0; i < times; i++) {
      sum += lexicon.read(text).score();
    }
    double micros = (System.nanoTime() - start) / 1e3 / times;
    if (sum % times != 0) {
      throw new LoadFailure("the same text had two scores");
    }
    return micros;
  }

  private static void storeAlone(Path folder) {
    String content = Stamp.blank(SIZE);
    Optional<Lexicon> lexicon = Optional.of(Lexicon.english());
    try (StoreAlone off =
            new StoreAlone(folder.resolve("off"), POSTERS, ROOM_SIZE, Optional.empty());
        StoreAlone on = new StoreAlone(folder.resolve("on"), POSTERS, ROOM_SIZE, lexicon)) {
      off.perSecond(CHANGES, content);
      on.perSecond(CHANGES, content);
      for (int round = 1; round <= ROUNDS; round++) {
        say(
            "the store alone, round %d: durable changes a second, off %,.0f, on %,.0f",
            round, off.perSecond(CHANGES, content), on.perSecond(CHANGES, content));
      }
    }
  }

  private static boolean product(Path folder, boolean on) throws IOException, JOSEException {
    Tokens tokens = new Tokens(folder);
    Map<String, String> settings = new HashMap<>(tokens.settings());
    settings.put("PARLEY_EMOTION", Boolean.toString(on));
    RunClock clock = RunClock.started();
    Tally tally = new Tally();
    try (OwnServer server = OwnServer.start(OwnServer.command(), Database.SQLITE, settings);
        Client client = new Client(server.endpoint(), 1, clock, tally)) {
      List<Participant> participants =
          new Stage(SATURATED, client, tokens.of(POSTERS)).participants();
      Progress progress = new Progress(System.out, false, SATURATED);
      Figures figures = new Run(SATURATED, server, client, clock, tally, progress).on(participants);
      double posts = figures.acknowledgedPerSecond();
      say(
          "the product, %s: %,.0f posts a second, %.1f µs of the server's CPU each, check %s",
          on ? "on" : "off",
          posts,
          figures.serverProcessors().orElse(0) * 1e6 / posts,
          figures.verdict().passed() ? "passed" : "FAILED");
      participants.forEach(participant -> participant.connection().leave());
      return figures.verdict().passed();
    }
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

package dev.parley.bench.memories;

import dev.parley.bench.Database;
import dev.parley.bench.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./parley bench memories}: how long recalling takes, and how often it is right. */
@Command(
    name = "memories",
    description = "Measures recalling among 100,000 memories, and what is found of planted ones.",
    sortOptions = false,
    showDefaultValues = true)
public final class MemoriesBench implements Callable<Integer> {
  private static final int WORDS = 8_000;
  private static final int WARM_UP = 400;

  @Option(names = "--database", defaultValue = "sqlite", description = "sqlite, postgresql")
  private Database database = Database.SQLITE;

  @Option(names = "--memories", defaultValue = "100000", description = "how many are stored")
  private int memories;

  @Option(names = "--personas", defaultValue = "10", description = "personas they are spread over")
  private int personas;

  @Option(names = "--recalls", defaultValue = "2000", description = "how many are timed")
  private int recalls;

  @Option(names = "--seed", defaultValue = "20261121", description = "of all that is drawn")
  private long seed;

  @Option(names = "--help", usageHelp = true, description = "show this text")
  @SuppressWarnings("unused")
  private boolean help;

  @Override
  public Integer call() {
    System.out.println(Machine.here().describe());
    System.out.printf(
        Locale.ROOT,
        "%,d memories of %d personas on %s, seed %d%n",
        memories,
        personas,
        database,
        seed);
    Path folder = temporaryFolder();
    Database.Running running = database.start();
    try (Rememberers rememberers = new Rememberers(folder, running.url(), personas)) {
      measure(rememberers);
    } finally {
      running.stop().run();
      delete(folder);
    }
    return CommandLine.ExitCode.OK;
  }

  private void measure(Rememberers rememberers) {
    Random random = new Random(seed);
    Corpus corpus = Corpus.read();
    long start = System.nanoTime();
    fill(rememberers, random);
    System.out.printf(
        Locale.ROOT,
        "added by 64 at once, each durable: %,.0f a second%n",
        memories / seconds(start));
    double[] one = times(200, i -> rememberers.add(0, sentence(random), false));
    print("added one after another", one);
    corpus.planted().forEach(p -> rememberers.add(0, p.text(), p.isAboutTheAsker()));

    rememberers.reopen();
    double[] first = times(1, i -> rememberers.recall(0, "Where do I live?"));
    System.out.printf(Locale.ROOT, "first recall of a persona after a start: %.0f ms%n", first[0]);
    double[] warm =
        times(WARM_UP, i -> rememberers.recall(i % personas, question(corpus, i, random)));
    print("while warming up", warm);
    print(
        "recall, one after another",
        times(recalls, i -> rememberers.recall(i % personas, question(corpus, i, random))));
    quality(rememberers, corpus);
  }

  private void fill(Rememberers rememberers, Random random) {
    try (ExecutorService threads = Executors.newFixedThreadPool(64, Thread.ofVirtual().factory())) {
      for (int i = 0; i < memories; i++) {
        int persona = i % personas;
        String text = sentence(random);
        threads.execute(() -> rememberers.add(persona, text, false));
      }
    }
  }

  /** Words as a language has them: few that are frequent, many that are rare. */
  private static String sentence(Random random) {
    return IntStream.range(0, 5 + random.nextInt(6))
        .mapToObj(i -> word((int) (WORDS * Math.pow(random.nextDouble(), 3))))
        .collect(Collectors.joining(" "));
  }

  private static String word(int number) {
    String[] parts = {
      "ka", "lo", "mir", "ten", "sa", "vu", "ro", "pel", "dan", "ki", "os", "bri", "tal", "nu",
      "fe", "gor", "hes", "il", "ja", "qu"
    };
    StringBuilder word = new StringBuilder();
    for (int rest = number + 400; rest > 0; rest /= parts.length) {
      word.append(parts[rest % parts.length]);
    }
    return word.toString();
  }

  private static String question(Corpus corpus, int i, Random random) {
    return i % 2 == 0
        ? corpus.planted().get(i / 2 % corpus.planted().size()).question()
        : sentence(random) + "?";
  }

  private static void quality(Rememberers rememberers, Corpus corpus) {
    int[] ranks =
        corpus.planted().stream()
            .mapToInt(p ->
                rememberers.recall(0, p.question()).stream()
                    .map(found -> found.memory().text())
                    .toList()
                    .indexOf(p.text()))
            .toArray();
    long silent =
        corpus.unanswerable().stream()
            .filter(question -> rememberers.recall(0, question).isEmpty())
            .count();
    System.out.printf(
        Locale.ROOT,
        "%d planted among them: recall@1 %.3f, recall@5 %.3f, recall@10 %.3f;"
            + " %d of %d questions without an answer got none%n",
        ranks.length,
        at(ranks, 1),
        at(ranks, 5),
        at(ranks, 10),
        silent,
        corpus.unanswerable().size());
  }

  private static double at(int[] ranks, int k) {
    return Arrays.stream(ranks).filter(rank -> rank >= 0 && rank < k).count()
        / (double) ranks.length;
  }

  /** Something that is timed. */
  @FunctionalInterface
  private interface Act {
    void run(int number);
  }

  private static double[] times(int count, Act act) {
    double[] millis = new double[count];
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      act.run(i);
      millis[i] = seconds(start) * 1_000;
    }
    return millis;
  }

  private static void print(String what, double[] millis) {
    double[] sorted = millis.clone();
    Arrays.sort(sorted);
    System.out.printf(
        Locale.ROOT,
        "%s: p50 %.2f ms, p95 %.2f ms, p99 %.2f ms, most %.2f ms (%d)%n",
        what,
        sorted[sorted.length / 2],
        sorted[sorted.length * 95 / 100],
        sorted[sorted.length * 99 / 100],
        sorted[sorted.length - 1],
        sorted.length);
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("parley-bench");
    } catch (IOException noFolder) {
      throw new UncheckedIOException(noFolder);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> inside = Files.walk(folder)) {
      inside.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
    } catch (IOException stays) {
      throw new UncheckedIOException(stays);
    }
  }
}

package dev.parley.bench.faults;

import dev.parley.bench.Database;
import dev.parley.bench.Machine;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./parley bench faults}: breaks a server in every way that it knows and checks what clients
 * saw. Exits with 1 if a promise was not kept.
 */
@Command(
    name = "faults",
    description = "Breaks a server, its database and its network, and checks what clients saw.",
    sortOptions = false,
    showDefaultValues = true)
public final class Faults implements Callable<Integer> {
  @Option(names = "--rounds", defaultValue = "50", description = "each with two faults at once")
  private int rounds;

  @Option(names = "--database", defaultValue = "sqlite", description = "sqlite, postgresql")
  private Database database = Database.SQLITE;

  @Option(
      names = "--only",
      split = ",",
      description =
          "of these faults: ${COMPLETION-CANDIDATES} (default: all that fit the database)")
  private List<Fault> only = List.of();

  @Option(names = "--seed", description = "draws the same faults again (default: a new one)")
  private @Nullable Long seed;

  @Option(names = "--help", usageHelp = true, description = "show this text")
  @SuppressWarnings("unused")
  private boolean help;

  @Override
  public Integer call() throws InterruptedException {
    long drawn = seed == null ? System.nanoTime() : seed;
    String start = LocalDateTime.now().format(DateTimeFormatter.ofPattern("MMdd-HHmmss"));
    Path kept = Path.of("target", "faults-" + start);
    System.out.println(Machine.here().describe());
    System.out.printf("%d rounds on %s, seed %d%n", rounds, database, drawn);
    List<Outcome> outcomes = new Ordeal(database, kinds(), drawn, kept, Faults::tell).play(rounds);
    return summary(outcomes, kept);
  }

  private List<Fault> kinds() {
    return only.isEmpty() ? Fault.of(database) : only;
  }

  private static void tell(Outcome outcome) {
    System.out.println(outcome.line());
    outcome.violations().stream().limit(10).forEach(one -> System.out.println("    " + one));
  }

  private static int summary(List<Outcome> outcomes, Path kept) {
    long failed = outcomes.stream().filter(outcome -> !outcome.passed()).count();
    System.out.printf(
        Locale.ROOT,
        "%,d rounds: %,d posts, %,d acknowledged, %,d outcomes unknown on the way, %,d entries"
            + " received, %,d returns of readers; %,d rounds failed%n",
        outcomes.size(),
        sum(outcomes, Outcome::posts),
        sum(outcomes, Outcome::acknowledged),
        sum(outcomes, Outcome::unknown),
        sum(outcomes, Outcome::received),
        sum(outcomes, Outcome::returns),
        failed);
    if (failed > 0) {
      System.out.println("histories and the server's log are in " + kept);
    }
    return failed == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private static long sum(List<Outcome> outcomes, ToLongFunction<Outcome> figure) {
    return outcomes.stream().mapToLong(figure).sum();
  }
}

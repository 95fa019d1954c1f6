package dev.parley.bench.faults;

import dev.parley.bench.Database;
import dev.parley.bench.Machine;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
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
    if (outcomes.stream().allMatch(Outcome::passed)) {
      System.out.println("no promise was broken");
      return CommandLine.ExitCode.OK;
    }
    System.out.println("histories and the server's log are in " + kept);
    return CommandLine.ExitCode.SOFTWARE;
  }
}

package dev.parley.bench.entities;

import dev.parley.bench.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./parley bench entities}: measures the entity library beside JaVers, prints a table. */
@Command(
    name = "entities",
    description = "Measures one change of versioned trees of 111 to 101,001 entities.",
    sortOptions = false)
public final class Entities implements Callable<Integer> {
  /** One comparison of the largest grid takes JaVers most of a second, a commit minutes. */
  private static final int MOST_COMPARED = 5_101;

  private static final int MOST_COMMITTED = 2_551;

  @Option(names = "--quick", description = "rougher figures, no parts; about four minutes")
  private boolean quick;

  @Option(names = "--help", usageHelp = true, description = "show this text")
  @SuppressWarnings("unused")
  private boolean help;

  @Override
  public Integer call() {
    System.out.println(Machine.here().describe());
    Measurement measurement = new Measurement(quick ? Effort.QUICK : Effort.FULL);
    List<Row> rows = new ArrayList<>();
    for (GridSize size : GridSize.ALL) {
      System.out.printf("measuring %,d entities%n", size.entities());
      rows.add(row(measurement, size));
    }
    System.out.println();
    System.out.println(new Table(rows).text());
    return CommandLine.ExitCode.OK;
  }

  private Row row(Measurement measurement, GridSize size) {
    return new Row(
        size,
        measurement.of(EntityBenchmark.class, "whole", size),
        measurement.of(EntityBenchmark.class, "unheard", size),
        part(measurement, "commit", size),
        part(measurement, "diff", size),
        part(measurement, "noChange", size),
        Retention.bytesPerVersion(size),
        javers(measurement, "compare", size, MOST_COMPARED),
        javers(measurement, "commit", size, MOST_COMMITTED));
  }

  private Optional<Figure> part(Measurement measurement, String method, GridSize size) {
    return quick
        ? Optional.empty()
        : Optional.of(measurement.of(EntityBenchmark.class, method, size));
  }

  private static Optional<Figure> javers(
      Measurement measurement, String method, GridSize size, int most) {
    return size.entities() > most
        ? Optional.empty()
        : Optional.of(measurement.of(JaversBenchmark.class, method, size));
  }
}

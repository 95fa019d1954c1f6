package dev.parley.bench;

import dev.parley.bench.entities.Entities;
import dev.parley.bench.entities.StoredEntities;
import dev.parley.bench.faults.Faults;
import dev.parley.bench.memories.MemoriesBench;
import dev.parley.bench.nine.Nine;
import dev.parley.bench.personas.FirstToken;
import dev.parley.bench.reads.Reads;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./parley bench}: measures a part of Parley by itself. */
@Command(
    name = "bench",
    description = "Measures a part of Parley by itself, beside what others do.",
    subcommands = {
      Compression.class,
      Emotion.class,
      Entities.class,
      FanOut.class,
      FarDatabase.class,
      Faults.class,
      FirstToken.class,
      Posts.class,
      IdleConnections.class,
      MemoriesBench.class,
      Nine.class,
      Reads.class,
      StartTime.class,
      StoredEntities.class
    })
public final class Bench {
  @Option(names = "--help", usageHelp = true, description = "show this text")
  @SuppressWarnings("unused")
  private boolean help;

  private Bench() {}

  /** Runs the command line. */
  public static void main(String... arguments) {
    System.exit(
        new CommandLine(new Bench()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
  }
}

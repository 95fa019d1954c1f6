package dev.parley.bench.nine;

import dev.parley.bench.Machine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./parley bench nine}: the nine items of a guide to the performance of persona servers,
 * each without and with it, and people by the thousand in conversation with a persona.
 */
@Command(
    name = "nine",
    description =
        "Measures nine means to make a persona server fast, and personas with up to 5,000 people.",
    sortOptions = false,
    showDefaultValues = true)
public final class Nine implements Callable<Integer> {
  private static final Map<String, Supplier<Step>> STEPS = steps();

  @Option(
      names = "--only",
      split = ",",
      defaultValue = "json,limits,wal,handlers,pool,broadcast,workers,clean-up,metrics,connections",
      description = "parts of it")
  private List<String> only = List.of();

  @Option(
      names = "--connections",
      split = ",",
      defaultValue = "10,50,100,500,5000",
      description = "people in conversation with a persona")
  private List<Integer> connections = List.of();

  @Option(names = "--workers", defaultValue = "4", description = "BACKGROUND_WORKERS with them")
  private String workers = "";

  @Option(names = "--help", usageHelp = true, description = "show this text")
  @SuppressWarnings("unused")
  private boolean help;

  private static Map<String, Supplier<Step>> steps() {
    Map<String, Supplier<Step>> steps = new LinkedHashMap<>();
    steps.put("json", JsonStep::new);
    steps.put("limits", LimitStep::new);
    steps.put("wal", WalStep::new);
    steps.put("handlers", HandlersStep::new);
    steps.put("pool", PoolStep::new);
    steps.put("broadcast", BroadcastStep::new);
    steps.put("workers", WorkersStep::new);
    steps.put("clean-up", CleanUpStep::new);
    steps.put("metrics", MetricsStep::new);
    return steps;
  }

  @Override
  public Integer call() {
    System.out.println(Machine.here().describe());
    System.out.println("| item | figure | off | on | off and on |");
    System.out.println("|---|---|---|---|---|");
    STEPS.forEach((name, step) -> {
      if (only.contains(name)) {
        step.get().rows().forEach(Nine::print);
      }
    });
    if (only.contains("connections")) {
      new Connections(workers).print(connections);
    }
    return CommandLine.ExitCode.OK;
  }

  private static void print(Step.Row row) {
    System.out.println(
        "| "
            + String.join(" | ", row.item(), row.figure(), row.off(), row.on(), row.difference())
            + " |");
  }
}

package dev.parley;

import picocli.CommandLine.Command;

/** Prints every key, its value and where that is from. */
@Command(
    name = "config",
    description = "Show every configuration key, its value and its source.",
    mixinStandardHelpOptions = true)
final class ShowConfiguration implements Runnable {
  @Override
  public void run() {
    Configuration configuration = Configuration.of(System.getenv());
    configuration.warnings().forEach(warning -> System.err.println("parley: " + warning));
    configuration
        .all()
        .forEach((key, value) ->
            System.out.printf(
                "%-32s %-24s %-12s %s%n",
                key.name(),
                value.text().isEmpty() ? "-" : Configuration.shown(key, value),
                value.source(),
                key.about()));
  }
}

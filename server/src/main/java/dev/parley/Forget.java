package dev.parley;

import dev.parley.store.EntityLedger;
import dev.parley.store.SlowStatements;
import dev.parley.store.Store;
import dev.parley.store.Stores;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Gives up old versions. What has versions can still be seen as it was at the time given. */
@Command(
    name = "forget",
    description = "Give up versions that were replaced so many days ago; the server must not run.",
    mixinStandardHelpOptions = true)
final class Forget implements Callable<Integer> {
  @Option(
      names = "--older-than",
      paramLabel = "DAYS",
      required = true,
      description = "as of so many days ago, and since, everything stays readable")
  private int days;

  @Override
  public Integer call() throws IOException {
    if (days < 0) {
      throw new IllegalArgumentException("--older-than must be at least 0 days");
    }
    Settings settings = new Settings(Configuration.of(System.getenv()));
    SlowStatements silent = new SlowStatements(Duration.ZERO);
    Clock clock = Clock.systemUTC();
    try (Store store = Stores.open(settings.store(), silent, clock)) {
      int given =
          new EntityLedger(store, Trees.CATALOG)
              .forget(clock.instant().minus(Duration.ofDays(days)));
      System.out.printf("%,d versions given up%n", given);
      return 0;
    }
  }
}

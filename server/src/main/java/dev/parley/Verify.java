package dev.parley;

import dev.parley.store.SlowStatements;
import dev.parley.store.Store;
import dev.parley.store.Stores;
import dev.parley.store.Verification;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Checks what is stored of everything that has versions. */
@Command(
    name = "verify",
    description =
        "Check everything that has versions against its hashes; the server may run meanwhile.",
    mixinStandardHelpOptions = true)
final class Verify implements Callable<Integer> {
  @Override
  public Integer call() throws IOException {
    Settings settings = new Settings(Configuration.of(System.getenv()));
    SlowStatements silent = new SlowStatements(Duration.ZERO);
    try (Store store = Stores.beside(settings.store(), silent, Clock.systemUTC())) {
      Verification.Result result =
          new Verification(store, Trees.CATALOG, System.out::println).run();
      if (result.damages() > 0) {
        return 1;
      }
      System.out.printf(
          "All is what was written: %,d trees, %,d versions, %,d nodes, %,d pages%n",
          result.trees(), result.versions(), result.nodes(), result.pages());
      return 0;
    }
  }
}

package dev.parley;

import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints a new one-time link for the owner's account, while there is none. */
@Command(
    name = "owner-link",
    description = "Print a new one-time link that makes the owner's account.",
    mixinStandardHelpOptions = true)
final class OwnerLink implements Callable<Integer> {
  @Override
  public Integer call() throws IOException {
    Configuration configuration = Configuration.of(System.getenv());
    Settings settings = new Settings(configuration);
    Optional<String> code = OwnerCode.fresh(settings.store(), Clock.systemUTC());
    if (code.isEmpty()) {
      System.err.println("parley: there is an owner already");
      return 1;
    }
    System.out.println(
        settings.url(configuration.number("PARLEY_PORT")) + "/#/owner/" + code.get());
    return 0;
  }
}

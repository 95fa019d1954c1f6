package dev.parley;

import dev.parley.store.Backup;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Copies all data into one file while the server runs. */
@Command(
    name = "backup",
    description = "Copy all data into one file; the server may run meanwhile.",
    mixinStandardHelpOptions = true)
final class BackUp implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "a file that does not exist yet")
  private Path file = Path.of("parley.backup");

  @Override
  public Integer call() throws IOException, SQLException {
    Settings settings = new Settings(Configuration.of(System.getenv()));
    Backup.of(settings.store()).write(file);
    System.out.println("All data is in " + file.toAbsolutePath().normalize());
    return 0;
  }
}

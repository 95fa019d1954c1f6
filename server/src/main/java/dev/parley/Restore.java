package dev.parley;

import dev.parley.store.Backup;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Replaces all data by that of a backup. */
@Command(
    name = "restore",
    description = "Replace all data by that of a backup; the server must not run.",
    mixinStandardHelpOptions = true)
final class Restore implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "what ./parley backup wrote")
  private Path file = Path.of("parley.backup");

  @Override
  public Integer call() throws IOException, SQLException {
    Settings settings = new Settings(Configuration.of(System.getenv()));
    Backup.of(settings.store()).restore(file);
    System.out.println("All data is that of " + file + "; clients will reload");
    return 0;
  }
}

package dev.parley.bench.faults;

import dev.parley.bench.Database;
import dev.parley.bench.LoadFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything that can be broken, in a folder of its own that goes with it. */
record World(Path folder, Victim victim, Proxy proxy, Optional<Postgres> postgres)
    implements AutoCloseable {

  /** A new server with nothing in it. */
  static World of(Database database) {
    Path folder = newFolder();
    Optional<Postgres> postgres =
        database == Database.POSTGRESQL ? Optional.of(new Postgres(folder)) : Optional.empty();
    Map<String, String> settings =
        postgres.map(one -> Map.of("DATABASE_URL", one.url())).orElseGet(Map::of);
    Victim victim = new Victim(folder, settings);
    return new World(folder, victim, new Proxy(victim.endpoint()), postgres);
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("parley-faults-");
    } catch (IOException e) {
      throw new LoadFailure("no folder for the data: " + e);
    }
  }

  /** Whoever writes to the disk. */
  Stream<ProcessHandle> keeper() {
    return postgres.map(Postgres::processes).orElseGet(victim::processes);
  }

  /** Starts PostgreSQL again if there is one and it has ended. */
  void restoreDatabase() throws InterruptedException {
    if (postgres.isPresent()) {
      postgres.get().startAgain();
    }
  }

  @Override
  public void close() {
    proxy.close();
    victim.close();
    postgres.ifPresent(Postgres::close);
    delete();
  }

  private void delete() {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      System.err.println("could not delete " + folder + ": " + e);
    }
  }
}

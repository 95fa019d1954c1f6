package dev.parley.bench.faults;

import dev.parley.bench.Database;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything that can be broken. */
record World(Victim victim, Proxy proxy, Optional<Postgres> postgres) implements AutoCloseable {

  /** A new server with nothing in it. */
  static World of(Database database, Path folder) {
    Optional<Postgres> postgres =
        database == Database.POSTGRESQL ? Optional.of(new Postgres(folder)) : Optional.empty();
    Map<String, String> settings =
        postgres.map(one -> Map.of("DATABASE_URL", one.url())).orElseGet(Map::of);
    Victim victim = new Victim(folder, settings);
    return new World(victim, new Proxy(victim.endpoint()), postgres);
  }

  /** Whoever writes to the disk. */
  Stream<ProcessHandle> keeper() {
    return postgres.map(Postgres::processes).orElseGet(victim::processes);
  }

  void note(String line) {
    System.err.println(line);
  }

  @Override
  public void close() {
    proxy.close();
    victim.close();
    postgres.ifPresent(Postgres::close);
  }
}

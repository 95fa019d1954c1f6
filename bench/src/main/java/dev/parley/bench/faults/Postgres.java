package dev.parley.bench.faults;

import dev.parley.bench.Database;
import dev.parley.bench.Endpoint;
import dev.parley.bench.LoadFailure;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A PostgreSQL that can be killed and started again on the same data. */
final class Postgres implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int POLL_MILLIS = 200;

  private final Path data;
  private final Path log;
  private final int port = Endpoint.freePort();
  private final EmbeddedPostgres first;
  private final List<String> command;

  Postgres(Path folder) {
    data = folder.resolve("postgresql");
    log = folder.resolve("postgresql.log");
    try {
      first = Database.durable().setDataDirectory(data).setPort(port).start();
      command = command(postmaster().orElseThrow());
    } catch (IOException e) {
      throw new LoadFailure("PostgreSQL could not be started: " + e);
    }
  }

  private static List<String> command(ProcessHandle postmaster) throws IOException {
    String line = Files.readString(Path.of("/proc", Long.toString(postmaster.pid()), "cmdline"));
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("unshare", "-U"));
    }
    command.addAll(List.of(line.split("\0")));
    return command;
  }

  private Optional<ProcessHandle> postmaster() {
    try (Stream<String> lines = Files.lines(data.resolve("postmaster.pid"))) {
      return lines.findFirst().map(String::strip).map(Long::valueOf).flatMap(ProcessHandle::of);
    } catch (IOException noneRuns) {
      return Optional.empty();
    }
  }

  String url() {
    return Database.url(port);
  }

  /** The server and all that it has started. */
  Stream<ProcessHandle> processes() {
    return postmaster().stream()
        .flatMap(one -> Stream.concat(Stream.of(one), one.descendants()))
        .toList()
        .stream();
  }

  /** Ends all of it at once (SIGKILL). */
  void kill() {
    List<ProcessHandle> all = processes().toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(one -> one.onExit().join());
  }

  /** Starts it again, unless it runs, and once more if it ends again, until it answers. */
  void startAgain() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!answers()) {
      if (postmaster().filter(ProcessHandle::isAlive).isEmpty()) {
        launch();
      }
      if (System.nanoTime() > deadline) {
        throw new LoadFailure("PostgreSQL did not come back; its words are in " + log);
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private boolean answers() {
    DriverManager.setLoginTimeout(1);
    String jdbc = "jdbc:postgresql://localhost:" + port + "/postgres";
    try (Connection connection = DriverManager.getConnection(jdbc, "postgres", "postgres")) {
      return connection.isValid(1);
    } catch (SQLException notYet) {
      return false;
    }
  }

  private void launch() {
    try {
      new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .start();
    } catch (IOException e) {
      throw new LoadFailure("PostgreSQL could not be started again: " + e);
    }
  }

  @Override
  public void close() {
    Signals.resume(processes());
    kill();
    try {
      first.close();
    } catch (IOException | RuntimeException killedBefore) {
      // Nothing is left of it.
    }
  }
}

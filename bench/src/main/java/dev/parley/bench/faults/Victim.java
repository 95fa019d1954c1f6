package dev.parley.bench.faults;

import dev.parley.bench.Endpoint;
import dev.parley.bench.LoadFailure;
import dev.parley.bench.Pause;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/**
 * The server, and who starts it again whenever it has ended. That it cannot start while its
 * database is away is no fault of its own; that it ends by itself once it runs is one.
 */
final class Victim implements AutoCloseable {
  /** What {@link ClockedServer} ends with if it cannot start. */
  private static final int CANNOT_START = 1;

  private static final int AGAIN_MILLIS = 100;
  private static final int POLL_MILLIS = 20;

  private final Path folder;
  private final Map<String, String> database;
  private final Endpoint endpoint = Endpoint.loopback(Endpoint.freePort());
  private final Queue<String> deaths = new ConcurrentLinkedQueue<>();
  private final Thread supervisor;
  private volatile Process process;
  private volatile boolean killed;
  private volatile boolean closing;
  private volatile long ahead;

  /**
   * @param database its settings
   */
  Victim(Path folder, Map<String, String> database) {
    this.folder = folder;
    this.database = database;
    this.process = launch();
    this.supervisor = Thread.ofVirtual().name("supervisor").start(this::supervise);
  }

  private Process launch() {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            ClockedServer.class.getName(),
            Long.toString(ahead));
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(key -> key.startsWith("PARLEY_") || key.equals("DATABASE_URL"));
    environment.put("PARLEY_DATA", folder.resolve("data").toString());
    environment.put("PARLEY_PORT", Integer.toString(endpoint.port()));
    environment.put("RATE_LIMIT_PER_CONNECTION", "0");
    environment.put("PARLEY_CONNECTIONS_PER_ADDRESS", "0");
    environment.put("DB_POOL_TIMEOUT", "2");
    environment.putAll(database);
    try {
      return builder
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
          .start();
    } catch (IOException e) {
      throw new LoadFailure("the server could not be started: " + e);
    }
  }

  /** Where it writes what it has to say. */
  Path log() {
    return folder.resolve("server.log");
  }

  private void supervise() {
    try {
      while (true) {
        int code = process.waitFor();
        if (closing) {
          return;
        }
        if (!killed && code != CANNOT_START) {
          deaths.add("the server ended by itself with exit code " + code);
        }
        Thread.sleep(AGAIN_MILLIS);
        killed = false;
        process = launch();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
    }
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** The folder with its data. */
  Path data() {
    return folder.resolve("data");
  }

  /** How often it ended by itself, in words; told once. */
  List<String> deaths() {
    List<String> told = List.copyOf(deaths);
    deaths.removeAll(told);
    return told;
  }

  /** Ends it at once (SIGKILL); it will be started again. */
  void kill() {
    killed = true;
    process.destroyForcibly();
  }

  Stream<ProcessHandle> processes() {
    return Stream.of(process.toHandle());
  }

  /** Puts its clock forward, or back if negative, by milliseconds. */
  void jump(long millis) {
    ahead += millis;
    try {
      process.outputWriter(StandardCharsets.US_ASCII).append(ahead + "\n").flush();
    } catch (IOException killedJustNow) {
      // The next one starts with it.
    }
  }

  /** Waits until it says that it can do its work; false if that takes longer. */
  boolean awaitReady(Duration most) {
    long deadline = System.nanoTime() + most.toNanos();
    while (!endpoint.isReady()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Pause.millis(POLL_MILLIS);
    }
    return true;
  }

  @Override
  public void close() {
    closing = true;
    supervisor.interrupt();
    process.destroyForcibly().onExit().join();
  }
}

package dev.parley.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server started for the run, without limits, on fresh data; it goes when the run is over. */
public final class OwnServer implements Server {
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration STOP = Duration.ofSeconds(20);
  private static final int POLL_MILLIS = 50;
  private static final int LAST_LINES = 25;
  private static final String DATA = "data";
  private static final String DATABASE_URL = "DATABASE_URL";

  private final Process process;
  private final Path folder;
  private final Endpoint endpoint;
  private final Endpoint metrics;
  private final Database kind;
  private final Database.Running database;

  private OwnServer(
      Process process,
      Path folder,
      int port,
      int metrics,
      Database kind,
      Database.Running database) {
    this.process = process;
    this.folder = folder;
    this.endpoint = Endpoint.loopback(port);
    this.metrics = Endpoint.loopback(metrics);
    this.kind = kind;
    this.database = database;
  }

  /**
   * The line for the shell that starts a server of this source.
   *
   * @throws LoadFailure if nobody said where it is
   */
  public static String command() {
    String command = System.getenv("PARLEY_SERVER_COMMAND");
    return command != null ? command : home() + "/parley serve";
  }

  private static String home() {
    String home = System.getProperty("PARLEY_HOME", System.getenv("PARLEY_HOME"));
    if (home == null) {
      throw new LoadFailure(
          "no server to start: set PARLEY_HOME or PARLEY_SERVER_COMMAND, or --url");
    }
    return home;
  }

  /** Makes data for a server that does not run yet. */
  @FunctionalInterface
  public interface Preparation {
    /**
     * @param data the folder of the embedded database, which exists and is empty
     * @param url of an empty PostgreSQL, if that is the database
     */
    void fill(Path data, Optional<String> url) throws IOException;
  }

  /**
   * Starts a server on fresh data and waits until it is ready.
   *
   * @param command a line for the shell
   */
  static OwnServer start(String command, Database kind) {
    return start(command, kind, (data, url) -> {});
  }

  /**
   * Starts a server on data made for it and waits until it is ready.
   *
   * @param command a line for the shell
   */
  public static OwnServer start(String command, Database kind, Preparation preparation) {
    return start(command, kind, Map.of(), preparation);
  }

  /**
   * Starts a server on data made for it, as {@code more} settings say beside those of every run.
   *
   * @param command a line for the shell
   */
  public static OwnServer start(
      String command, Database kind, Map<String, String> more, Preparation preparation) {
    return start(command, kind, more, kind.start(), preparation);
  }

  /**
   * Starts a server on fresh data, as {@code more} settings say beside those of every run.
   *
   * @param command a line for the shell
   */
  static OwnServer start(String command, Database kind, Map<String, String> more) {
    return start(command, kind, more, kind.start(), (data, url) -> {});
  }

  /**
   * Starts a server on a database that is there, and waits until it is ready.
   *
   * @param command a line for the shell
   * @param database ends with the server
   */
  static OwnServer start(
      String command, Database kind, Database.Running database, Preparation preparation) {
    return start(command, kind, Map.of(), database, preparation);
  }

  private static OwnServer start(
      String command,
      Database kind,
      Map<String, String> more,
      Database.Running database,
      Preparation preparation) {
    try {
      OwnServer server = launch(command, kind, more, database, preparation);
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      server.awaitReady();
      return server;
    } catch (IOException e) {
      throw new LoadFailure("the server could not be started: " + e);
    }
  }

  private static OwnServer launch(
      String command,
      Database kind,
      Map<String, String> more,
      Database.Running database,
      Preparation preparation)
      throws IOException {
    Path folder = Files.createTempDirectory("parley-load-");
    int port = Endpoint.freePort();
    int metrics = Endpoint.freePort();
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", command);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(OwnServer::isOurs);
    environment.putAll(settings(port, metrics, folder));
    environment.putAll(more);
    database.url().ifPresent(url -> environment.put(DATABASE_URL, url));
    preparation.fill(Files.createDirectory(folder.resolve(DATA)), database.url());
    builder.redirectErrorStream(true).redirectOutput(log(folder).toFile());
    return new OwnServer(builder.start(), folder, port, metrics, kind, database);
  }

  /** Settings of the caller's own server, or of this tool, must not reach the one under load. */
  private static boolean isOurs(String key) {
    return key.startsWith("PARLEY_") || key.equals(DATABASE_URL);
  }

  private static Map<String, String> settings(int port, int metrics, Path folder) {
    return Map.of(
        "PARLEY_PORT", String.valueOf(port),
        "METRICS_PORT", String.valueOf(metrics),
        "PARLEY_DATA", folder.resolve(DATA).toString(),
        "PARLEY_REGISTRATION", "open",
        "PARLEY_CONNECTIONS_PER_ADDRESS", "0",
        "RATE_LIMIT_PER_CONNECTION", "0",
        "WEBSOCKET_MAX_CONNECTIONS", "0",
        "PARLEY_PERSONA_STRENGTH", "0");
  }

  private void awaitReady() {
    long deadline = System.nanoTime() + START.toNanos();
    while (!endpoint.isReady()) {
      checkAlive();
      if (System.nanoTime() > deadline) {
        String words = lastWords();
        close();
        throw new LoadFailure("the server was not ready after " + START + words);
      }
      Pause.millis(POLL_MILLIS);
    }
  }

  /** Where it keeps its data. */
  Path data() {
    return folder.resolve(DATA);
  }

  @Override
  public Endpoint endpoint() {
    return endpoint;
  }

  @Override
  public Optional<Usage> usage() {
    return javaProcess().map(Usage::of);
  }

  /** The lines that the server shows to Prometheus, without explanations. */
  public Stream<String> metrics() {
    try (HttpClient http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(metrics.http("/metrics")).build();
      String text = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return text.lines().filter(line -> !line.startsWith("#"));
    } catch (IOException | InterruptedException e) {
      throw new LoadFailure("the metrics could not be read: " + e);
    }
  }

  /** The server itself, which may be a child of the shell that launched it. */
  Optional<ProcessHandle> javaProcess() {
    return family().filter(OwnServer::isJava).reduce((_, deeper) -> deeper);
  }

  private Stream<ProcessHandle> family() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants());
  }

  private static boolean isJava(ProcessHandle handle) {
    return handle.info().command().filter(path -> path.endsWith("/java")).isPresent();
  }

  @Override
  public void checkAlive() {
    if (!process.isAlive()) {
      String words = lastWords();
      close();
      throw new LoadFailure("the server ended with exit code " + process.exitValue() + words);
    }
  }

  private String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log(folder));
      List<String> last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
      return "; its last lines:\n" + String.join("\n", last);
    } catch (IOException e) {
      return "; its log cannot be read: " + e;
    }
  }

  private static Path log(Path folder) {
    return folder.resolve("server.log");
  }

  @Override
  public String describe() {
    return "own process on " + kind + (kind == Database.SQLITE ? "" : ", whose CPU is not counted");
  }

  @Override
  public synchronized void close() {
    List<ProcessHandle> all = family().toList();
    all.reversed().forEach(ProcessHandle::destroy);
    awaitEnd();
    all.forEach(ProcessHandle::destroyForcibly);
    database.stop().run();
    deleteFolder();
  }

  private void awaitEnd() {
    try {
      var _ = process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void deleteFolder() {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      paths.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      System.err.println("could not delete " + folder + ": " + e);
    }
  }
}

package dev.parley.testing;

import dev.parley.functions.Json;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** The server as a process of its own, which can be killed. */
public final class ChildServer implements AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Map<String, String> environment;
  private final Folder folder;
  private final int port;
  private Process process;

  private ChildServer(Map<String, String> environment, Folder folder, int port) throws IOException {
    this.environment = environment;
    this.folder = folder;
    this.port = port;
    this.process = launch();
  }

  /** Starts a server on a new database. */
  public static ChildServer start(Database database) throws IOException {
    return start(database, Map.of());
  }

  /** Starts a server with settings of its own. */
  public static ChildServer start(Database database, Map<String, String> settings)
      throws IOException {
    Folder folder = Folder.named("parley-child");
    int port = freePort();
    Map<String, String> environment = new HashMap<>();
    environment.put("PARLEY_DATA", folder.path().toString());
    environment.put("PARLEY_PORT", Integer.toString(port));
    environment.put("RATE_LIMIT_PER_CONNECTION", "0");
    environment.put("METRICS_PORT", "0");
    environment.putAll(database.fresh());
    environment.putAll(settings);
    Files.createDirectory(temporary(folder));
    ChildServer server = new ChildServer(environment, folder, port);
    try {
      server.awaitReady();
    } catch (RuntimeException failed) {
      server.close();
      throw failed;
    }
    return server;
  }

  private static Path temporary(Folder folder) {
    return folder.path().resolve("tmp");
  }

  /** Where it puts files that it needs for a while. */
  public Path temporary() {
    return temporary(folder);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private Process launch() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.io.tmpdir=" + temporary(folder),
            "-cp",
            System.getProperty("java.class.path"),
            "dev.parley.Main",
            "serve");
    builder.environment().keySet().removeIf(name -> name.startsWith("PARLEY_"));
    builder.environment().putAll(environment);
    return builder
        .redirectErrorStream(true)
        .redirectOutput(folder.path().resolve("server.log").toFile())
        .start();
  }

  private void awaitReady() {
    Awaitility.await().atMost(Duration.ofMinutes(2)).until(this::isReady);
  }

  private boolean isReady() throws IOException, InterruptedException {
    if (!process.isAlive()) {
      throw new IllegalStateException(Files.readString(folder.path().resolve("server.log")));
    }
    try {
      HttpRequest request = HttpRequest.newBuilder(uri("/health/ready")).build();
      return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Somebody who looks into its database. */
  public Witness witness() {
    return Witness.of(folder.path(), Optional.ofNullable(environment.get("DATABASE_URL")));
  }

  int port() {
    return port;
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** Calls a function and returns its result. */
  public JsonNode call(String token, String function, Object params)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri("/api/call/" + function))
            .timeout(Duration.ofMinutes(1))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Json.MAPPER.writeValueAsString(params)));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<String> answer =
        CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IOException(answer.body());
    }
    return Json.MAPPER.readTree(answer.body());
  }

  /** The lines of its log so far that contain something. */
  public List<String> logged(String part) throws IOException {
    try (Stream<String> lines = Files.lines(folder.path().resolve("server.log"))) {
      return lines.filter(line -> line.contains(part)).toList();
    }
  }

  /** Whether it has a library of some name in its memory now; on Linux. */
  public boolean hasLoaded(String library) throws IOException {
    return Files.readString(Path.of("/proc", Long.toString(process.pid()), "maps"))
        .contains(library);
  }

  /** Ends the process with SIGKILL: nothing is finished, nothing is said. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Starts it again on the same data. */
  public void startAgain() throws IOException {
    process = launch();
    awaitReady();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    folder.close();
  }
}

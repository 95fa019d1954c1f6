package dev.parley.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./parley bench start}: from the start of the process to its first answer. */
@Command(
    name = "start",
    description = "Measures the time from the start of the server's process to its first answer.",
    sortOptions = false,
    showDefaultValues = true)
final class StartTime implements Callable<Integer> {
  private static final int POLL_MILLIS = 2;
  private static final String CACHE = "'-XX:AOTCache=";

  @Option(names = "--starts", defaultValue = "9", description = "of each kind")
  private int starts;

  @Option(names = "--help", usageHelp = true, description = "show this text")
  @SuppressWarnings("unused")
  private boolean help;

  /** A kind of start, with what was measured so far. */
  private record Kind(String name, String command, Door door, List<Long> millis) {
    Kind(String name, String command, Door door) {
      this(name, command, door, new ArrayList<>());
    }
  }

  /** Tries to get an answer from a server that may not listen yet. */
  private interface Visitor {
    boolean isAnswered();

    default void leave() {}
  }

  /** Makes everything ready that is not the server's. */
  private interface Door {
    Visitor visitor(int port, String token);
  }

  @Override
  public Integer call() throws IOException {
    System.out.println(Machine.here().describe());
    String cached = OwnServer.command();
    if (!cached.contains(CACHE)) {
      throw new LoadFailure("there is no cache; see server/target/rehearsal.log");
    }
    String plain = cached.replace(CACHE, "-XX:AOTMode=off " + CACHE);
    List<Kind> kinds =
        List.of(
            new Kind("with the cache, HTTP", cached, OverHttp::new),
            new Kind("with the cache, WebSocket", cached, OverWebSocket::new),
            new Kind("without it, HTTP", plain, OverHttp::new),
            new Kind("without it, WebSocket", plain, OverWebSocket::new));
    Path folder = Files.createTempDirectory("parley-start-");
    try {
      String token = prepare(cached, folder);
      for (Kind kind : kinds) {
        long toWarmUp = measure(kind, folder, token);
        System.out.println(kind.name() + ", not counted: " + toWarmUp + " ms");
      }
      for (int i = 0; i < starts; i++) {
        for (Kind kind : kinds) {
          kind.millis().add(measure(kind, folder, token));
        }
      }
    } finally {
      delete(folder);
    }
    print(kinds);
    return CommandLine.ExitCode.OK;
  }

  /** Existing data: that of the demo, and an account that has signed in. */
  private static String prepare(String command, Path folder) throws IOException {
    int port = freePort();
    Process server = start(command + " --demo", folder, port);
    try {
      await(server, new OverHttp(port, ""));
      try (Client client =
          new Client(Endpoint.loopback(port), 1, RunClock.started(), new Tally())) {
        return new Credentials(Optional.empty(), Optional.empty(), 1).tokens(client).getFirst();
      }
    } finally {
      stop(server);
    }
  }

  private static long measure(Kind kind, Path folder, String token) throws IOException {
    int port = freePort();
    Visitor visitor = kind.door().visitor(port, token);
    long begin = System.nanoTime();
    Process server = start(kind.command(), folder, port);
    try {
      await(server, visitor);
      return (System.nanoTime() - begin) / 1_000_000;
    } finally {
      visitor.leave();
      stop(server);
    }
  }

  private static void await(Process server, Visitor visitor) {
    while (!visitor.isAnswered()) {
      if (!server.isAlive()) {
        throw new LoadFailure("the server ended with exit code " + server.exitValue());
      }
      Pause.millis(POLL_MILLIS);
    }
  }

  private static Process start(String command, Path folder, int port) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", command);
    builder
        .environment()
        .keySet()
        .removeIf(key -> key.startsWith("PARLEY_") || key.equals("DATABASE_URL"));
    builder
        .environment()
        .putAll(
            Map.of(
                "PARLEY_PORT", String.valueOf(port),
                "METRICS_PORT", "0",
                "PARLEY_DATA", folder.resolve("data").toString()));
    return builder
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("server.log").toFile())
        .start();
  }

  private static void stop(Process server) {
    server.destroy();
    server.onExit().join();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** A call of a function by a plain socket; without a token, its refusal is an answer as well. */
  private record OverHttp(int port, String token) implements Visitor {
    private static final String REQUEST =
        "POST /api/call/conversations.list HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n"
            + "Authorization: Bearer %s\r\nContent-Type: application/json\r\n"
            + "Content-Length: 2\r\n\r\n{}";

    @Override
    public boolean isAnswered() {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        byte[] request = REQUEST.formatted(port, token).getBytes(StandardCharsets.US_ASCII);
        socket.getOutputStream().write(request);
        InputStream in = socket.getInputStream();
        String status = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
        return status.equals(token.isEmpty() ? "HTTP/1.1 401" : "HTTP/1.1 200");
      } catch (IOException notYet) {
        return false;
      }
    }
  }

  private static final class OverWebSocket implements Visitor {
    private final Client client;
    private final String token;

    OverWebSocket(int port, String token) {
      this.client = new Client(Endpoint.loopback(port), 1, RunClock.started(), new Tally());
      this.token = token;
    }

    @Override
    public boolean isAnswered() {
      try {
        Connection connection = Waiting.on(client.connect(Optional.of(token)), "connecting");
        return Waiting.on(connection.call("conversations.list", Map.of()), "listing").has("items");
      } catch (LoadFailure notYet) {
        return false;
      }
    }

    @Override
    public void leave() {
      client.close();
    }
  }

  private static void print(List<Kind> kinds) {
    System.out.println("milliseconds from the start of the process, existing data (SQLite)\n");
    System.out.println("| first answer | median | least | most |");
    System.out.println("|---|---|---|---|");
    for (Kind kind : kinds) {
      long[] sorted = kind.millis().stream().mapToLong(Long::longValue).sorted().toArray();
      System.out.printf(
          Locale.ROOT,
          "| %s | %d | %d | %d |%n",
          kind.name(),
          sorted[sorted.length / 2],
          sorted[0],
          Arrays.stream(sorted).max().orElse(0));
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> inside = Files.walk(folder)) {
      inside.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
    }
  }
}

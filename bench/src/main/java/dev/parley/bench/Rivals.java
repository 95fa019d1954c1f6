package dev.parley.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The servers that Parley's fan-out is compared with, in a folder that goes with them. */
final class Rivals implements AutoCloseable {
  static final String BARE = "bare Netty";

  private static final String WS = "ws@8.23.0";
  private static final String SOCKET_IO = "socket.io@4.8.4";
  private static final List<String> JAVA =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:+UseCompactObjectHeaders",
          "-cp",
          System.getProperty("java.class.path"),
          BareServer.class.getName());

  private final Path folder;
  private final String script;
  private final List<Server> started = new ArrayList<>();

  private Rivals(Path folder, Script script) {
    this.folder = folder;
    this.script = script.write(folder).toString();
  }

  static Rivals of(Script script) {
    try {
      return new Rivals(Files.createTempDirectory("parley-rivals-"), script);
    } catch (IOException e) {
      throw new LoadFailure("no folder for the rivals: " + e.getMessage());
    }
  }

  /** Netty with a broadcast and nothing else. */
  Contestant bare() {
    List<String> command = new ArrayList<>(JAVA);
    command.add(script);
    return contestant(BARE, Manner.PLAIN, command);
  }

  /** What Node has to offer, if Node and npm are here and the registry answers. */
  List<Contestant> node() {
    if (!succeeds("node", "--version") || !installs()) {
      System.out.println("Node's servers are left out: no node, no npm, or no registry");
      return List.of();
    }
    return List.of(
        contestant("Node " + WS, Manner.PLAIN, node("ws.js")),
        contestant("Node " + SOCKET_IO, Manner.SOCKET_IO, node("socketio.js")));
  }

  private boolean installs() {
    return succeeds("npm", "install", "--silent", "--no-audit", "--no-fund", WS, SOCKET_IO);
  }

  private boolean succeeds(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(2, TimeUnit.MINUTES) && process.exitValue() == 0;
    } catch (IOException notThere) {
      return false;
    } catch (InterruptedException e) {
      throw new LoadFailure("interrupted");
    }
  }

  private List<String> node(String file) {
    try (InputStream source = Rivals.class.getResourceAsStream("rivals/" + file)) {
      Path copy = folder.resolve(file);
      Files.write(copy, source == null ? new byte[0] : source.readAllBytes());
      return List.of("node", copy.toString(), script);
    } catch (IOException e) {
      throw new LoadFailure(file + " could not be copied: " + e.getMessage());
    }
  }

  private Contestant contestant(String name, Manner manner, List<String> command) {
    RivalServer server = RivalServer.start(name, command);
    started.add(server);
    return new Contestant(name, server, manner, List.of());
  }

  @Override
  public void close() {
    started.forEach(Server::close);
    try (Stream<Path> paths = Files.walk(folder)) {
      paths.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      System.err.println("could not delete " + folder + ": " + e);
    }
  }
}

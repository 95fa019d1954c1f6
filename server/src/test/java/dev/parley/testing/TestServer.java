package dev.parley.testing;

import dev.parley.Configuration;
import dev.parley.Parley;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A real server on a free port, with a folder and a database of its own. */
public final class TestServer implements AutoCloseable {
  private final Folder folder;
  private final Map<String, String> configuration;
  private final TestClock clock = new TestClock();
  private Parley parley;

  private TestServer(Folder folder, Map<String, String> configuration) {
    this.folder = folder;
    this.configuration = configuration;
    this.parley = new Parley(Configuration.of(configuration), clock);
  }

  /** Starts a server whose limits do not get into a test's way. */
  public static TestServer start(Database database) {
    return start(database, Map.of());
  }

  /** Starts a server with settings of its own. */
  public static TestServer start(Database database, Map<String, String> settings) {
    Folder folder = Folder.named("parley-test");
    Map<String, String> all = new HashMap<>();
    all.put("PARLEY_DATA", folder.path().toString());
    all.put("PARLEY_PORT", "0");
    all.put("RATE_LIMIT_PER_CONNECTION", "0");
    all.put("PARLEY_CONNECTIONS_PER_ADDRESS", "0");
    all.put("PARLEY_EMOTION", "true");
    all.putAll(database.fresh());
    all.putAll(settings);
    try {
      return new TestServer(folder, all);
    } catch (RuntimeException failed) {
      folder.close();
      throw failed;
    }
  }

  /** Stops the server as an operator does, and starts it again on the same data and port. */
  public void restart() {
    int port = port();
    parley.close();
    configuration.put("PARLEY_PORT", Integer.toString(port));
    parley = new Parley(Configuration.of(configuration), clock);
  }

  /** Something that may go wrong. */
  @FunctionalInterface
  public interface Step {
    void run() throws Exception;
  }

  /** Stops the server, does something to its data, and starts it again on the same port. */
  public void whileStopped(Step step) throws Exception {
    int port = port();
    parley.close();
    step.run();
    configuration.put("PARLEY_PORT", Integer.toString(port));
    parley = new Parley(Configuration.of(configuration), clock);
  }

  public int port() {
    return parley.port();
  }

  public TestClock clock() {
    return clock;
  }

  public Path folder() {
    return folder.path();
  }

  /** The configuration that it runs with. */
  public Map<String, String> configuration() {
    return Map.copyOf(configuration);
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  /** What it shows to Prometheus. */
  public String metrics() {
    return parley.metrics().scrape();
  }

  /** HTTP without a token. */
  public Http http() {
    return new Http(this, Optional.empty());
  }

  /** HTTP with a token. */
  public Http http(String token) {
    return new Http(this, Optional.of(token));
  }

  /** A new account, signed in. Its name begins as given and is unique. */
  public User user(String name) {
    return User.register(this, name);
  }

  /** The server's owner, signed in. */
  public User owner() {
    return User.register(this, "owner", parley.ownerLink());
  }

  @Override
  public void close() {
    parley.close();
    folder.close();
  }
}

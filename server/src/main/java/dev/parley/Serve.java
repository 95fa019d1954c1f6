package dev.parley;

import dev.parley.mcp.Surface;
import dev.parley.mcp.conformance.Fixtures;
import dev.parley.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the server until it is told to stop. */
@Command(name = "serve", description = "Run the server.", mixinStandardHelpOptions = true)
final class Serve implements Callable<Integer> {
  @Option(names = "--demo", description = "Fill an empty database with something to look at.")
  private boolean demo;

  @Option(
      names = "--conformance",
      description = "Let anonymous callers use the MCP suite's fixtures; on loopback only.")
  private boolean conformance;

  @Override
  public Integer call() throws InterruptedException {
    Configuration configuration = Configuration.of(System.getenv());
    configuration.warnings().forEach(warning -> System.err.println("parley: " + warning));
    Parley parley = new Parley(configuration, Clock.systemUTC(), forStrangers(configuration));
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              parley.close();
              stopped.countDown();
            }));
    Optional<String> demoNote = demo ? fill(parley) : Optional.empty();
    Optional<String> metrics = serveMetrics(configuration, parley);
    announce(configuration, parley, metrics, demoNote);
    stopped.await();
    return 0;
  }

  private Optional<Surface> forStrangers(Configuration configuration) {
    if (conformance && !new Settings(configuration).isLoopback()) {
      throw new Configuration.Wrong("--conformance wants PARLEY_HOST to be a loopback address");
    }
    return conformance ? Optional.of(new Fixtures()) : Optional.empty();
  }

  private static Optional<String> fill(Parley parley) {
    try {
      return new Demo(parley.dispatcher()).fill();
    } catch (Configuration.Wrong unfit) {
      parley.close();
      throw unfit;
    }
  }

  private static Optional<String> serveMetrics(Configuration configuration, Parley parley) {
    if (!configuration.flag("ENABLE_METRICS")) {
      return Optional.empty();
    }
    int port = configuration.number("METRICS_PORT");
    String host = configuration.text("PARLEY_HOST");
    try {
      return Optional.of("http://" + host + ":" + parley.metrics().serve(host, port) + "/metrics");
    } catch (IOException taken) {
      if (!configuration.isStandard("METRICS_PORT")) {
        parley.close();
        throw new Configuration.Wrong("METRICS_PORT " + port + ": " + taken.getMessage());
      }
      System.err.println(
          "parley: no metrics, as port " + port + " is taken; set METRICS_PORT to choose another");
      return Optional.empty();
    }
  }

  private static void announce(
      Configuration configuration,
      Parley parley,
      Optional<String> metrics,
      Optional<String> demoNote) {
    Settings settings = new Settings(configuration);
    String url = settings.url(parley.port());
    StringBuilder text = new StringBuilder("\nParley is running.\n\n");
    line(text, "page", url + "/");
    line(text, "functions", url + "/docs");
    metrics.ifPresent(address -> line(text, "metrics", address));
    line(text, "data", data(configuration, settings.store()));
    parley
        .ownerLink()
        .ifPresent(
            code -> line(text, "owner", url + "/#/owner/" + code + "  (once: makes your account)"));
    demoNote.ifPresent(note -> line(text, "demo", note));
    System.out.println(text.append("\nStop it with Ctrl+C."));
    System.out.flush();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("  ").append(String.format("%-10s", name)).append(value).append('\n');
  }

  private static String data(Configuration configuration, StoreSettings store) {
    return store.url().isPresent()
        ? Configuration.shown(configuration, "DATABASE_URL")
        : Path.of(configuration.text("PARLEY_DATA")).toAbsolutePath().normalize() + "/parley.db";
  }
}

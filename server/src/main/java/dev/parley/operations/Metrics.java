package dev.parley.operations;

import com.sun.net.httpserver.HttpServer;
import dev.parley.calls.Dispatcher;
import dev.parley.delivery.Connections;
import dev.parley.delivery.Topics;
import dev.parley.store.SlowStatements;
import dev.parley.store.Store;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Metrics in Prometheus text, on a port of their own. Labels are names of functions, never ids. */
public final class Metrics implements Dispatcher.Observer, AutoCloseable {
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(5), Duration.ofMillis(10),
    Duration.ofMillis(20), Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250),
    Duration.ofSeconds(1), Duration.ofSeconds(5)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<Calls, Timer> calls = new ConcurrentHashMap<>();
  private final Map<String, DistributionSummary> asked = new ConcurrentHashMap<>();
  private final JvmGcMetrics gc = new JvmGcMetrics();
  private boolean observesProcess;
  private volatile @Nullable HttpServer served;

  /** Begins to watch the process itself: it takes a while, so a start need not wait for it. */
  public synchronized void observeProcess() {
    if (!observesProcess) {
      observesProcess = true;
      new JvmMemoryMetrics().bindTo(registry);
      new ProcessorMetrics().bindTo(registry);
      gc.bindTo(registry);
    }
  }

  @Override
  public void ended(String function, String outcome, long nanos, long statements) {
    calls
        .computeIfAbsent(new Calls(function, outcome), this::timer)
        .record(nanos, TimeUnit.NANOSECONDS);
    asked.computeIfAbsent(function, this::summary).record(statements);
  }

  /** What calls are counted by. */
  private record Calls(String function, String outcome) {}

  private Timer timer(Calls which) {
    return Timer.builder("parley.calls")
        .description("Calls of functions by outcome")
        .tag("function", which.function())
        .tag("outcome", which.outcome())
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  private DistributionSummary summary(String function) {
    return DistributionSummary.builder("parley.calls.statements")
        .description("Statements that calls of a function asked the database")
        .tag("function", function)
        .register(registry);
  }

  /** Shows what the parts of the server count themselves. */
  public void observe(Store store, Connections connections, SlowStatements slow) {
    gauge("parley.connections", "Live sockets", connections::count);
    gauge(
        "parley.connections.signed.in", "Live sockets with an account", connections::signedInCount);
    gauge("parley.changes.waiting", "Changes that wait to be written", store::waiting);
    FunctionCounter.builder("parley.statements.slow", slow, SlowStatements::count)
        .description("Statements over SLOW_QUERY_THRESHOLD")
        .register(registry);
  }

  /** Shows what there is of memory, and what is given up. */
  public void observe(Memory memory, Topics topics) {
    gauge("parley.memory.share", "Memory in use of what there is, 0 to 1", memory::share);
    gauge(
        "parley.memory.strain",
        "0; 1 if passing events are dropped; 2 if sockets are refused, too",
        memory::strain);
    FunctionCounter.builder("parley.events.dropped", topics, Topics::dropped)
        .description("Passing events that were dropped to save memory")
        .register(registry);
  }

  /** Shows one number. */
  public void gauge(String name, String description, DoubleSupplier value) {
    Gauge.builder(name, value::getAsDouble).description(description).register(registry);
  }

  /** Everything that is measured, in Prometheus text. */
  public String scrape() {
    observeProcess();
    return registry.scrape();
  }

  /**
   * Serves {@code /metrics}.
   *
   * @param port 0 for any that is free
   * @return the port that was bound
   * @throws IOException if the port cannot be had
   */
  public int serve(String host, int port) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(host, port), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/metrics",
        exchange -> {
          byte[] body = scrape().getBytes(StandardCharsets.UTF_8);
          exchange
              .getResponseHeaders()
              .set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
          exchange.sendResponseHeaders(200, body.length);
          try (exchange) {
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
    served = server;
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    if (served != null) {
      served.stop(0);
    }
    gc.close();
    registry.close();
  }
}

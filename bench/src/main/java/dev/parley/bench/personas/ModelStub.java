package dev.parley.bench.personas;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.bench.Connection;
import dev.parley.bench.LoadFailure;
import dev.parley.bench.RunClock;
import dev.parley.bench.Waiting;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes as a language model does, a piece after the other, over both protocols at once. Each piece
 * is the time at which it was written, so whoever reads it knows how old it is.
 */
public final class ModelStub implements AutoCloseable {
  static final String MODEL = "stub";

  private static final String NO_DELAY = "sun.net.httpserver.nodelay";
  private static final int RADIX = 36;

  private final RunClock clock;
  private final int pieces;
  private final Duration pause;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * @param pieces of a reply
   * @param pause between one and the next
   */
  public ModelStub(RunClock clock, int pieces, Duration pause) {
    System.setProperty(NO_DELAY, "true");
    this.clock = clock;
    this.pieces = pieces;
    this.pause = pause;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new LoadFailure("the stub of a model cannot listen: " + e);
    }
    for (Protocol protocol : Protocol.values()) {
      server.createContext(protocol.path(), exchange -> answer(exchange, protocol));
    }
    server.setExecutor(threads);
    server.start();
  }

  /** What a server must be told to find it. */
  public Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("DEFAULT_MODEL", MODEL);
    settings.put("OPENAI_API_KEY", MODEL);
    for (Protocol protocol : Protocol.values()) {
      settings.put(
          protocol.key(), "http://127.0.0.1:" + server.getAddress().getPort() + protocol.base());
    }
    return settings;
  }

  /** Makes a persona that such a model answers for; its id. */
  public static String persona(Connection owner, Protocol protocol) {
    var made =
        owner.call(
            "personas.create",
            Map.of(
                "name",
                MODEL + "-" + protocol.brain(),
                "description",
                "Says what time it is.",
                "brain",
                protocol.brain(),
                "visibility",
                "public"));
    return Waiting.on(made, "making a persona").at("/persona/id").asString();
  }

  private void answer(HttpExchange exchange, Protocol protocol) throws IOException {
    try (exchange;
        OutputStream out = exchange.getResponseBody()) {
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().set("Content-Type", protocol.type());
      exchange.sendResponseHeaders(200, 0);
      for (int piece = 0; piece < pieces; piece++) {
        if (piece > 0) {
          LockSupport.parkNanos(pause.toNanos());
        }
        write(out, protocol.piece(Long.toString(clock.now(), RADIX) + " "));
      }
      write(out, protocol.end());
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** When each piece was written, by the clock of the run. */
  static long[] written(String text) {
    return Arrays.stream(text.strip().split(" "))
        .mapToLong(time -> Long.parseLong(time, RADIX))
        .toArray();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

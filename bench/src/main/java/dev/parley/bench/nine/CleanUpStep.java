package dev.parley.bench.nine;

import dev.parley.bench.Connection;
import dev.parley.bench.Crowd;
import dev.parley.bench.Database;
import dev.parley.bench.Endpoint;
import dev.parley.bench.LoadFailure;
import dev.parley.bench.OwnServer;
import dev.parley.bench.Pause;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Resource limits, and sockets whose peer has fallen silent. */
final class CleanUpStep implements Step {
  private static final String ITEM = "8 resource limits, clean-up";
  private static final String KEY = "RATE_LIMIT_PER_CONNECTION";
  private static final int SILENT = 100;
  private static final int PEOPLE = 50;
  private static final int LONGEST_SECONDS = 60;
  private static final int FLOOD = 64;

  @Override
  public List<Row> rows() {
    return List.of(silence(), flood());
  }

  private static Row silence() {
    try (ServerSocket naive = new ServerSocket(0, SILENT, InetAddress.getLoopbackAddress());
        Gathering gathering = Gathering.on(Database.SQLITE, SILENT, Map.of())) {
      List<Socket> kept = new CopyOnWriteArrayList<>();
      Thread.ofVirtual().start(() -> keepAll(naive, kept));
      List<Socket> there = new ArrayList<>();
      List<Socket> here = new ArrayList<>();
      long start = System.nanoTime();
      for (int i = 0; i < SILENT; i++) {
        there.add(new Socket(InetAddress.getLoopbackAddress(), naive.getLocalPort()));
        here.add(shakenHands(gathering.server().endpoint(), i));
      }
      awaitConnections(gathering.server(), SILENT);
      double gone = awaitConnections(gathering.server(), 0) - start;
      long open = kept.stream().filter(CleanUpStep::isOpen).count();
      for (Socket socket : there) {
        socket.close();
      }
      for (Socket socket : here) {
        socket.close();
      }
      return new Row(
          ITEM,
          "%d sockets fall silent".formatted(SILENT),
          String.format(Locale.ROOT, "%d there after %.0f s", open, gone / 1e9),
          String.format(Locale.ROOT, "none there after %.1f s", gone / 1e9),
          "a server that only waits for what comes, in process; a ping each 25 s, 8 s to answer");
    } catch (IOException e) {
      throw new LoadFailure("sockets failed: " + e);
    }
  }

  private static void keepAll(ServerSocket naive, List<Socket> kept) {
    while (!naive.isClosed()) {
      try {
        Socket socket = naive.accept();
        kept.add(socket);
        Thread.ofVirtual().start(() -> readAll(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void readAll(Socket socket) {
    try (socket) {
      while (socket.getInputStream().read() >= 0) {
        Thread.onSpinWait();
      }
    } catch (IOException ended) {
      return;
    }
  }

  private static boolean isOpen(Socket socket) {
    return !socket.isClosed();
  }

  /** A WebSocket that is signed in and of which nothing is heard any more. */
  private static Socket shakenHands(Endpoint endpoint, int number) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.port());
    String request =
        String.join(
            "\r\n",
            "GET /ws HTTP/1.1",
            "Host: 127.0.0.1:" + endpoint.port(),
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Authorization: Bearer " + Crowd.token(number),
            "",
            "");
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** Waits until the server has so many sockets; when that was. */
  private static long awaitConnections(OwnServer server, int wanted) {
    long patience = System.nanoTime() + LONGEST_SECONDS * 1_000_000_000L;
    while (connections(server) != wanted) {
      if (System.nanoTime() > patience) {
        throw new LoadFailure("the server has " + connections(server) + " sockets, not " + wanted);
      }
      Pause.millis(100);
    }
    return System.nanoTime();
  }

  private static int connections(OwnServer server) {
    return server
        .metrics()
        .filter(line -> line.startsWith("parley_connections "))
        .mapToInt(line -> (int) Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
        .findFirst()
        .orElseThrow();
  }

  private static Row flood() {
    return new Row(
        ITEM,
        ("one connection has %d calls under way all the time: answered a second; others' replies"
                + " at 100 a second, p50 / p95 / p99 ms")
            .formatted(FLOOD),
        flood("0"),
        flood("600"),
        KEY + " 0, no limit; 600 a minute, the standard, for that connection");
  }

  private static String flood(String limit) {
    double warmUp = 2;
    double seconds = 8;
    try (Gathering gathering = Gathering.of(PEOPLE, Map.of(KEY, limit))) {
      Connection one = gathering.connections().getFirst();
      AtomicLong answered = new AtomicLong();
      AtomicBoolean over = new AtomicBoolean();
      IntStream.range(0, FLOOD).forEach(_ -> again(one, answered, over));
      Outcome others =
          Asking.paced(
              gathering.server(), gathering.guests().subList(1, PEOPLE), 100, warmUp, seconds);
      over.set(true);
      return String.format(
          Locale.ROOT, "%,.0f; %s", answered.get() / (warmUp + seconds), others.delays());
    }
  }

  private static void again(Connection one, AtomicLong answered, AtomicBoolean over) {
    var _ =
        one.call("messages.search", Map.of("text", "hello"))
            .whenComplete((_, refused) -> {
              if (refused == null) {
                answered.incrementAndGet();
              }
              if (!over.get()) {
                again(one, answered, over);
              }
            });
  }
}

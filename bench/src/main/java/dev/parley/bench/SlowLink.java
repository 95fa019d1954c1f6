package dev.parley.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * A network between a server and its database: what goes in comes out later, as much as is under
 * way at once. Half of the delay is on the way there, half on the way back.
 */
final class SlowLink implements AutoCloseable {
  private static final int PACKET = 1 << 16;

  /** Every request that writes a message bears this text. */
  private static final String POST = "INSERT INTO messages";

  private final ServerSocket door;
  private final int target;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final LongAdder roundTrips = new LongAdder();
  private final LongAdder posts = new LongAdder();
  private volatile long oneWayNanos;

  /**
   * @param target the port of the database on this machine
   */
  SlowLink(int target) throws IOException {
    this.target = target;
    this.door = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /** How long a packet and its answer are under way together, from now on. */
  void roundTrip(Duration delay) {
    oneWayNanos = delay.toNanos() / 2;
  }

  /** How often somebody has waited for an answer so far, on all connections. */
  long roundTrips() {
    return roundTrips.sum();
  }

  /** How many of these wrote messages. */
  long roundTripsOfPosts() {
    return posts.sum();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        sockets.addAll(List.of(client, server));
        new Line(client, server).start();
      } catch (IOException closed) {
        return;
      }
    }
  }

  /** Bytes that come out at a time; none of them: the end. */
  private record Packet(byte[] bytes, long due) {}

  /** One connection. */
  private final class Line {
    private final Socket client;
    private final Socket server;
    private volatile boolean answered = true;

    Line(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void start() {
      carry(client, server, this::count);
      carry(server, client, packet -> answered = true);
    }

    /** What is sent until something comes back is one round trip. */
    private void count(byte[] packet) {
      if (answered) {
        answered = false;
        roundTrips.increment();
        if (new String(packet, StandardCharsets.ISO_8859_1).contains(POST)) {
          posts.increment();
        }
      }
    }
  }

  /** Looks at what passes. */
  private interface Eye {
    void sees(byte[] packet);
  }

  private void carry(Socket from, Socket to, Eye eye) {
    BlockingQueue<Packet> underWay = new LinkedBlockingQueue<>();
    Thread.ofVirtual().start(() -> read(from, underWay, eye));
    Thread.ofVirtual().start(() -> write(to, underWay));
  }

  private void read(Socket from, BlockingQueue<Packet> underWay, Eye eye) {
    byte[] buffer = new byte[PACKET];
    try {
      InputStream in = from.getInputStream();
      for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
        byte[] bytes = Arrays.copyOf(buffer, length);
        eye.sees(bytes);
        underWay.add(new Packet(bytes, System.nanoTime() + oneWayNanos));
      }
    } catch (IOException closed) {
      close(from);
    }
    underWay.add(new Packet(new byte[0], System.nanoTime()));
  }

  private static void write(Socket to, BlockingQueue<Packet> underWay) {
    try (to) {
      OutputStream out = to.getOutputStream();
      for (Packet next = underWay.take(); next.bytes().length > 0; next = underWay.take()) {
        for (long left = next.due() - System.nanoTime();
            left > 0;
            left = next.due() - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        out.write(next.bytes());
      }
    } catch (IOException | InterruptedException ended) {
      return;
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      System.err.println("a connection could not be closed: " + e);
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      System.err.println("the link could not be closed: " + e);
    }
    sockets.forEach(SlowLink::close);
  }
}

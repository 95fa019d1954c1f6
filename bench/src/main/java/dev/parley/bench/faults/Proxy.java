package dev.parley.bench.faults;

import dev.parley.bench.Endpoint;
import dev.parley.bench.LoadFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The network between clients and server, which can be made as bad as networks are. */
final class Proxy implements AutoCloseable {
  private final Endpoint target;
  private final ServerSocket door;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private volatile int delayMillis;
  private volatile int portion = Integer.MAX_VALUE;

  Proxy(Endpoint target) {
    this.target = target;
    try {
      this.door = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new LoadFailure("no port for the proxy: " + e);
    }
    Thread.ofVirtual().name("proxy").start(this::accept);
  }

  Endpoint endpoint() {
    return Endpoint.loopback(door.getLocalPort());
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        Thread.ofVirtual().start(() -> join(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void join(Socket client) {
    try {
      Socket server = new Socket(target.host(), target.port());
      Link link = new Link(this, client, server);
      links.add(link);
      link.run();
      links.remove(link);
    } catch (IOException nobodyThere) {
      Link.reset(client);
    }
  }

  /** Everything that passes takes so much longer. */
  void delay(int millis) {
    delayMillis = millis;
  }

  /** Everything passes in pieces of so many bytes. */
  void trickle(int bytes) {
    portion = bytes;
  }

  /** As a network should be. */
  void clear() {
    delayMillis = 0;
    portion = Integer.MAX_VALUE;
  }

  int delayMillis() {
    return delayMillis;
  }

  int portion() {
    return portion;
  }

  /** About so large a share of the connections that there are. */
  List<Link> some(Random random, double share) {
    return links.stream().filter(_ -> random.nextDouble() < share).toList();
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      System.err.println("the proxy did not close: " + e);
    }
    links.forEach(Link::reset);
  }
}

package dev.parley.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The network between a browser and a server: it can be cut, and it can lose what comes back. */
final class Line implements AutoCloseable {
  private final ServerSocket entrance;
  private final int server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;
  private volatile boolean losesAnswers;

  Line(int server) {
    try {
      this.server = server;
      this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      Thread.ofVirtual().start(this::accept);
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
  }

  /** The address to use instead of the server's own. */
  URI uri() {
    return URI.create("http://127.0.0.1:" + entrance.getLocalPort());
  }

  /** Breaks all connections, and lets no new one through. */
  void cut() {
    cut = true;
    sockets.forEach(Line::close);
  }

  /** What the server sends from now on gets lost; what is sent to it arrives. */
  void loseAnswers() {
    losesAnswers = true;
  }

  void mend() {
    cut = false;
    losesAnswers = false;
  }

  private void accept() {
    try {
      while (true) {
        Socket outer = entrance.accept();
        sockets.add(outer);
        if (cut) {
          close(outer);
        } else {
          connect(outer);
        }
      }
    } catch (IOException closed) {
      sockets.forEach(Line::close);
    }
  }

  private void connect(Socket outer) throws IOException {
    Socket inner = new Socket(InetAddress.getLoopbackAddress(), server);
    sockets.add(inner);
    Thread.ofVirtual().start(() -> pump(outer, inner, false));
    Thread.ofVirtual().start(() -> pump(inner, outer, true));
  }

  private void pump(Socket from, Socket to, boolean answers) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[16_384];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (!(answers && losesAnswers)) {
          out.write(buffer, 0, read);
        }
      }
    } catch (IOException broken) {
      // The other direction ends with this one, and the browser sees a lost connection.
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // It is gone, as it should be.
    }
  }

  @Override
  public void close() {
    try {
      entrance.close();
    } catch (IOException alreadyGone) {
      // It is gone, as it should be.
    }
  }
}

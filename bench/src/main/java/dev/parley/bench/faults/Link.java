package dev.parley.bench.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** One connection through the proxy. */
final class Link {
  private static final int CHUNK = 1 << 14;

  private final Proxy proxy;
  private final Socket client;
  private final Socket server;
  private volatile boolean deaf;

  Link(Proxy proxy, Socket client, Socket server) {
    this.proxy = proxy;
    this.client = client;
    this.server = server;
  }

  /** Carries bytes both ways until both are at their end. */
  void run() {
    Thread up = Thread.ofVirtual().start(() -> carry(client, server));
    carry(server, client);
    try {
      up.join();
    } catch (InterruptedException _) {
      reset();
    }
  }

  private void carry(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] bytes = new byte[CHUNK];
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        if (!deaf || to != client) {
          pass(bytes, read, out);
        }
      }
      to.shutdownOutput();
    } catch (IOException | InterruptedException broken) {
      reset();
    }
  }

  private void pass(byte[] bytes, int length, OutputStream out)
      throws IOException, InterruptedException {
    int portion = proxy.portion();
    if (portion >= length) {
      Thread.sleep(proxy.delayMillis());
      out.write(bytes, 0, length);
      return;
    }
    for (int at = 0; at < length; at += portion) {
      Thread.sleep(1 + proxy.delayMillis());
      out.write(bytes, at, Math.min(portion, length - at));
    }
  }

  /** From now on nothing that the server says arrives; it can only be cut after that. */
  void deafen() {
    deaf = true;
  }

  /** Ends the client's half: the server reads the end, and may still write. */
  void endClientsHalf() {
    end(server);
  }

  /** Ends the server's half: the client reads the end, and may still write. */
  void endServersHalf() {
    end(client);
  }

  private void end(Socket half) {
    try {
      half.shutdownOutput();
    } catch (IOException gone) {
      reset();
    }
  }

  /** Ends both halves in good order (FIN). */
  void finish() {
    end(server);
    end(client);
  }

  /** Tears both ends (RST). */
  void reset() {
    reset(client);
    reset(server);
  }

  static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException alreadyGone) {
      // What was to be reached is reached.
    }
  }
}

package dev.parley.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Bytes to a server and back, for what no well-behaved client sends. */
public final class RawHttp implements AutoCloseable {
  private final Socket socket;

  public RawHttp(TestServer server) {
    this(server, "127.0.0.1");
  }

  /**
   * @param from an address of this machine
   */
  public RawHttp(TestServer server, String from) {
    try {
      InetAddress here = InetAddress.getByName(from);
      socket = new Socket(InetAddress.getLoopbackAddress(), server.port(), here, 0);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
    } catch (IOException refused) {
      throw new IllegalStateException(refused);
    }
  }

  /** Sends bytes as they are. */
  public RawHttp send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      return this;
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  public RawHttp send(String text) {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Asks for a WebSocket and returns the first line of the answer. */
  public String handshake(String host, String headers) {
    return send("GET /ws HTTP/1.1\r\nHost: "
            + host
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + headers
            + "\r\n")
        .until("\r\n");
  }

  /** Everything that comes until the server closes. */
  public String all() {
    try {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** What comes up to and with a text. */
  public String until(String end) {
    StringBuilder all = new StringBuilder();
    try {
      InputStream in = socket.getInputStream();
      while (all.indexOf(end) < 0) {
        int next = in.read();
        if (next < 0) {
          throw new AssertionError("closed before " + end + " came: " + all);
        }
        all.append((char) next);
      }
      return all.toString();
    } catch (IOException failed) {
      throw new IllegalStateException(all.toString(), failed);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException harmless) {
      // It is gone either way.
    }
  }
}

package dev.parley.testing;

import dev.parley.functions.Json;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;

/**
 * A WebSocket client by hand: for frames that no library sends, and for readers that do not read.
 */
public final class RawSocket implements AutoCloseable {
  public static final int CONTINUATION = 0;
  public static final int TEXT = 1;
  public static final int BINARY = 2;
  public static final int CLOSE = 8;
  public static final int PING = 9;
  public static final int PONG = 10;

  private static final int PATIENCE_MS = 20_000;
  private static final byte[] MASK = {11, 22, 33, 44};

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private final String response;
  private boolean reset;

  /**
   * A frame that came.
   *
   * @param compressed whether its first reserved bit is set (RFC 7692)
   */
  public record Frame(boolean last, boolean compressed, int opcode, byte[] payload) {
    public String text() {
      return new String(plain(), StandardCharsets.UTF_8);
    }

    public JsonNode json() {
      return Json.MAPPER.readTree(plain());
    }

    /** The payload as it was before it was compressed, if it was. */
    public byte[] plain() {
      return compressed ? Deflated.inflate(payload) : payload;
    }

    /** The code of a close frame; 1005 if it bears none. */
    public int closeCode() {
      return payload.length < 2 ? 1005 : (payload[0] & 0xFF) << 8 | payload[1] & 0xFF;
    }
  }

  private RawSocket(Socket socket, String request) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
    socket.setSoTimeout(PATIENCE_MS);
    out.write(request.getBytes(StandardCharsets.ISO_8859_1));
    this.response = readHead();
  }

  /** What a browser would send, to be changed by tests. */
  public static Map<String, String> headers(TestServer server, Optional<String> token) {
    return headers(server.port(), token);
  }

  private static Map<String, String> headers(int port, Optional<String> token) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Host", "127.0.0.1:" + port);
    headers.put("Upgrade", "websocket");
    headers.put("Connection", "Upgrade");
    headers.put("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
    headers.put("Sec-WebSocket-Version", "13");
    token.ifPresent(known -> headers.put("Authorization", "Bearer " + known));
    return headers;
  }

  /** Sends a handshake, whatever the answer. */
  public static RawSocket open(TestServer server, Map<String, String> headers) {
    return open(server.port(), headers, 0);
  }

  /**
   * Sends a handshake, whatever the answer.
   *
   * @param receiveBuffer how many bytes the kernel keeps for a reader that does not read; 0 for as
   *     many as usual
   */
  private static RawSocket open(int port, Map<String, String> headers, int receiveBuffer) {
    try {
      Socket socket = new Socket();
      if (receiveBuffer > 0) {
        socket.setReceiveBufferSize(receiveBuffer);
      }
      socket.connect(new InetSocketAddress("127.0.0.1", port));
      return new RawSocket(socket, request(headers));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** An open socket of somebody who is signed in. */
  public static RawSocket of(TestServer server, User user) {
    return open(server, headers(server, Optional.of(user.token())));
  }

  /** An open socket of a session of a server that can be killed. */
  public static RawSocket of(ChildServer server, String token) {
    return open(server.port(), headers(server.port(), Optional.of(token)), 0);
  }

  /** The same, with next to no room for what is not read. */
  public static RawSocket narrow(TestServer server, User user) {
    return open(server.port(), headers(server, Optional.of(user.token())), 4_096);
  }

  /** The same, with headers of one's own. */
  public static RawSocket narrow(TestServer server, Map<String, String> headers) {
    return open(server.port(), headers, 4_096);
  }

  /** A socket at a port, with next to no room for what is not read. */
  public static RawSocket narrow(int port, Optional<String> token) {
    return open(port, headers(port, token), 4_096);
  }

  /** A socket of a stranger, over TLS. */
  public static RawSocket tls(TestServer server, SSLContext trusting) {
    try {
      Socket socket = trusting.getSocketFactory().createSocket("localhost", server.port());
      return new RawSocket(socket, request(headers(server, Optional.empty())));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static String request(Map<String, String> headers) {
    StringBuilder request = new StringBuilder("GET /ws HTTP/1.1\r\n");
    headers.forEach((name, value) -> request.append(name + ": " + value + "\r\n"));
    return request + "\r\n";
  }

  private String readHead() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  /** The head of the answer to the handshake. */
  public String response() {
    return response;
  }

  public int status() {
    return Integer.parseInt(response.split(" ")[1]);
  }

  /** Sends bytes as they are; a server that has closed does not matter. */
  public void bytes(byte[] bytes) {
    try {
      out.write(bytes);
      out.flush();
    } catch (SocketException closedMeanwhile) {
      reset = true; // What it closed with is still to be read.
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public void text(String text) {
    frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  public void call(int id, String method, String params) {
    text(
        "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\",\"params\":%s}"
            .formatted(id, method, Json5.json(params)));
  }

  public void frame(int opcode, byte[] payload) {
    bytes(encoded(0x80 | opcode, payload, true));
  }

  /** A frame that is not the last one of its message. */
  public void piece(int opcode, byte[] payload) {
    bytes(encoded(opcode, payload, true));
  }

  /**
   * @param first the first byte: FIN, RSV bits and opcode
   */
  public static byte[] encoded(int first, byte[] payload, boolean masked) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream(payload.length + 14);
    int mask = masked ? 0x80 : 0;
    frame.write(first);
    if (payload.length < 126) {
      frame.write(mask | payload.length);
    } else if (payload.length <= 0xFFFF) {
      frame.write(mask | 126);
      number(frame, payload.length, 2);
    } else {
      frame.write(mask | 127);
      number(frame, payload.length, 8);
    }
    if (masked) {
      frame.writeBytes(MASK);
    }
    for (int i = 0; i < payload.length; i++) {
      frame.write(masked ? payload[i] ^ MASK[i % 4] : payload[i]);
    }
    return frame.toByteArray();
  }

  private static void number(ByteArrayOutputStream out, long value, int bytes) {
    for (int i = bytes - 1; i >= 0; i--) {
      out.write((int) (value >>> (8 * i)));
    }
  }

  /** Ends our half of the connection: there is no more to come, but there is more to be read. */
  public void endOutput() {
    try {
      socket.shutdownOutput();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The next frame. */
  public Frame next() {
    try {
      int first = in.readUnsignedByte();
      long length = in.readUnsignedByte();
      if (length == 126) {
        length = in.readUnsignedShort();
      } else if (length == 127) {
        length = in.readLong();
      }
      byte[] payload = new byte[(int) length];
      in.readFully(payload);
      return new Frame((first & 0x80) != 0, (first & 0x40) != 0, first & 0x0F, payload);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The next frame of a kind; others before it are passed over. */
  public Frame next(int opcode) {
    return next(frame -> frame.opcode() == opcode);
  }

  public Frame next(Predicate<Frame> wanted) {
    while (true) {
      Frame frame = next();
      if (wanted.test(frame)) {
        return frame;
      }
    }
  }

  /** The reply to a request; events before it are passed over. */
  public JsonNode reply(int id) {
    return next(frame ->
            frame.opcode() == TEXT && frame.json().path("id").asInt(Integer.MIN_VALUE) == id)
        .json();
  }

  /** The code that the server closes with; answers it as RFC 6455 wants and sees the end. */
  public int closeCode() {
    Frame close = next(CLOSE);
    frame(CLOSE, close.payload());
    awaitEnd();
    return close.closeCode();
  }

  /** Reads on until the connection has ended. */
  public void awaitEnd() {
    try {
      in.skipNBytes(Long.MAX_VALUE);
    } catch (EOFException | SocketException ended) {
      return;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Reads on until the connection has ended; whether it was never reset. */
  public boolean endsCleanly() {
    try {
      while (in.read() >= 0) {
        // What still comes does not matter here.
      }
      return !reset;
    } catch (SocketException resetMeanwhile) {
      return false;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException harmless) {
      throw new UncheckedIOException(harmless);
    }
  }
}

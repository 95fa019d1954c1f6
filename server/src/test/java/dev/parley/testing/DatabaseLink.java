package dev.parley.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands between a server and its database, counts how often the server waits for an answer, and
 * can lose one. What is sent until something comes back is one round trip, however many packets.
 * Not counted are greetings, and the connection that holds the server's lock and says so each
 * second.
 */
public final class DatabaseLink implements AutoCloseable {
  private static final int PACKET = 1 << 16;
  private static final String LOCK = "pg_try_advisory_lock";

  /** What requests begin with: Parse, Bind, a simple Query. */
  private static final String REQUESTS = "PBQ";

  private final ServerSocket door;
  private final URI database;
  private final List<StringBuffer> turns = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicReference<Optional<String>> toLose = new AtomicReference<>(Optional.empty());

  /**
   * @param url of the database
   */
  public DatabaseLink(String url) throws IOException {
    this.database = URI.create(url);
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** The same database, by way of the link. */
  public String url() {
    return "postgresql://%s@localhost:%d%s"
        .formatted(database.getUserInfo(), door.getLocalPort(), database.getPath());
  }

  /** What the server has sent, one text for each round trip, in the order that they began. */
  public List<String> turns() {
    return turns.stream().map(StringBuffer::toString).toList();
  }

  /** Forgets the round trips so far. */
  public void forget() {
    turns.clear();
  }

  /** The next request that bears a text reaches the database, but its answer gets lost. */
  public void loseAnswerTo(String text) {
    toLose.set(Optional.of(text));
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        Socket server = new Socket(database.getHost(), database.getPort());
        sockets.addAll(List.of(client, server));
        Line line = new Line(client, server);
        Thread.ofVirtual().start(line::carryRequests);
        Thread.ofVirtual().start(line::carryAnswers);
      } catch (IOException closed) {
        return;
      }
    }
  }

  /** One connection. */
  private final class Line {
    private final Socket client;
    private final Socket server;
    private StringBuffer turn = new StringBuffer();
    private boolean answered = true;
    private boolean losing;
    private boolean holdsLock;

    Line(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void carryRequests() {
      carry(client, server, this::request);
    }

    void carryAnswers() {
      carry(server, client, this::answer);
    }

    private synchronized boolean request(String sent) {
      holdsLock |= sent.contains(LOCK);
      if (answered && !holdsLock && REQUESTS.indexOf(sent.charAt(0)) >= 0) {
        turn = new StringBuffer();
        turns.add(turn);
      }
      answered = false;
      turn.append(sent);
      losing |=
          toLose
              .getAndUpdate(text -> text.filter(wanted -> !sent.contains(wanted)))
              .filter(sent::contains)
              .isPresent();
      return true;
    }

    private synchronized boolean answer(String received) {
      answered = true;
      return !losing;
    }
  }

  /** Whether what was read goes on; if not, the connection ends. */
  @FunctionalInterface
  private interface Gate {
    boolean passes(String bytes);
  }

  private static void carry(Socket from, Socket to, Gate gate) {
    byte[] packet = new byte[PACKET];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(packet); length > 0; length = in.read(packet)) {
        if (!gate.passes(new String(packet, 0, length, StandardCharsets.ISO_8859_1))) {
          return;
        }
        out.write(packet, 0, length);
      }
    } catch (IOException closed) {
      return;
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}

package dev.parley.mcp;

import dev.parley.wire.Refusal;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/** The sessions of older clients. One that is left alone for half an hour ends. */
final class Sessions {
  static final int MOST_OF_ONE = 32;
  static final int MOST = 10_000;

  private static final Duration IDLE = Duration.ofMinutes(30);
  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final int ID_BYTES = 24;

  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();

  Sessions(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Begins one. Whoever has too many loses the one that was unused longest.
   *
   * @throws Refusal {@code overloaded} if the server has too many
   */
  synchronized Session begin(String owner, ObjectNode capabilities) {
    List<Session> own =
        sessions.values().stream().filter(one -> one.owner().equals(owner)).toList();
    if (own.size() >= MOST_OF_ONE) {
      own.stream().min(Comparator.comparing(Session::used)).ifPresent(this::end);
    }
    if (sessions.size() >= MOST) {
      throw Refusal.overloaded("The server has all the sessions that it takes", RETRY);
    }
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    Session session =
        new Session(HexFormat.of().formatHex(id), owner, capabilities, clock.instant());
    sessions.put(session.id(), session);
    return session;
  }

  /**
   * @throws Fault if there is none, or it is another's
   */
  Session find(String id, String owner) {
    if (id.isEmpty()) {
      throw Fault.invalidRequest("Mcp-Session-Id is missing; initialize first");
    }
    Session session = sessions.get(id);
    if (session == null || !session.owner().equals(owner)) {
      throw Fault.noSession();
    }
    session.use(clock.instant());
    return session;
  }

  void end(Session session) {
    if (sessions.remove(session.id(), session)) {
      session.end();
    }
  }

  /** Ends those that were left alone. */
  void sweep() {
    Instant before = clock.instant().minus(IDLE);
    sessions.values().stream()
        .filter(one -> one.used().isBefore(before) && one.outlet().isEmpty())
        .toList()
        .forEach(this::end);
  }
}

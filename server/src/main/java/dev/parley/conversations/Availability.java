package dev.parley.conversations;

import dev.parley.calls.Call;
import dev.parley.delivery.Connections;
import dev.parley.delivery.Topics;
import dev.parley.store.Store;
import dev.parley.wire.Actor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** Who is there: online while a socket is, away if they say so. Told in smaller conversations. */
final class Availability {
  private static final int MOST_MEMBERS = 100;

  private final Store store;
  private final Topics topics;
  private final Connections connections;
  private final Executor virtualThreads;
  private final Map<String, Status> said = new ConcurrentHashMap<>();

  Availability(Store store, Topics topics, Connections connections, Executor virtualThreads) {
    this.store = store;
    this.topics = topics;
    this.connections = connections;
    this.virtualThreads = virtualThreads;
    connections.watch(this::cameOrWent);
  }

  /** Whether somebody is there. */
  enum Status {
    ONLINE,
    AWAY,
    OFFLINE
  }

  /** What one can say of oneself; offline follows from having no socket. */
  enum Said {
    ONLINE,
    AWAY
  }

  record Set(Said status) {}

  record Nothing() {}

  Status of(Actor actor) {
    return actor.kind() == Actor.Kind.PERSONA ? Status.ONLINE : of(actor.id());
  }

  private Status of(String account) {
    return connections.isOnline(account)
        ? said.getOrDefault(account, Status.ONLINE)
        : Status.OFFLINE;
  }

  Nothing set(Call call, Set input) {
    String account = call.caller().id();
    if (input.status() == Said.AWAY) {
      said.put(account, Status.AWAY);
    } else {
      said.remove(account);
    }
    tell(account);
    return new Nothing();
  }

  private void cameOrWent(String account, boolean online) {
    if (!online) {
      said.remove(account);
    }
    virtualThreads.execute(() -> tell(account));
  }

  private void tell(String account) {
    List<String> conversations =
        store.read(handle ->
            handle
                .select(
                    """
                    SELECT m.conversation FROM members m
                    JOIN conversations c ON c.id = m.conversation
                    WHERE m.actor = ? AND c.members <= ?\
                    """,
                    account,
                    MOST_MEMBERS)
                .mapTo(String.class)
                .list());
    tell(account, conversations);
  }

  /** One after another, so that what is told last is what is. */
  private synchronized void tell(String account, List<String> conversations) {
    Told.Presence presence = new Told.Presence(account, of(account));
    conversations.forEach(id -> topics.whisper(id, "presence", account, presence));
  }
}

package dev.parley.conversations;

import dev.parley.delivery.Connections;
import dev.parley.store.Store;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells accounts how much they have not read. A busy room would say so with every message, to every
 * member; so rooms are noted and told of together, a few times a second, one statement each.
 */
final class Unread {
  private static final String COUNTS =
      """
      SELECT m.actor, c.messages - m.read_messages,
        (SELECT count(*) FROM mentions x
          WHERE x.actor = m.actor AND x.conversation = c.id AND x.seq > m.read_seq)
      FROM members m JOIN conversations c ON c.id = m.conversation
      WHERE m.conversation = :conversation AND m.actor IN (<online>)\
      """;
  private static final int MOST_AT_ONCE = 500;

  private final Store store;
  private final Connections connections;
  private final Set<String> changed = ConcurrentHashMap.newKeySet();

  Unread(Store store, Connections connections) {
    this.store = store;
    this.connections = connections;
  }

  /** Notes that a conversation's counts have changed. */
  void changed(String conversation) {
    changed.add(conversation);
  }

  private record Count(String account, Told.Unread unread) {}

  /** Tells of all that was noted. */
  void sweep() {
    List<String> due = List.copyOf(changed);
    if (due.isEmpty()) {
      return;
    }
    List<String> online = List.copyOf(connections.online());
    for (String conversation : due) {
      changed.remove(conversation);
      for (int i = 0; i < online.size(); i += MOST_AT_ONCE) {
        tell(conversation, online.subList(i, Math.min(i + MOST_AT_ONCE, online.size())));
      }
    }
  }

  private void tell(String conversation, List<String> online) {
    counts(conversation, online)
        .forEach(count -> connections.tell(count.account(), "unread", count.unread()));
  }

  private List<Count> counts(String conversation, List<String> online) {
    return store.read(handle ->
        handle
            .createQuery(COUNTS)
            .bind("conversation", conversation)
            .bindList("online", online)
            .map((row, context) ->
                new Count(
                    row.getString(1),
                    new Told.Unread(conversation, row.getLong(2), row.getLong(3))))
            .list());
  }
}

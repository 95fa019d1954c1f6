package dev.parley.conversations;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.delivery.Connections;
import dev.parley.store.Store;
import dev.parley.wire.Refusal;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells accounts how much they have not read. A busy room would say so with every message, to every
 * member; so rooms are noted and told of together, a few times a second, one statement for many,
 * and nobody is told what they know.
 */
final class Unread {
  private static final int MOST_REMEMBERED = 100_000;
  private static final int TOGETHER = 100;
  private static final String COUNTS =
      """
      SELECT m.actor, c.id, c.messages - m.read_messages,
        (SELECT count(*) FROM mentions x
          WHERE x.actor = m.actor AND x.conversation = c.id AND x.seq > m.read_seq),
        m.read_messages
      FROM members m JOIN conversations c ON c.id = m.conversation
      WHERE m.conversation IN (<rooms>)
      """;

  private final Store store;
  private final Connections connections;
  private final Set<String> changed = ConcurrentHashMap.newKeySet();
  private final Cache<Place, Count> told =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

  Unread(Store store, Connections connections) {
    this.store = store;
    this.connections = connections;
  }

  private record Place(String account, String conversation) {}

  /**
   * @param read how far the account has read; if that moved on while the count is what it was, the
   *     count was another one in between, and a client may have fetched that one
   */
  private record Count(String account, Told.Unread unread, long read) {}

  /** Notes that a conversation's counts have changed. */
  void changed(String conversation) {
    changed.add(conversation);
  }

  /** Tells of all that was noted. */
  void sweep() {
    List<String> noted = List.copyOf(changed);
    for (int i = 0; i < noted.size(); i += TOGETHER) {
      tell(noted.subList(i, Math.min(noted.size(), i + TOGETHER)));
    }
  }

  /** What changes from here on is noted anew, so nothing is counted too early and forgotten. */
  private void tell(List<String> conversations) {
    conversations.forEach(changed::remove);
    try {
      counts(conversations).forEach(this::tell);
    } catch (Refusal databaseAway) {
      changed.addAll(conversations);
      throw databaseAway;
    }
  }

  /** What the absent would have been told is remembered, too: when they come back, they know it. */
  private void tell(Count count) {
    Place place = new Place(count.account(), count.unread().conversation());
    Count before = told.asMap().put(place, count);
    if (!count.equals(before)) {
      connections.tell(count.account(), "unread", count.unread());
    }
  }

  private List<Count> counts(List<String> conversations) {
    return store.read(handle ->
        handle
            .createQuery(COUNTS)
            .bindList("rooms", conversations)
            .map((row, context) ->
                new Count(
                    row.getString(1),
                    new Told.Unread(row.getString(2), row.getLong(3), row.getLong(4)),
                    row.getLong(5)))
            .list());
  }
}

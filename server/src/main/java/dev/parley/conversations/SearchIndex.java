package dev.parley.conversations;

import dev.parley.store.Change;
import dev.parley.store.Conflict;
import dev.parley.store.Dialect;
import dev.parley.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the conversations' logs and keeps the words of their messages. Its position in each is
 * written with the words, so it goes on where it was after a crash, and no post waits for it.
 *
 * <p>It goes round: a portion takes in some conversations after those of the portion before, so a
 * busy one does not keep the others waiting. The words go from table to table inside the database.
 */
final class SearchIndex {
  /** Messages that were changed between two positions of a log. */
  private static final String REVISED =
      """
      SELECT l.message FROM log l WHERE l.conversation = ? AND l.seq > ? AND l.seq <= ?
        AND l.type IN ('message.edited', 'message.deleted')
      """;

  private static final String CHANGED = " FROM messages m WHERE m.id IN (" + REVISED + ")";
  private static final String THERE_ALREADY = CHANGED + " AND m.seq <= ? AND m.deleted_at IS NULL";
  private static final String NEW =
      " FROM messages m WHERE m.conversation = ? AND m.seq > ? AND m.seq <= ?"
          + " AND m.deleted_at IS NULL";
  private static final String NUMBER_ROOM =
      """
      INSERT INTO search_rooms (number, conversation)
      SELECT (SELECT coalesce(max(number), 0) + 1 FROM search_rooms), c.id FROM conversations c
      WHERE c.id = ? AND NOT EXISTS (SELECT 1 FROM search_rooms WHERE conversation = c.id)\
      """;

  private static final Logger LOG = LoggerFactory.getLogger(SearchIndex.class);

  private final Store store;
  private final String forgetChanged;
  private final String rememberChanged;
  private final String rememberNew;

  /**
   * How much one change takes in. With one writer, what keeps it busy for some tens of
   * milliseconds. Elsewhere posts wait for the rows of conversations that the change has touched,
   * so it is one.
   */
  private final int conversations;

  private final int entries;

  SearchIndex(Store store, WordIndex words) {
    this.store = store;
    boolean sqlite = store.dialect() == Dialect.SQLITE;
    this.conversations = sqlite ? 250 : 1;
    this.entries = sqlite ? 2_000 : 200;
    this.forgetChanged = words.forget(CHANGED);
    this.rememberChanged = words.remember(THERE_ALREADY);
    this.rememberNew = words.remember(NEW);
  }

  /** A stretch of a conversation's log that is not taken in yet. */
  private record Stretch(String conversation, long after, long upTo) {
    long length() {
      return upTo - after;
    }

    Stretch atMost(long entries) {
      return new Stretch(conversation, after, Math.min(upTo, after + entries));
    }
  }

  /** Catches up with all logs; called a few times a second. */
  void sweep() {
    try {
      boolean much = true;
      while (much) {
        much = round();
      }
    } catch (Conflict elsewhere) {
      LOG.debug("somebody else follows, too; what is left is found in the next sweep", elsewhere);
    }
  }

  /** Takes in what every conversation has, some of it where it is much; whether it was much. */
  private boolean round() {
    boolean much = false;
    Optional<String> last = Optional.of("");
    while (last.isPresent()) {
      List<Stretch> behind = behind(last.get());
      List<Stretch> portion = portion(behind);
      takeIn(portion);
      boolean whole = portion.equals(behind);
      much |= !whole;
      last =
          whole && behind.size() < conversations
              ? Optional.empty()
              : Optional.of(portion.getLast().conversation());
    }
    return much;
  }

  private List<Stretch> behind(String after) {
    return store.read(handle ->
        handle
            .select(
                """
                SELECT id, indexed_seq, last_seq FROM conversations
                WHERE indexed_seq < last_seq AND id > ? ORDER BY id LIMIT ?\
                """,
                after,
                conversations)
            .map((row, context) -> new Stretch(row.getString(1), row.getLong(2), row.getLong(3)))
            .list());
  }

  private List<Stretch> portion(List<Stretch> behind) {
    List<Stretch> portion = new ArrayList<>();
    long left = entries;
    for (Stretch stretch : behind) {
      if (left > 0) {
        portion.add(stretch.atMost(left));
        left -= portion.getLast().length();
      }
    }
    return portion;
  }

  private void takeIn(List<Stretch> portion) {
    if (portion.isEmpty()) {
      return;
    }
    Change change = new Change(new Change.Origin("search", "server"));
    portion.forEach(stretch -> takeIn(change, stretch));
    store.commit(change);
  }

  private void takeIn(Change change, Stretch stretch) {
    String conversation = stretch.conversation();
    long after = stretch.after();
    long upTo = stretch.upTo();
    change.require(
        "elsewhere",
        "UPDATE conversations SET indexed_seq = ? WHERE id = ? AND indexed_seq = ?",
        upTo,
        conversation,
        after);
    change.write(NUMBER_ROOM, conversation);
    change.write(forgetChanged, conversation, after, upTo);
    change.write(rememberChanged, conversation, after, upTo, after);
    change.write(rememberNew, conversation, after, upTo);
  }
}

package dev.parley.conversations;

import dev.parley.functions.Json;
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
  private static final String REVISED =
      """
      JOIN log l ON l.conversation = s.conversation AND l.seq > s.since AND l.seq <= s.until
        AND l.type IN ('message.edited', 'message.deleted')
      JOIN messages m ON m.id = l.message\
      """;
  private static final String NEW =
      """
      JOIN messages m ON m.conversation = s.conversation AND m.seq > s.since AND m.seq <= s.until\
      """;

  private static final Logger LOG = LoggerFactory.getLogger(SearchIndex.class);

  private final Store store;
  private final String free;
  private final String moveOn;
  private final String numberRooms;
  private final String forget;
  private final String remember;

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
    String from = " FROM " + words.stretches() + " s ";
    this.free =
        "SELECT count(*)"
            + from
            + "JOIN conversations c ON c.id = s.conversation AND c.indexed_seq = s.since"
            + " HAVING count(*) = ?";
    this.moveOn =
        "UPDATE conversations SET indexed_seq = s.until"
            + from
            + "WHERE conversations.id = s.conversation";
    this.numberRooms =
        "INSERT INTO search_rooms (number, conversation)"
            + " SELECT (SELECT coalesce(max(number), 0) FROM search_rooms)"
            + " + row_number() OVER (ORDER BY s.conversation), s.conversation"
            + from
            + "WHERE NOT EXISTS"
            + " (SELECT 1 FROM search_rooms r WHERE r.conversation = s.conversation)";
    this.forget = words.forget("SELECT m.number" + from + REVISED);
    this.remember =
        words.remember("SELECT m.number" + from + NEW + " UNION SELECT m.number" + from + REVISED);
  }

  /** A stretch of a conversation's log that is not taken in yet. */
  private record Stretch(String conversation, long after, long upTo) {
    long length() {
      return upTo - after;
    }

    List<Object> row() {
      return List.of(conversation, after, upTo);
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
    String stretches = Json.MAPPER.writeValueAsString(portion.stream().map(Stretch::row).toList());
    store.commit(
        new Change(new Change.Origin("search", "server"))
            .check("elsewhere", free, stretches, portion.size())
            .write(moveOn, stretches)
            .write(numberRooms, stretches)
            .write(forget, stretches)
            .write(remember, stretches, stretches));
  }
}

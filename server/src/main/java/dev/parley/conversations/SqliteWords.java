package dev.parley.conversations;

import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * Full text in SQLite. The index's row numbers are a message's number and, in the lowest 24 bits,
 * that of its conversation: they are in the order of time, and what the caller may not read is
 * passed over without looking anything up.
 */
final class SqliteWords implements WordIndex {
  private static final int ROOM_BITS = 24;
  private static final int ROOM = (1 << ROOM_BITS) - 1;
  private static final String ROW = "(m.number << " + ROOM_BITS + ") | " + ROOM_OF_MESSAGE;
  private static final String FOUND =
      """
      SELECT w.rowid >> %d FROM message_words w WHERE w.message_words MATCH :words
      AND w.rowid < :before AND (w.rowid & %d) IN (SELECT number FROM (<rooms>))
      ORDER BY w.rowid DESC LIMIT :limit\
      """
          .formatted(ROOM_BITS, ROOM);

  @Override
  public List<Long> newest(Handle handle, Wanted wanted) {
    return Readable.bind(handle.createQuery(FOUND), wanted.caller())
        .define("rooms", wanted.rooms())
        .bind("words", query(wanted.words()))
        .bind("conversation", wanted.conversation().orElse(""))
        .bind("before", Math.min(wanted.before(), Long.MAX_VALUE >> ROOM_BITS) << ROOM_BITS)
        .bind("limit", wanted.limit())
        .configure(SqlStatements.class, config -> config.setUnusedBindingAllowed(true))
        .mapTo(Long.class)
        .list();
  }

  private static String query(List<String> words) {
    return words.stream().map(word -> '"' + word + '"').collect(Collectors.joining(" ")) + "*";
  }

  @Override
  public String stretches() {
    return """
    (SELECT value ->> 0 AS conversation, value ->> 1 AS since, value ->> 2 AS until
    FROM json_each(?))\
    """;
  }

  @Override
  public String forget(String numbers) {
    return "DELETE FROM message_words WHERE rowid IN (SELECT "
        + ROW
        + " FROM messages m WHERE m.number IN ("
        + numbers
        + "))";
  }

  /** In order, since the index begins a new part of itself with each step back. */
  @Override
  public String remember(String numbers) {
    return "INSERT INTO message_words (rowid, content) SELECT "
        + ROW
        + ", m.content FROM messages m WHERE m.deleted_at IS NULL AND m.number IN ("
        + numbers
        + ") ORDER BY m.number";
  }
}

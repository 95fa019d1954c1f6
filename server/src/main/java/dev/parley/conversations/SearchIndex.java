package dev.parley.conversations;

import dev.parley.store.Change;
import dev.parley.store.Conflict;
import dev.parley.store.Dialect;
import dev.parley.store.Store;
import java.util.List;
import java.util.Optional;

/**
 * Follows each conversation's log and keeps the words of its messages. Its position is written with
 * the words, so it goes on where it was after a crash, and never slows a post.
 */
final class SearchIndex {
  private static final int ENTRIES = 200;
  private static final int CONVERSATIONS = 50;

  private final Store store;
  private final String forget;
  private final String remember;

  SearchIndex(Store store) {
    this.store = store;
    boolean sqlite = store.dialect() == Dialect.SQLITE;
    this.forget =
        sqlite
            ? "DELETE FROM message_words WHERE rowid = ?"
            : "DELETE FROM message_words WHERE number = ?";
    this.remember =
        sqlite
            ? "INSERT INTO message_words (rowid, content) VALUES (?, ?)"
            : "INSERT INTO message_words (number, words) VALUES (?, to_tsvector('simple', ?))";
  }

  private record Behind(String conversation, long indexedSeq) {}

  /** A message that the log tells of, as it is now. */
  private record Entry(
      long seq, Optional<Long> number, Optional<String> content, boolean deleted) {}

  /** Catches up with all logs; called a few times a second. */
  void sweep() {
    for (List<Behind> due = behind(); !due.isEmpty(); due = behind()) {
      due.forEach(this::follow);
      if (due.size() < CONVERSATIONS) {
        return;
      }
    }
  }

  private List<Behind> behind() {
    return store.read(handle ->
        handle
            .select(
                """
                SELECT id, indexed_seq FROM conversations
                WHERE indexed_seq < last_seq ORDER BY id LIMIT ?\
                """,
                CONVERSATIONS)
            .map((row, context) -> new Behind(row.getString(1), row.getLong(2)))
            .list());
  }

  private void follow(Behind from) {
    Optional<Behind> next = Optional.of(from);
    while (next.isPresent()) {
      next = step(next.get());
    }
  }

  /** Indexes one portion. */
  private Optional<Behind> step(Behind from) {
    List<Entry> entries = entries(from);
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    long reached = entries.getLast().seq();
    Change change =
        new Change(new Change.Origin("search", "server"))
            .require(
                "elsewhere",
                "UPDATE conversations SET indexed_seq = ? WHERE id = ? AND indexed_seq = ?",
                reached,
                from.conversation(),
                from.indexedSeq());
    entries.forEach(entry -> index(change, entry));
    try {
      store.commit(change);
    } catch (Conflict elsewhere) {
      return Optional.empty();
    }
    return entries.size() < ENTRIES
        ? Optional.empty()
        : Optional.of(new Behind(from.conversation(), reached));
  }

  private void index(Change change, Entry entry) {
    entry
        .number()
        .ifPresent(number -> {
          change.write(forget, number);
          entry
              .content()
              .filter(content -> !entry.deleted())
              .ifPresent(content -> change.write(remember, number, content));
        });
  }

  private List<Entry> entries(Behind from) {
    return store.read(handle ->
        handle
            .select(
                """
                SELECT l.seq, m.number, m.content, m.deleted_at
                FROM log l LEFT JOIN messages m ON m.id = l.message
                  AND l.type IN ('message.posted', 'message.edited', 'message.deleted')
                WHERE l.conversation = ? AND l.seq > ? ORDER BY l.seq LIMIT ?\
                """,
                from.conversation(),
                from.indexedSeq(),
                ENTRIES)
            .map((row, context) ->
                new Entry(
                    row.getLong(1),
                    Optional.of(row.getLong(2)).filter(number -> number != 0),
                    Optional.ofNullable(row.getString(3)),
                    row.getLong(4) != 0))
            .list());
  }
}

package dev.parley.store;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The conversations' log, for those who read it without knowing a feature. */
public final class Log {
  private static final String HEAD =
      """
      SELECT c.last_seq, m.value FROM conversations c, meta m
      WHERE c.id = ? AND m.name = 'epoch'\
      """;
  private static final String PAGE =
      """
      SELECT conversation, seq, type, at, messages, body FROM log
      WHERE conversation = ? AND seq > ? ORDER BY seq LIMIT ?\
      """;

  private final Store store;

  Log(Store store) {
    this.store = store;
  }

  /**
   * The end of a conversation's log.
   *
   * @param epoch changes when the data was restored from a backup: positions of before mean nothing
   */
  public record Head(long seq, String epoch) {}

  public Optional<Head> head(String conversation) {
    return store.read(handle -> head(handle, conversation));
  }

  public static Optional<Head> head(Handle handle, String conversation) {
    return handle
        .select(HEAD, conversation)
        .map((row, context) -> new Head(row.getLong(1), row.getString(2)))
        .findOne();
  }

  /** Up to {@code limit} entries above {@code after}, ascending. */
  public List<Logged> page(String conversation, long after, int limit) {
    return store.read(handle ->
        handle
            .select(PAGE, conversation, after, limit)
            .map((row, context) ->
                new Logged(
                    row.getString(1),
                    row.getLong(2),
                    row.getString(3),
                    row.getLong(4),
                    row.getLong(5),
                    row.getString(6)))
            .list());
  }
}

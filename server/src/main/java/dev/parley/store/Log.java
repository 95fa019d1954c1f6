package dev.parley.store;

import java.util.List;

/** The conversations' log, for those who read it without knowing a feature. */
public final class Log {
  private static final String PAGE =
      """
      SELECT conversation, seq, type, at, messages, body FROM log
      WHERE conversation = ? AND seq > ? ORDER BY seq LIMIT ?\
      """;

  private final Store store;

  Log(Store store) {
    this.store = store;
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

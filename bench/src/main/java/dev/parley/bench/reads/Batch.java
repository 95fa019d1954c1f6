package dev.parley.bench.reads;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Inserts many rows of one table, some thousand at a time. */
final class Batch implements AutoCloseable {
  private static final int ROWS = 1_000;

  private final PreparedStatement statement;
  private int waiting;

  Batch(Connection connection, String sql) throws SQLException {
    statement = connection.prepareStatement(sql);
  }

  void add(@Nullable Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    statement.addBatch();
    if (++waiting == ROWS) {
      flush();
    }
  }

  void flush() throws SQLException {
    var _ = statement.executeBatch();
    waiting = 0;
  }

  @Override
  public void close() throws SQLException {
    flush();
    statement.close();
  }
}

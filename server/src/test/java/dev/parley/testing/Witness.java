package dev.parley.testing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.sqlite.SQLiteConfig;

/** Looks into a server's database past the server, so it sees just what is committed. */
public final class Witness implements AutoCloseable {
  private final Connection connection;
  private final PreparedStatement message;

  private Witness(Connection connection) throws SQLException {
    this.connection = connection;
    this.message =
        connection.prepareStatement(
            "SELECT client_id FROM messages WHERE conversation = ? AND seq = ?");
  }

  static Witness of(Path folder, Optional<String> url) {
    try {
      return new Witness(url.isPresent() ? Rows.toPostgres(url.get()) : toSqlite(folder));
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** Only reads: it must not tidy up what a crash has left. */
  private static Connection toSqlite(Path folder) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    return config.createConnection("jdbc:sqlite:" + folder.resolve("parley.db"));
  }

  /** Whether there is a message that is committed. */
  public boolean sees(String conversation, long seq) {
    try {
      message.setString(1, conversation);
      message.setLong(2, seq);
      try (ResultSet row = message.executeQuery()) {
        return row.next();
      }
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** The client's id of a message that is committed. */
  public Optional<String> clientId(String conversation, long seq) {
    try {
      message.setString(1, conversation);
      message.setLong(2, seq);
      try (ResultSet row = message.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }
}

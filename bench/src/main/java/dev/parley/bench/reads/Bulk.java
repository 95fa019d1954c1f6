package dev.parley.bench.reads;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** How to write much at once: without waiting for the disk, and with no checks of references. */
sealed interface Bulk {
  static Bulk of(Path data, Optional<String> url) {
    return url.<Bulk>map(Postgresql::new).orElseGet(() -> new Sqlite(data.resolve("parley.db")));
  }

  /** A connection with a transaction begun. */
  Connection open() throws SQLException;

  /** Takes a message into the search index: its number, its room's, and its text. */
  String words();

  /** Leaves the database as a server would: at rest. */
  void finish(Connection connection) throws SQLException;

  private static void all(Connection connection, List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        var _ = statement.execute(sql);
      }
    }
  }

  /** The embedded database. */
  record Sqlite(Path file) implements Bulk {
    @Override
    public Connection open() throws SQLException {
      Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
      all(
          connection,
          List.of(
              "PRAGMA journal_mode = MEMORY",
              "PRAGMA synchronous = OFF",
              "PRAGMA cache_size = -1000000"));
      connection.setAutoCommit(false);
      return connection;
    }

    @Override
    public String words() {
      return "INSERT INTO message_words (rowid, content) VALUES ((? << 24) | ?, ?)";
    }

    @Override
    public void finish(Connection connection) throws SQLException {
      connection.setAutoCommit(true);
      all(connection, List.of("PRAGMA journal_mode = WAL"));
    }
  }

  /** A PostgreSQL that is there; autovacuum would do in time what is done here at the end. */
  record Postgresql(String url) implements Bulk {
    private static final String WORDS = "message_words_words";
    private static final String ROOM = "message_words_room";

    @Override
    public Connection open() throws SQLException {
      URI at = URI.create(url);
      Connection connection =
          DriverManager.getConnection(
              "jdbc:postgresql://%s:%d%s?user=postgres&password=postgres&reWriteBatchedInserts=true"
                  .formatted(at.getHost(), at.getPort(), at.getPath()));
      all(
          connection,
          List.of(
              "SET session_replication_role = replica",
              "SET synchronous_commit = off",
              "DROP INDEX " + WORDS,
              "DROP INDEX " + ROOM));
      connection.setAutoCommit(false);
      return connection;
    }

    @Override
    public String words() {
      return "INSERT INTO message_words (number, room, words) VALUES (?, ?, strip(to_tsvector('simple', ?)))";
    }

    @Override
    public void finish(Connection connection) throws SQLException {
      connection.setAutoCommit(true);
      all(
          connection,
          List.of(
              "SET maintenance_work_mem = '512MB'",
              "CREATE INDEX " + WORDS + " ON message_words USING GIN (words)",
              "CREATE INDEX " + ROOM + " ON message_words (room, number)",
              "VACUUM ANALYZE",
              "CHECKPOINT"));
    }
  }
}

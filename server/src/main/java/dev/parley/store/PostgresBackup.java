package dev.parley.store;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** PostgreSQL's COPY of every table, as of one moment, in a ZIP file; needs no tool installed. */
final class PostgresBackup implements Backup {
  /** Every table, those that others refer to first. */
  private static final List<String> TABLES =
      List.of(
          "meta",
          "actors",
          "accounts",
          "personas",
          "identities",
          "separations",
          "sessions",
          "invitations",
          "projects",
          "conversations",
          "members",
          "whereabouts",
          "bans",
          "log",
          "messages",
          "reactions",
          "mentions",
          "emotion_tallies",
          "escalations",
          "replies",
          "summaries",
          "listening",
          "idempotency",
          "search_rooms",
          "message_words",
          "memories",
          "memory_sources",
          "memory_scopes",
          "memory_words",
          "entity_commits",
          "entity_heads",
          "entity_versions",
          "entity_nodes",
          "entity_pages");

  private static final List<String> NUMBERED = List.of("messages", "memories");
  private static final String VERSION_ENTRY = "schema-version";

  private final PostgresUrl url;

  PostgresBackup(PostgresUrl url) {
    this.url = url;
  }

  private Connection connect() throws SQLException {
    return url.unpooled().getConnection();
  }

  @Override
  public void write(Path target) throws IOException, SQLException {
    try (Connection connection = connect();
        OutputStream file = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      zip.putNextEntry(new ZipEntry(VERSION_ENTRY));
      zip.write(version(connection).getBytes(StandardCharsets.UTF_8));
      CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
      for (String table : TABLES) {
        zip.putNextEntry(new ZipEntry(table));
        copies.copyOut("COPY " + table + " TO STDOUT", new Unclosed(zip));
      }
    }
  }

  /** One entry of an archive: its end is not the end of the archive. */
  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }

  private static String version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT max(version) FROM flyway_schema_history WHERE success")) {
      row.next();
      return row.getString(1);
    }
  }

  /** The database may be new: it gets its tables first. */
  private Connection migrated() throws SQLException {
    Schema.migrate(url.unpooled(), Dialect.POSTGRESQL);
    return connect();
  }

  @Override
  public void restore(Path source) throws IOException, SQLException {
    try (PostgresLock lock = new PostgresLock(url);
        Connection connection = migrated();
        ZipFile zip = new ZipFile(source.toFile())) {
      connection.setAutoCommit(false);
      requireVersion(zip, version(connection), source);
      try (Statement statement = connection.createStatement()) {
        statement.execute("TRUNCATE " + String.join(", ", TABLES));
      }
      copyIn(connection, zip);
      finish(connection);
      connection.commit();
    } catch (java.util.zip.ZipException notOurs) {
      throw new UnusableDatabase(source + " is no backup of Parley", notOurs);
    }
  }

  private static void requireVersion(ZipFile zip, String version, Path source) throws IOException {
    ZipEntry entry = zip.getEntry(VERSION_ENTRY);
    if (entry == null) {
      throw new UnusableDatabase(source + " is no backup of Parley");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      String found = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      if (!found.equals(version)) {
        throw new UnusableDatabase(
            source + " is of schema version " + found + ", the database of version " + version);
      }
    }
  }

  private static void copyIn(Connection connection, ZipFile zip) throws IOException, SQLException {
    CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
    for (String table : TABLES) {
      try (InputStream rows = zip.getInputStream(zip.getEntry(table))) {
        copies.copyIn("COPY " + table + " FROM STDIN", rows);
      }
    }
  }

  private static void finish(Connection connection) throws SQLException {
    try (PreparedStatement epoch =
            connection.prepareStatement("UPDATE meta SET value = ? WHERE name = 'epoch'");
        Statement statement = connection.createStatement()) {
      epoch.setString(1, Schema.newEpoch());
      epoch.executeUpdate();
      for (String table : NUMBERED) {
        statement.execute(
            "SELECT setval(pg_get_serial_sequence('%1$s', 'number'),".formatted(table)
                + " (SELECT coalesce(max(number), 1) FROM %1$s))".formatted(table));
      }
    }
  }
}

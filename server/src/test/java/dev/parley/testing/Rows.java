package dev.parley.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a server's database holds, read past the server. */
public final class Rows {
  private static final List<String> TABLES =
      List.of(
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
          "memories",
          "memory_sources",
          "memory_scopes",
          "memory_words",
          "entity_commits",
          "entity_heads",
          "entity_versions",
          "entity_nodes",
          "entity_pages");

  private Rows() {}

  /** Every row as text, by table. */
  public static Map<String, List<String>> all(TestServer server) {
    Map<String, List<String>> all = new TreeMap<>();
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        all.put(table, rows(statement, table));
      }
      return all;
    } catch (SQLException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  /** The names of all tables of a PostgreSQL database but that of the migrations. */
  public static List<String> tables(TestServer server) {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
                    + " AND tablename NOT LIKE 'flyway%'")) {
      List<String> names = new ArrayList<>();
      while (found.next()) {
        names.add(found.getString(1));
      }
      return names;
    } catch (SQLException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  /** All rows of all tables as one text, to look for something that must not be there. */
  public static String dump(TestServer server) {
    return all(server).toString();
  }

  /** Writes past the server, as a crash or an operator might. */
  public static void change(TestServer server, String sql) {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static List<String> rows(Statement statement, String table) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (ResultSet row = statement.executeQuery("SELECT * FROM " + table)) {
      int columns = row.getMetaData().getColumnCount();
      while (row.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          values.add(String.valueOf(row.getString(i)));
        }
        rows.add(values.toString());
      }
    }
    rows.sort(null);
    return rows;
  }

  private static Connection connect(TestServer server) throws SQLException {
    String url = server.configuration().get("DATABASE_URL");
    return url == null
        ? DriverManager.getConnection("jdbc:sqlite:" + server.folder().resolve("parley.db"))
        : toPostgres(url);
  }

  /** To a database of {@link Database#POSTGRESQL}. */
  static Connection toPostgres(String url) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:" + url.replace("postgres:postgres@", ""), "postgres", "postgres");
  }
}

package dev.parley.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Remembers in the database that Flyway has found nothing to do. It looks at the program's scripts
 * and at its own history of the database; as long as both are what they were then, it need not be
 * asked again, which takes most of a start. The seal is a hash of both.
 */
final class SchemaSeal {
  private static final String HISTORY =
      """
      SELECT installed_rank, version, type, script, checksum, success
      FROM flyway_schema_history ORDER BY installed_rank\
      """;
  private static final int COLUMNS = 6;

  private final byte[] scripts;

  /** The seal of this program's scripts for a database. */
  SchemaSeal(Dialect dialect) {
    MessageDigest digest = sha256();
    for (String folder :
        List.of("/db/migration", "/db/" + dialect.name().toLowerCase(Locale.ROOT))) {
      scripts(folder).forEach(script -> addScript(digest, folder + "/" + script));
    }
    this.scripts = digest.digest();
  }

  private static void addScript(MessageDigest digest, String script) {
    digest.update(script.getBytes(StandardCharsets.UTF_8));
    try (InputStream in = SchemaSeal.class.getResourceAsStream(script)) {
      digest.update(in == null ? new byte[0] : in.readAllBytes());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The names of the files in a folder of the class path, in order. */
  private static List<String> scripts(String folder) {
    URL url = SchemaSeal.class.getResource(folder);
    if (url == null) {
      throw new IllegalStateException("there is no " + folder);
    }
    try {
      return url.getProtocol().equals("jar") ? inJar(url) : inFolder(url.toURI());
    } catch (IOException | URISyntaxException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  private static List<String> inJar(URL url) throws IOException {
    JarURLConnection jar = (JarURLConnection) url.openConnection();
    String prefix = jar.getEntryName() + (jar.getEntryName().endsWith("/") ? "" : "/");
    return jar.getJarFile().stream()
        .filter(entry -> entry.getName().startsWith(prefix) && !entry.isDirectory())
        .map(entry -> entry.getName().substring(prefix.length()))
        .sorted()
        .toList();
  }

  private static List<String> inFolder(URI uri) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(uri))) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  /** Whether the database bears the seal. */
  boolean isOn(DataSource database) {
    try (Connection connection = database.getConnection()) {
      Optional<String> found = found(connection);
      return found.isPresent() && found.get().equals(of(connection));
    } catch (SQLException noSchemaYet) {
      return false;
    }
  }

  private static Optional<String> found(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT value FROM meta WHERE name = 'schema seal'")) {
      return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
    }
  }

  /** Puts the seal on the database. */
  void put(DataSource database) {
    try (Connection connection = database.getConnection();
        PreparedStatement write =
            connection.prepareStatement(
                """
                INSERT INTO meta (name, value) VALUES ('schema seal', ?)
                ON CONFLICT (name) DO UPDATE SET value = excluded.value\
                """)) {
      write.setString(1, of(connection));
      write.executeUpdate();
    } catch (SQLException unwritable) {
      throw new UnusableDatabase("The database cannot be written: " + unwritable, unwritable);
    }
  }

  private String of(Connection connection) throws SQLException {
    MessageDigest digest = sha256();
    digest.update(scripts);
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(HISTORY)) {
      while (rows.next()) {
        for (int i = 1; i <= COLUMNS; i++) {
          digest.update((rows.getString(i) + "\n").getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}

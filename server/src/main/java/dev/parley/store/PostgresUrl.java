package dev.parley.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A URL as operators write it: {@code postgresql://user:password@host:port/database?parameters}.
 *
 * @param jdbc the same for the driver, without the secret
 */
record PostgresUrl(String jdbc, Optional<String> user, Optional<String> password) {

  static PostgresUrl parse(String url) {
    try {
      URI uri = new URI(url);
      if (uri.getHost() == null || uri.getPath() == null || uri.getPath().length() < 2) {
        throw new UnusableDatabase("DATABASE_URL must look like postgresql://host/database");
      }
      String[] login =
          uri.getRawUserInfo() == null ? new String[0] : uri.getRawUserInfo().split(":", 2);
      return new PostgresUrl(
          jdbc(uri),
          login.length > 0 ? Optional.of(decoded(login[0])) : Optional.empty(),
          login.length > 1 ? Optional.of(decoded(login[1])) : Optional.empty());
    } catch (URISyntaxException malformed) {
      throw new UnusableDatabase("DATABASE_URL must look like postgresql://host/database");
    }
  }

  private static String jdbc(URI uri) {
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** Connections apart from the server's pool. */
  DataSource unpooled() {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(jdbc);
    user.ifPresent(database::setUser);
    password.ifPresent(database::setPassword);
    return database;
  }

  /** For messages: where it is, not how to get in. */
  String shown() {
    return jdbc.substring("jdbc:".length()).replaceFirst("\\?.*", "");
  }
}

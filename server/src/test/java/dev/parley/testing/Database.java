package dev.parley.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The two databases that every behaviour is tested on. */
public enum Database {
  SQLITE {
    @Override
    public Map<String, String> fresh() {
      return Map.of();
    }
  },
  POSTGRESQL {
    @Override
    public Map<String, String> fresh() {
      return Map.of("DATABASE_URL", Postgres.newDatabase());
    }
  };

  /** The configuration of a new, empty database. */
  public abstract Map<String, String> fresh();

  /** One PostgreSQL for all tests of a process, with a database for each server. */
  private static final class Postgres {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static @Nullable EmbeddedPostgres running;

    static synchronized String newDatabase() {
      try {
        if (running == null) {
          running =
              EmbeddedPostgres.builder()
                  .setPGStartupWait(Duration.ofMinutes(2))
                  .setServerConfig("max_connections", "300")
                  .start();
        }
        String name = "parley" + COUNT.incrementAndGet();
        try (Connection connection = running.getPostgresDatabase().getConnection();
            Statement statement = connection.createStatement()) {
          statement.execute("CREATE DATABASE " + name);
        }
        return "postgresql://postgres:postgres@localhost:" + running.getPort() + "/" + name;
      } catch (IOException | SQLException unavailable) {
        throw new IllegalStateException(unavailable);
      }
    }
  }
}

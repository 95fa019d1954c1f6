package dev.parley.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** The databases that a server of our own can run on. */
public enum Database {
  SQLITE {
    @Override
    public Running start() {
      return new Running(Optional.empty(), () -> {});
    }
  },

  POSTGRESQL {
    @Override
    public Running start() {
      try {
        EmbeddedPostgres postgres = durable().start();
        return new Running(Optional.of(url(postgres.getPort())), () -> stop(postgres));
      } catch (IOException e) {
        throw new LoadFailure("PostgreSQL could not be started: " + e);
      }
    }

    private static void stop(EmbeddedPostgres postgres) {
      try {
        postgres.close();
      } catch (IOException e) {
        System.err.println("PostgreSQL could not be stopped: " + e);
      }
    }
  };

  /**
   * A database that is there.
   *
   * @param url for DATABASE_URL; without one the server uses what it has built in
   * @param stop ends it
   */
  public record Running(Optional<String> url, Runnable stop) {}

  /** PostgreSQL as an operator has it: the library's defaults give durability up for speed. */
  public static EmbeddedPostgres.Builder durable() {
    return EmbeddedPostgres.builder()
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("fsync", "on");
  }

  /** What DATABASE_URL says of one that listens here. */
  public static String url(int port) {
    return "postgresql://postgres:postgres@localhost:" + port + "/postgres";
  }

  /** Starts one with nothing in it, with the durability of a real one. */
  public abstract Running start();

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package dev.parley.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that one process alone delivers what is in a database: an advisory lock, held by a
 * connection of its own. If that connection is lost, nothing is written until the lock is held
 * again.
 */
final class PostgresLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresLock.class);
  private static final long KEY = 0x7061726C6579L;
  private static final Optional<String> GONE = Optional.of("The database does not answer");
  private static final Optional<String> ELSEWHERE =
      Optional.of("Another Parley serves this database");
  private static final Duration CHECK_EVERY = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final PostgresUrl url;
  private final Thread guard;
  private volatile Optional<String> trouble = Optional.empty();
  private volatile boolean closed;
  private @Nullable Connection connection;

  /**
   * @throws UnusableDatabase if another process holds it
   */
  PostgresLock(PostgresUrl url) {
    this.url = url;
    try {
      if (!acquire()) {
        throw new UnusableDatabase("The database " + url.shown() + " is in use by another Parley");
      }
    } catch (SQLException unreachable) {
      throw new UnusableDatabase(
          "PostgreSQL at " + url.shown() + " does not answer: " + unreachable.getMessage());
    }
    this.guard = Thread.ofVirtual().name("parley-lock").start(this::watch);
  }

  /** Why nothing may be written now, in words; empty while the lock is held. */
  Optional<String> trouble() {
    return trouble;
  }

  private boolean acquire() throws SQLException {
    Connection fresh = url.unpooled().getConnection();
    boolean held = false;
    try {
      held = lock(fresh);
    } finally {
      if (held) {
        connection = fresh;
      } else {
        fresh.close();
      }
    }
    return held;
  }

  /** Keepalives, so that PostgreSQL lets go of the lock of a machine that has vanished. */
  private static boolean lock(Connection fresh) throws SQLException {
    try (Statement statement = fresh.createStatement()) {
      statement.execute(
          "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5;"
              + " SET tcp_keepalives_count = 3");
      try (ResultSet row = statement.executeQuery("SELECT pg_try_advisory_lock(" + KEY + ")")) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  private void watch() {
    while (!closed) {
      try {
        Thread.sleep(CHECK_EVERY);
        if (!isHeld()) {
          trouble = GONE;
          letGo();
          trouble = acquire() ? Optional.empty() : ELSEWHERE;
          LOG.warn("the lock on the database was lost: {}", trouble.orElse("it is back"));
        }
      } catch (SQLException away) {
        LOG.debug("the database is away", away);
      } catch (InterruptedException closing) {
        return;
      }
    }
  }

  private boolean isHeld() throws SQLException {
    Connection known = connection;
    return trouble.isEmpty() && known != null && known.isValid(5);
  }

  @Override
  public void close() {
    closed = true;
    guard.interrupt();
    unlock();
    letGo();
  }

  /** PostgreSQL notices the end of a connection a moment later; the next server need not wait. */
  private void unlock() {
    Connection known = connection;
    if (known == null) {
      return;
    }
    try (Statement statement = known.createStatement()) {
      known.setNetworkTimeout(Runnable::run, (int) PATIENCE.toMillis());
      statement.execute("SELECT pg_advisory_unlock(" + KEY + ")");
    } catch (SQLException away) {
      LOG.debug("the lock ends with its connection", away);
    }
  }

  private void letGo() {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException harmless) {
      LOG.debug("the lock's connection was gone already", harmless);
    }
  }
}

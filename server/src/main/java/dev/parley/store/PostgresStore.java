package dev.parley.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.parley.wire.Refusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL: every change its own transaction. The row of the conversation is locked from the
 * moment that it gives a seq until the commit, so seq and commit order agree.
 */
final class PostgresStore implements Store {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresStore.class);
  private static final int ATTEMPTS = 5;
  private static final Set<String> TRY_AGAIN = Set.of("40001", "40P01");

  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final SlowStatements slow;
  private final InstantSource clock;
  private final Semaphore places;
  private final AtomicInteger waiting = new AtomicInteger();
  private final Optional<PostgresLock> lock;
  private volatile Listener listener = entries -> {};

  /**
   * Connects and migrates.
   *
   * @throws UnusableDatabase in one line, if it cannot be had
   */
  PostgresStore(
      StoreSettings settings,
      SlowStatements slow,
      InstantSource clock,
      Stores.Exclusivity exclusivity) {
    this.slow = slow;
    this.clock = clock;
    this.places = new Semaphore(settings.queue() == 0 ? Integer.MAX_VALUE : settings.queue());
    PostgresUrl url = PostgresUrl.parse(settings.url().orElseThrow());
    try {
      this.pool = pool(settings, url);
    } catch (RuntimeException unreachable) {
      throw new UnusableDatabase(
          "PostgreSQL at " + url.shown() + " does not answer: " + rootWords(unreachable),
          unreachable);
    }
    try {
      this.lock =
          exclusivity == Stores.Exclusivity.ALONE
              ? Optional.of(new PostgresLock(url))
              : Optional.empty();
      Schema.migrate(url.unpooled(), Dialect.POSTGRESQL);
    } catch (RuntimeException problem) {
      pool.close();
      throw problem;
    }
    this.jdbi = Readers.of(pool, slow);
  }

  private static HikariDataSource pool(StoreSettings settings, PostgresUrl url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url.jdbc());
    url.user().ifPresent(config::setUsername);
    url.password().ifPresent(config::setPassword);
    config.setMaximumPoolSize(settings.readers() + settings.overflow());
    config.setMinimumIdle(settings.readers());
    config.setConnectionTimeout(settings.poolTimeout().toMillis());
    config.setMaxLifetime(settings.poolRecycle().toMillis());
    config.setPoolName("parley");
    return new HikariDataSource(config);
  }

  private static String rootWords(Throwable problem) {
    Throwable root = problem;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse(root.toString());
  }

  @Override
  public Committed commit(Change change) {
    if (lock.map(PostgresLock::isLost).orElse(false)) {
      throw Refusal.unavailable("Another Parley serves this database");
    }
    if (!places.tryAcquire()) {
      throw Refusal.overloaded("Too many changes wait to be written", Duration.ofMillis(250));
    }
    waiting.incrementAndGet();
    try {
      Committed committed = withRetries(change);
      announce(committed);
      return committed;
    } finally {
      waiting.decrementAndGet();
      places.release();
    }
  }

  /** The change is durable whatever becomes of the news of it. */
  private void announce(Committed committed) {
    try {
      if (!committed.entries().isEmpty()) {
        listener.committed(committed.entries());
      }
    } catch (RuntimeException bug) {
      LOG.error("a committed change could not be announced", bug);
    }
  }

  private Committed withRetries(Change change) {
    for (int attempt = 1; ; attempt++) {
      try {
        return inOwnTransaction(change);
      } catch (SQLException problem) {
        if (isConstraint(problem)) {
          throw new Conflict(Conflict.CONSTRAINT);
        }
        if (attempt == ATTEMPTS || !TRY_AGAIN.contains(String.valueOf(problem.getSQLState()))) {
          LOG.error("a change could not be written", problem);
          throw Refusal.unavailable("The database cannot write");
        }
      }
    }
  }

  private Committed inOwnTransaction(Change change) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      Committed committed;
      try {
        committed = new Transaction(connection::prepareStatement, slow, clock).apply(change);
      } catch (SQLException | RuntimeException problem) {
        rollBack(connection);
        throw problem;
      }
      commit(connection, committed);
      return committed;
    }
  }

  private static void rollBack(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException lost) {
      LOG.debug("the connection is lost, and the transaction with it", lost);
    }
  }

  /** If the connection is lost here, nobody knows whether the change is durable: readers look. */
  private void commit(Connection connection, Committed committed) throws SQLException {
    try {
      connection.commit();
    } catch (SQLException unknownOutcome) {
      listener.doubtful(committed.conversations());
      throw unknownOutcome;
    }
  }

  /** Class 23 of SQLSTATE: integrity constraint violation. */
  private static boolean isConstraint(SQLException problem) {
    return problem.getSQLState() != null && problem.getSQLState().startsWith("23");
  }

  @Override
  public <T> T read(Question<T> question) {
    try {
      return jdbi.withHandle(question::ask);
    } catch (ConnectionException | StatementException problem) {
      LOG.error("the database did not answer", problem);
      throw Refusal.unavailable("The database does not answer");
    }
  }

  @Override
  public void listen(Listener newListener) {
    listener = newListener;
  }

  @Override
  public Dialect dialect() {
    return Dialect.POSTGRESQL;
  }

  @Override
  public int waiting() {
    return waiting.get();
  }

  @Override
  public void close() {
    pool.close();
    lock.ifPresent(PostgresLock::close);
  }
}

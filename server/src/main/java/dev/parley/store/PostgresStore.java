package dev.parley.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.parley.wire.Refusal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL. The row of the conversation is locked from the moment that it gives a seq until the
 * commit, so seq and commit order agree. Changes to one conversation that would wait for that row
 * share a transaction, and with it the wait for the disk; all others have one of their own.
 */
final class PostgresStore implements Store {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresStore.class);

  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final PostgresWriter writer;
  private final Semaphore places;
  private final AtomicInteger waiting = new AtomicInteger();
  private final Optional<PostgresLock> lock;

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
    this.places = new Semaphore(settings.queue() == 0 ? Integer.MAX_VALUE : settings.queue());
    PostgresUrl url = PostgresUrl.parse(settings.url().orElseThrow());
    try {
      this.pool = PostgresPool.open(settings, url);
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
    this.writer = new PostgresWriter(pool, slow, clock);
    this.jdbi = Readers.of(pool, slow);
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
      return writer.commit(change);
    } finally {
      waiting.decrementAndGet();
      places.release();
    }
  }

  @Override
  public <T> T read(Question<T> question) {
    try {
      return ask(question);
    } catch (ConnectionException | StatementException problem) {
      LOG.error("the database did not answer", problem);
      throw Refusal.unavailable("The database does not answer");
    }
  }

  /** A connection may have died since it was used last; a question may be asked again. */
  private <T> T ask(Question<T> question) {
    try {
      return jdbi.withHandle(question::ask);
    } catch (StatementException problem) {
      if (!(problem.getCause() instanceof SQLException cause && PostgresLoss.isPossible(cause))) {
        throw problem;
      }
      pool.getHikariPoolMXBean().softEvictConnections();
      return jdbi.withHandle(question::ask);
    }
  }

  @Override
  public void listen(Listener newListener) {
    writer.listen(newListener);
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

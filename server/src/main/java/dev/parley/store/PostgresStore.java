package dev.parley.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.parley.wire.Refusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
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
  private static final int ATTEMPTS = 5;
  private static final Set<String> TRY_AGAIN = Set.of("40001", "40P01");

  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final SlowStatements slow;
  private final InstantSource clock;
  private final Semaphore places;
  private final AtomicInteger waiting = new AtomicInteger();
  private final Optional<PostgresLock> lock;
  private final Lines lines = new Lines(this::together);
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
    lock.flatMap(PostgresLock::trouble)
        .ifPresent(words -> {
          throw Refusal.unavailable(words);
        });
    if (!places.tryAcquire()) {
      throw Refusal.overloaded("Too many changes wait to be written", Duration.ofMillis(250));
    }
    waiting.incrementAndGet();
    try {
      return change
          .conversation()
          .map(conversation -> lines.await(conversation, change))
          .orElseGet(() -> alone(change));
    } finally {
      waiting.decrementAndGet();
      places.release();
    }
  }

  private Committed alone(Change change) {
    Committed committed = withRetries(change);
    announce(committed.entries());
    return committed;
  }

  private void together(List<Pending> group) {
    if (group.size() == 1) {
      group.forEach(this::endAlone);
      return;
    }
    try {
      List<Ended> ended = inOneTransaction(group);
      announce(Ended.entries(ended));
      ended.forEach(Ended::tell);
    } catch (SQLException rolledBack) {
      LOG.warn("a group of {} changes is tried one by one", group.size(), rolledBack);
      group.forEach(pending -> Thread.ofVirtual().start(() -> endAlone(pending)));
    } catch (RuntimeException unknown) {
      group.forEach(pending -> pending.outcome().completeExceptionally(unknown));
    }
  }

  private void endAlone(Pending pending) {
    try {
      pending.outcome().complete(alone(pending.change()));
    } catch (RuntimeException failed) {
      pending.outcome().completeExceptionally(failed);
    }
  }

  /** Changes are durable whatever becomes of the news of them. */
  private void announce(List<Logged> entries) {
    try {
      if (!entries.isEmpty()) {
        listener.committed(entries);
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
    return inTransaction(
        connection -> new Transaction(connection::prepareStatement, slow, clock).apply(change),
        Committed::entries);
  }

  private List<Ended> inOneTransaction(List<Pending> group) throws SQLException {
    return inTransaction(
        connection -> new PostgresGroup(connection, slow, clock).apply(group), Ended::entries);
  }

  /** What is done inside a transaction. */
  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private <T> T inTransaction(Work<T> work, Function<T, List<Logged>> entries) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      T result;
      try {
        result = work.on(connection);
      } catch (SQLException | RuntimeException problem) {
        rollBack(connection);
        throw problem;
      }
      commit(connection, entries.apply(result));
      return result;
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
  private void commit(Connection connection, List<Logged> entries) throws SQLException {
    try {
      connection.commit();
    } catch (SQLException problem) {
      if (isRolledBack(problem)) {
        throw problem;
      }
      LOG.error("whether a change was written is unknown", problem);
      listener.doubtful(entries.stream().map(Logged::conversation).collect(Collectors.toSet()));
      throw Refusal.unavailable("The database cannot write");
    }
  }

  /** PostgreSQL itself says that nothing was written. */
  private static boolean isRolledBack(SQLException problem) {
    return isConstraint(problem) || TRY_AGAIN.contains(String.valueOf(problem.getSQLState()));
  }

  /** Class 23 of SQLSTATE: integrity constraint violation. */
  static boolean isConstraint(SQLException problem) {
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

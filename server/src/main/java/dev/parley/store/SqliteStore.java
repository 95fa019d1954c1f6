package dev.parley.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.parley.wire.Refusal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The embedded database: one writer, a few readers on platform threads of their own, because native
 * calls pin the carrier of a virtual thread.
 */
final class SqliteStore implements Store {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteStore.class);

  /** 128 MiB: a page that many posts touch is copied to the database once for all of them. */
  private static final int AUTOCHECKPOINT_PAGES = 32_768;

  private static final int BUSY_MS = 5_000;

  private final DataFolder folder;
  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final ExecutorService readers;
  private final Writer writer;
  private final Checkpointer checkpointer;

  /**
   * Opens or makes the database of a folder.
   *
   * @throws UnusableDatabase in one line, if it cannot be had
   */
  SqliteStore(
      StoreSettings settings,
      SlowStatements slow,
      InstantSource clock,
      Stores.Exclusivity exclusivity) {
    this.folder =
        exclusivity == Stores.Exclusivity.ALONE
            ? DataFolder.lock(settings.data())
            : DataFolder.beside(settings.data());
    try {
      SQLiteDataSource writable = dataSource(folder.database(), false);
      Schema.migrate(writable, Dialect.SQLITE);
      this.writer = new Writer(transacting(writable), slow, clock, settings.queue());
      this.checkpointer = new Checkpointer(writable.getConnection());
      this.pool = pool(settings);
      this.jdbi = Readers.of(pool, slow);
      this.readers =
          Executors.newFixedThreadPool(
              settings.readers(), Thread.ofPlatform().name("parley-reader-", 1).daemon().factory());
      readers.execute(this::askFirst);
    } catch (SQLException | RuntimeException problem) {
      folder.close();
      throw unusable(problem);
    }
  }

  /** The first question takes a tenth of a second, so it is asked beside the rest of a start. */
  private void askFirst() {
    jdbi.useHandle(handle -> handle.createQuery("SELECT 1").mapTo(Integer.class).one());
  }

  private UnusableDatabase unusable(Exception problem) {
    return problem instanceof UnusableDatabase known
        ? known
        : new UnusableDatabase(
            "The database " + folder.database() + " cannot be opened: " + rootWords(problem),
            problem);
  }

  private static String rootWords(Throwable problem) {
    Throwable root = problem;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse(root.toString());
  }

  static SQLiteDataSource dataSource(Path file, boolean readOnly) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setReadOnly(readOnly);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(BUSY_MS);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    config.setPragma(SQLiteConfig.Pragma.CACHE_SIZE, "-32000");
    config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
    config.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, "268435456");
    config.setGetGeneratedKeys(false);
    config.setPragma(
        SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, Integer.toString(AUTOCHECKPOINT_PAGES));
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  /**
   * A connection whose user begins and ends transactions. To a driver that commits by itself every
   * statement is followed by two more, to make sure that no transaction stays open; so it is told
   * that it does not, and the transaction that it then begins is ended.
   */
  private static Connection transacting(SQLiteDataSource source) throws SQLException {
    Connection connection = source.getConnection();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("COMMIT");
    }
    return connection;
  }

  private HikariDataSource pool(StoreSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(dataSource(folder.database(), true));
    config.setMaximumPoolSize(settings.readers());
    config.setReadOnly(true);
    config.setPoolName("parley-readers");
    return new HikariDataSource(config);
  }

  @Override
  public Committed commit(Change change) {
    try {
      return writer.submit(change).join();
    } catch (CompletionException failed) {
      throw Unwrapped.of(failed.getCause());
    }
  }

  @Override
  public <T> T read(Question<T> question) {
    Future<T> answer =
        readers.submit(StatementCount.handedOver(() -> jdbi.withHandle(question::ask)));
    try {
      return answer.get();
    } catch (InterruptedException stopped) {
      answer.cancel(false);
      Thread.currentThread().interrupt();
      throw Refusal.unavailable("The server is shutting down");
    } catch (ExecutionException failed) {
      throw failure(failed.getCause());
    }
  }

  private static RuntimeException failure(@Nullable Throwable cause) {
    if (cause instanceof ConnectionException || cause instanceof StatementException) {
      LOG.error("the database did not answer", cause);
      return Refusal.unavailable("The database does not answer");
    }
    return Unwrapped.of(cause);
  }

  @Override
  public void listen(Listener listener) {
    writer.listen(listener);
  }

  @Override
  public Dialect dialect() {
    return Dialect.SQLITE;
  }

  @Override
  public int waiting() {
    return writer.waiting();
  }

  @Override
  public void close() {
    checkpointer.close();
    writer.close();
    awaitAnswers();
    pool.close();
    folder.close();
  }

  /** Whoever still asks has the database open. */
  private void awaitAnswers() {
    readers.shutdown();
    try {
      if (!readers.awaitTermination(10, TimeUnit.SECONDS)) {
        LOG.warn("the database is closed while somebody asks it");
      }
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }
}

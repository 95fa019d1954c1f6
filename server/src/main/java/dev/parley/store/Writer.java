package dev.parley.store;

import dev.parley.wire.Refusal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The one writer of an embedded database, with group commit.
 *
 * <p>Changes that arrive while the disk is busy wait together and are then done in one transaction,
 * so they share one fsync; the busier the server, the larger the groups. A group in which a guard
 * does not hold is undone and done again with each change under its own savepoint, which undoes
 * that change alone. An error that ends the transaction (disk full, I/O) undoes the group; its
 * changes are then tried one by one, so only the culprit fails; but if somebody else has the lock,
 * no change is, and all of them fail at once. Nobody hears of a change before COMMIT has returned.
 */
final class Writer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
  private static final int MAX_GROUP = 1_024;
  private static final int WARY_FOR = 32;

  private final Connection connection;
  private final Transaction transaction;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();
  private final BlockingQueue<Pending> queue;
  private final Thread thread;
  private volatile Store.Listener listener = entries -> {};
  private volatile boolean closing;
  private int wary;

  Writer(Connection connection, SlowStatements slow, InstantSource clock, int queueLimit) {
    this.connection = connection;
    this.transaction = new Transaction(this::prepare, slow, clock);
    this.queue = new LinkedBlockingQueue<>(queueLimit == 0 ? Integer.MAX_VALUE : queueLimit);
    this.thread = Thread.ofPlatform().name("parley-writer").daemon().start(this::run);
  }

  void listen(Store.Listener newListener) {
    listener = newListener;
  }

  int waiting() {
    return queue.size();
  }

  CompletableFuture<Committed> submit(Change change) {
    Pending pending = new Pending(change);
    if (closing) {
      throw Refusal.unavailable("The server is shutting down");
    }
    if (!queue.offer(pending)) {
      throw Refusal.overloaded("Too many changes wait to be written", Duration.ofMillis(250));
    }
    if (!thread.isAlive()) {
      refuseTheRest();
    }
    return pending.outcome();
  }

  private void run() {
    List<Pending> group = new ArrayList<>(MAX_GROUP);
    while (!closing || !queue.isEmpty()) {
      try {
        group.add(queue.take());
        queue.drainTo(group, MAX_GROUP - 1);
        commit(group);
      } catch (InterruptedException wokenToClose) {
        closing = true;
      } catch (RuntimeException | Error bug) {
        LOG.error("the writer met an unexpected error and goes on", bug);
        fail(group, bug);
      } finally {
        group.clear();
      }
    }
  }

  /**
   * Most groups hold as they are, and are spared the savepoints. One that does not, and those right
   * after it, are done with them: whoever sends what is refused, again and again, gains nothing.
   */
  private void commit(List<Pending> group) {
    Optional<List<Ended>> ended = wary > 0 ? Optional.empty() : together(group);
    if (ended.isPresent()) {
      announce(ended.get());
    } else {
      wary--;
      commitApart(group);
    }
  }

  private Optional<List<Ended>> together(List<Pending> group) {
    try {
      return Optional.of(inOneTransaction(group, this::done));
    } catch (RuntimeException guardDoesNotHold) {
      rollBack();
    } catch (SQLException constraintOrDisk) {
      forgetStatements();
      rollBack();
    }
    wary = WARY_FOR;
    return Optional.empty();
  }

  private void commitApart(List<Pending> group) {
    try {
      announce(inOneTransaction(group, this::doneOrUndone));
    } catch (SQLException endedTheTransaction) {
      forgetStatements();
      rollBack();
      if (group.size() == 1 || isBusy(endedTheTransaction)) {
        LOG.error("{} changes could not be written", group.size(), endedTheTransaction);
        fail(group, Refusal.unavailable("The database cannot write: " + word(endedTheTransaction)));
      } else {
        LOG.warn("a group of {} changes is tried one by one", group.size(), endedTheTransaction);
        group.forEach(pending -> commitApart(List.of(pending)));
      }
    }
  }

  /** How one change is done inside a transaction. */
  @FunctionalInterface
  private interface Way {
    Ended go(Pending pending) throws SQLException;
  }

  private List<Ended> inOneTransaction(List<Pending> group, Way way) throws SQLException {
    List<Ended> ended = new ArrayList<>(group.size());
    execute("BEGIN IMMEDIATE");
    for (Pending pending : group) {
      ended.add(way.go(pending));
    }
    execute("COMMIT");
    return ended;
  }

  private Ended done(Pending pending) throws SQLException {
    return new Ended.Done(pending, transaction.apply(pending.change()));
  }

  private Ended doneOrUndone(Pending pending) throws SQLException {
    execute("SAVEPOINT change");
    Ended ended;
    try {
      ended = done(pending);
    } catch (RuntimeException refused) {
      ended = undone(pending, refused);
    } catch (SQLiteException problem) {
      if (!isConstraint(problem)) {
        throw problem;
      }
      ended = undone(pending, new Conflict(Conflict.CONSTRAINT));
    }
    execute("RELEASE change");
    return ended;
  }

  private Ended undone(Pending pending, RuntimeException why) throws SQLException {
    execute("ROLLBACK TO change");
    return new Ended.Undone(pending, why);
  }

  private void announce(List<Ended> group) {
    List<Logged> entries = Ended.entries(group);
    try {
      if (!entries.isEmpty()) {
        listener.committed(entries);
      }
    } finally {
      group.forEach(Ended::tell);
    }
  }

  private static void fail(List<Pending> group, Throwable why) {
    group.forEach(pending -> pending.outcome().completeExceptionally(why));
  }

  private void rollBack() {
    try (Statement fresh = connection.createStatement()) {
      fresh.execute("ROLLBACK");
    } catch (SQLException rolledBackBySqliteItself) {
      LOG.debug("nothing left to roll back", rolledBackBySqliteItself);
    }
  }

  /** sqlite-jdbc ends for good what met an error, and every later use of it fails. */
  private void forgetStatements() {
    for (PreparedStatement statement : prepared.values()) {
      try {
        statement.close();
      } catch (SQLException endedBefore) {
        LOG.debug("a statement had ended already", endedBefore);
      }
    }
    prepared.clear();
  }

  private void execute(String sql) throws SQLException {
    prepare(sql).execute();
  }

  private PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    return statement;
  }

  private static boolean isConstraint(SQLiteException problem) {
    return (problem.getResultCode().code & 0xFF) == SQLiteErrorCode.SQLITE_CONSTRAINT.code;
  }

  private static boolean isBusy(SQLException problem) {
    return problem instanceof SQLiteException sqlite
        && (sqlite.getResultCode().code & 0xFF) == SQLiteErrorCode.SQLITE_BUSY.code;
  }

  private static String word(SQLException problem) {
    return problem instanceof SQLiteException sqlite
        ? sqlite.getResultCode().name()
        : "error " + problem.getErrorCode();
  }

  private void refuseTheRest() {
    List<Pending> late = new ArrayList<>();
    queue.drainTo(late);
    fail(late, Refusal.unavailable("The server is shutting down"));
  }

  /** Finishes what waits, then closes the connection. */
  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    try {
      thread.join();
      refuseTheRest();
      connection.close();
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    } catch (SQLException problem) {
      LOG.warn("the database did not close cleanly", problem);
    }
  }
}

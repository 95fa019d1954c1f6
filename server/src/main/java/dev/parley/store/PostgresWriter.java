package dev.parley.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.parley.wire.Refusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes changes to PostgreSQL. Those to one conversation stand in its line and go together, each
 * group in one round trip; all others go alone. Nobody hears of a change before it is durable.
 */
final class PostgresWriter {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresWriter.class);
  private static final int ATTEMPTS = 5;

  /**
   * The function finds its arguments by counting from the first one, so it is for short changes.
   */
  private static final int LONG = 500;

  private final HikariDataSource pool;
  private final SlowStatements slow;
  private final InstantSource clock;
  private final Lines lines = new Lines(this::together);
  private volatile Store.Listener listener = entries -> {};

  PostgresWriter(HikariDataSource pool, SlowStatements slow, InstantSource clock) {
    this.pool = pool;
    this.slow = slow;
    this.clock = clock;
  }

  void listen(Store.Listener newListener) {
    listener = newListener;
  }

  /** Returns when the change is durable. */
  Committed commit(Change change) {
    return change
        .conversation()
        .map(conversation -> lines.await(conversation, change))
        .orElseGet(() -> alone(new Pending(change)));
  }

  private Committed alone(Pending pending) {
    together(List.of(pending));
    return Lines.outcome(pending);
  }

  /** Changes that met others at the wrong moment are tried again, after those that did not. */
  private void together(List<Pending> group) {
    if (group.size() > 1 && group.stream().anyMatch(PostgresWriter::isLong)) {
      group.forEach(pending -> together(List.of(pending)));
      return;
    }
    List<Pending> left = group;
    for (int attempt = 1; !left.isEmpty() && attempt <= ATTEMPTS; attempt++) {
      left = attempt(left);
    }
    left.forEach(PostgresWriter::refuse);
  }

  private static boolean isLong(Pending pending) {
    return pending.change().steps().size() > LONG;
  }

  private List<Pending> attempt(List<Pending> group) {
    return isLong(group.getFirst()) ? step(group.getFirst()) : call(group);
  }

  /** Takes the steps of a long change one after the other, each a round trip. */
  private List<Pending> step(Pending pending) {
    try (Connection connection = pool.getConnection()) {
      return stepBy(connection, pending);
    } catch (SQLException noConnection) {
      LOG.error("no connection to write by", noConnection);
      refuse(pending);
      return List.of();
    }
  }

  private List<Pending> stepBy(Connection connection, Pending pending) throws SQLException {
    connection.setAutoCommit(false);
    try {
      Committed committed =
          new Transaction(connection::prepareStatement, slow, clock).apply(pending.change());
      connection.commit();
      announce(committed.entries());
      pending.outcome().complete(committed);
      return List.of();
    } catch (RuntimeException refused) {
      connection.rollback();
      pending.outcome().completeExceptionally(refused);
      return List.of();
    } catch (SQLException failed) {
      return stumbled(connection, pending, failed);
    }
  }

  private List<Pending> stumbled(Connection connection, Pending pending, SQLException failed)
      throws SQLException {
    if (PostgresLoss.isPossible(failed)) {
      return doubt(List.of(pending), failed);
    }
    connection.rollback();
    String state = String.valueOf(failed.getSQLState());
    if (PostgresGroup.TRY_AGAIN.contains(state)) {
      return List.of(pending);
    }
    if (state.startsWith(PostgresGroup.CONSTRAINT)) {
      pending.outcome().completeExceptionally(new Conflict(Conflict.CONSTRAINT));
      return List.of();
    }
    return oneByOne(List.of(pending), failed);
  }

  private List<Pending> call(List<Pending> group) {
    PostgresGroup written = new PostgresGroup(group, slow, clock.millis());
    try (Connection connection = pool.getConnection()) {
      return end(written, connection, group);
    } catch (SQLException noConnection) {
      LOG.error("no connection to write by", noConnection);
      group.forEach(PostgresWriter::refuse);
      return List.of();
    }
  }

  private List<Pending> end(PostgresGroup written, Connection connection, List<Pending> group) {
    try {
      written.commit(connection);
    } catch (SQLException failed) {
      return PostgresLoss.isPossible(failed) ? doubt(group, failed) : oneByOne(group, failed);
    }
    announce(Ended.entries(written.ended()));
    written.ended().forEach(Ended::tell);
    return written.again();
  }

  /** The connection was lost, so nobody knows whether the group is durable: readers look. */
  private List<Pending> doubt(List<Pending> group, SQLException lost) {
    LOG.error("whether {} changes were written is unknown", group.size(), lost);
    pool.getHikariPoolMXBean().softEvictConnections();
    Set<String> conversations =
        group.stream()
            .flatMap(pending -> pending.change().conversations())
            .collect(Collectors.toSet());
    listener.doubtful(conversations);
    group.forEach(PostgresWriter::refuse);
    return List.of();
  }

  /** Something in the group is not even understood, and all of it was undone. */
  private List<Pending> oneByOne(List<Pending> group, SQLException undone) {
    LOG.error("{} changes could not be written", group.size(), undone);
    if (group.size() == 1) {
      group.forEach(PostgresWriter::refuse);
    } else {
      group.forEach(pending -> together(List.of(pending)));
    }
    return List.of();
  }

  private static void refuse(Pending pending) {
    pending.outcome().completeExceptionally(Refusal.unavailable("The database cannot write"));
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
}

package dev.parley.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Does several changes in one transaction of a connection, each under its own savepoint. */
final class PostgresGroup {
  private final Connection connection;
  private final Transaction transaction;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  PostgresGroup(Connection connection, SlowStatements slow, InstantSource clock) {
    this.connection = connection;
    this.transaction = new Transaction(this::prepare, slow, clock);
  }

  /**
   * @throws SQLException if the transaction cannot go on
   */
  List<Ended> apply(List<Pending> group) throws SQLException {
    List<Ended> ended = new ArrayList<>(group.size());
    try (Statement savepoints = connection.createStatement()) {
      savepoints.execute("SAVEPOINT change");
      for (Pending pending : group) {
        Ended one = apply(pending);
        savepoints.execute(
            (one instanceof Ended.Done ? "RELEASE change" : "ROLLBACK TO change; RELEASE change")
                + "; SAVEPOINT change");
        ended.add(one);
      }
    }
    return ended;
  }

  private Ended apply(Pending pending) throws SQLException {
    try {
      return new Ended.Done(pending, transaction.apply(pending.change()));
    } catch (RuntimeException refused) {
      return new Ended.Undone(pending, refused);
    } catch (SQLException problem) {
      if (!PostgresStore.isConstraint(problem)) {
        throw problem;
      }
      return new Ended.Undone(pending, new Conflict(Conflict.CONSTRAINT));
    }
  }

  private PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    return statement;
  }
}

package dev.parley.store;

import dev.parley.wire.Refusal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several changes as one call of the function {@code commit_changes}: one transaction and one round
 * trip, in which each change that fails is undone alone.
 */
final class PostgresGroup {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresGroup.class);
  private static final String CALL =
      "SELECT state, word, given, micros, rows FROM commit_changes(?, ?, ?, ?, ?, ?, ?, ?)";

  /** What the function raises for a guard that touched no row. */
  private static final String GUARD = "PY001";

  /** Class 23 of SQLSTATE: integrity constraint violation. */
  static final String CONSTRAINT = "23";

  /** Serialization failure and deadlock: the same may well succeed next time. */
  static final Set<String> TRY_AGAIN = Set.of("40001", "40P01");

  private final SlowStatements slow;
  private final List<Ended> ended = new ArrayList<>();
  private final List<Pending> again = new ArrayList<>();
  private final List<Written> written = new ArrayList<>();
  private final PostgresArrays arrays = new PostgresArrays();

  private record Written(Pending pending, List<PostgresStep> steps) {}

  /**
   * @param now milliseconds since 1970
   */
  PostgresGroup(List<Pending> group, SlowStatements slow, long now) {
    this.slow = slow;
    group.forEach(pending -> add(pending, now));
  }

  private void add(Pending pending, long now) {
    try {
      List<PostgresStep> steps = PostgresStep.of(pending.change(), now);
      written.add(new Written(pending, steps));
      arrays.add(steps);
    } catch (RuntimeException unfit) {
      ended.add(new Ended.Undone(pending, unfit));
    }
  }

  /** How its changes ended, those that fell out before the database saw them first. */
  List<Ended> ended() {
    return ended;
  }

  /** Changes that are undone because they met others at the wrong moment. */
  List<Pending> again() {
    return again;
  }

  /**
   * Does the changes on a connection that commits each statement.
   *
   * @throws SQLException if nobody knows whether they are written
   */
  void commit(Connection connection) throws SQLException {
    if (written.isEmpty()) {
      return;
    }
    try (PreparedStatement call = connection.prepareStatement(CALL)) {
      arrays.bind(call);
      try (ResultSet rows = call.executeQuery()) {
        for (Written one : written) {
          rows.next();
          read(one, rows);
        }
      }
    }
  }

  private void read(Written one, ResultSet row) throws SQLException {
    tellSlow(one.steps(), (Long[]) row.getArray("micros").getArray());
    String state = row.getString("state");
    if (state == null) {
      Committed committed =
          new Committed(
              entries(one.pending().change(), (Long[]) row.getArray("given").getArray()),
              done(one.steps(), (Long[]) row.getArray("rows").getArray()));
      ended.add(new Ended.Done(one.pending(), committed));
    } else if (TRY_AGAIN.contains(state)) {
      again.add(one.pending());
    } else {
      ended.add(new Ended.Undone(one.pending(), why(state, row.getString("word"))));
    }
  }

  private void tellSlow(List<PostgresStep> steps, Long[] micros) {
    for (int i = 0; i < micros.length; i++) {
      slow.lasted(steps.get(i).sql(), micros[i] * 1_000);
    }
  }

  private static Map<Change.Entry, Logged> entries(Change change, Long[] given) {
    Map<Change.Entry, Logged> entries = new IdentityHashMap<>(2);
    int at = 0;
    for (Change.Step step : change.steps()) {
      if (step instanceof Change.Step.Append append) {
        entries.put(append.entry(), append.entry().at(given[at], given[at + 1]));
        at += 2;
      }
    }
    return entries;
  }

  private static Set<Change.Attempt> done(List<PostgresStep> steps, Long[] rows) {
    Set<Change.Attempt> done = new HashSet<>();
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] > 0) {
        steps.get(i).attempt().ifPresent(done::add);
      }
    }
    return done;
  }

  private static RuntimeException why(String state, String word) {
    if (state.equals(GUARD)) {
      return new Conflict(word);
    }
    if (state.startsWith(CONSTRAINT)) {
      return new Conflict(Conflict.CONSTRAINT);
    }
    LOG.error("a change could not be written: {} {}", state, word);
    return Refusal.unavailable("The database cannot write");
  }
}

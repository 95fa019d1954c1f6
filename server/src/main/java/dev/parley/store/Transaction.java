package dev.parley.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Does the steps of a change inside a transaction that somebody else begins and ends. A guard that
 * does not hold is a {@link Conflict}; whoever owns the transaction then rolls the change back.
 */
final class Transaction {
  private static final String NEXT =
      "SELECT last_seq + 1, messages + ? FROM conversations WHERE id = ?";
  private static final String ADVANCE =
      "UPDATE conversations SET last_seq = ?, messages = ? WHERE id = ?";
  static final String LOG =
      """
      INSERT INTO log (conversation, seq, type, at, messages, message, actor, call, body)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)\
      """;
  static final String IDEMPOTENCY =
      """
      INSERT INTO idempotency (caller, key, request, call, at) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (caller, key) DO UPDATE SET at = excluded.at
      WHERE idempotency.call = excluded.call\
      """;

  private final Statements statements;
  private final SlowStatements slow;
  private final InstantSource clock;

  /** Where prepared statements come from. */
  @FunctionalInterface
  interface Statements {
    PreparedStatement prepare(String sql) throws SQLException;
  }

  Transaction(Statements statements, SlowStatements slow, InstantSource clock) {
    this.statements = statements;
    this.slow = slow;
    this.clock = clock;
  }

  /** Does all steps. */
  Committed apply(Change change) throws SQLException {
    Map<Change.Entry, Logged> given = new IdentityHashMap<>(2);
    Set<Change.Attempt> done = new HashSet<>();
    if (change.origin().idempotency().isPresent()) {
      claim(change.origin().idempotency().get(), change.origin().call());
    }
    for (Change.Step step : change.steps()) {
      switch (step) {
        case Change.Step.Check check -> check(check, given);
        case Change.Step.Write write -> write(write, given);
        case Change.Attempt attempt -> {
          if (update(attempt.sql(), attempt.parameters(), given) > 0) {
            done.add(attempt);
          }
        }
        case Change.Step.Append append ->
            given.put(append.entry(), append(append.entry(), change.origin()));
      }
    }
    return new Committed(given, done);
  }

  /**
   * One call may claim its key with each of its changes; another call with the same key may not.
   */
  private void claim(Change.Idempotency key, String call) throws SQLException {
    long now = clock.millis();
    if (update(IDEMPOTENCY, List.of(key.caller(), key.key(), key.request(), call, now), Map.of())
        == 0) {
      throw new Conflict(Conflict.IDEMPOTENCY);
    }
  }

  private void check(Change.Step.Check check, Map<Change.Entry, Logged> given) throws SQLException {
    long start = System.nanoTime();
    PreparedStatement statement = bound(check.sql(), check.parameters(), given);
    try (ResultSet rows = statement.executeQuery()) {
      if (!rows.next()) {
        throw new Conflict(check.guard());
      }
    } finally {
      slow.took(check.sql(), start);
    }
  }

  private void write(Change.Step.Write write, Map<Change.Entry, Logged> given) throws SQLException {
    int touched = update(write.sql(), write.parameters(), given);
    if (touched == 0 && write.guard().isPresent()) {
      throw new Conflict(write.guard().get());
    }
  }

  private Logged append(Change.Entry entry, Change.Origin origin) throws SQLException {
    Logged logged = place(entry);
    update(
        LOG,
        java.util.Arrays.asList(
            logged.conversation(),
            logged.seq(),
            logged.type(),
            logged.at(),
            logged.messages(),
            entry.message().orElse(null),
            origin.actor(),
            origin.call(),
            logged.body()),
        Map.of());
    return logged;
  }

  /** Without RETURNING, for which SQLite makes a table each time: it took three times as long. */
  private Logged place(Change.Entry entry) throws SQLException {
    Logged logged = next(entry);
    update(ADVANCE, List.of(logged.seq(), logged.messages(), logged.conversation()), Map.of());
    return logged;
  }

  private Logged next(Change.Entry entry) throws SQLException {
    long start = System.nanoTime();
    PreparedStatement next =
        bound(NEXT, List.of(entry.newMessages(), entry.conversation()), Map.of());
    try (ResultSet row = next.executeQuery()) {
      if (!row.next()) {
        throw new Conflict("log");
      }
      return entry.at(row.getLong(1), row.getLong(2));
    } finally {
      slow.took(NEXT, start);
    }
  }

  private int update(String sql, List<@Nullable Object> parameters, Map<Change.Entry, Logged> given)
      throws SQLException {
    long start = System.nanoTime();
    try {
      return bound(sql, parameters, given).executeUpdate();
    } finally {
      slow.took(sql, start);
    }
  }

  private PreparedStatement bound(
      String sql, List<@Nullable Object> parameters, Map<Change.Entry, Logged> given)
      throws SQLException {
    PreparedStatement statement = statements.prepare(sql);
    for (int i = 0; i < parameters.size(); i++) {
      statement.setObject(i + 1, value(parameters.get(i), given));
    }
    return statement;
  }

  private static @Nullable Object value(
      @Nullable Object parameter, Map<Change.Entry, Logged> given) {
    return switch (parameter) {
      case Change.Given.Seq seq -> logged(seq, given).seq();
      case Change.Given.Messages messages -> logged(messages, given).messages();
      case null -> null;
      default -> parameter;
    };
  }

  private static Logged logged(Change.Given wanted, Map<Change.Entry, Logged> given) {
    Logged logged = given.get(wanted.entry());
    if (logged == null) {
      throw new IllegalStateException("a parameter speaks of an entry that is not appended yet");
    }
    return logged;
  }
}

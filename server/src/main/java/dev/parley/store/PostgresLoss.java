package dev.parley.store;

import java.sql.SQLException;
import java.util.Set;

/** Tells a connection that was lost from a statement that PostgreSQL refused and undid. */
final class PostgresLoss {
  /** Connection trouble, the server going down or breaking, its system, itself. */
  private static final Set<String> CLASSES = Set.of("08", "58", "XX");

  private static final String GOING_DOWN = "57P";

  private PostgresLoss() {}

  /** Whether the statement may have been done, since nobody was left to say that it was not. */
  static boolean isPossible(SQLException problem) {
    String state = problem.getSQLState();
    return state == null
        || state.length() < 2
        || CLASSES.contains(state.substring(0, 2))
        || state.startsWith(GOING_DOWN);
  }
}

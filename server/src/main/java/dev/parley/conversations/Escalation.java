package dev.parley.conversations;

import dev.parley.functions.About;
import dev.parley.wire.Actor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Somebody is unhappy, and somebody else should look after them. It is open until it is closed.
 *
 * @param message what tipped the scales
 * @param seq where that was posted
 * @param assignee who looks after it
 */
public record Escalation(
    String id,
    String conversation,
    Actor person,
    String message,
    long seq,
    Reason reason,
    Instant openedAt,
    Optional<Actor> assignee,
    @About("absent while it is open") Optional<Instant> closedAt,
    Optional<Actor> closedBy) {

  /** Why. */
  public enum Reason {
    /** Two messages of the person running were very negative. */
    LOW,
    /** What the person says became negative steeply. */
    DECLINE
  }

  static final String SELECT =
      """
      SELECT e.id, e.conversation, e.message, e.seq, e.reason, e.opened_at, e.closed_at,
        p.id, p.kind, p.name, p.display_name, a.id, a.kind, a.name, a.display_name,
        b.id, b.kind, b.name, b.display_name
      FROM escalations e
      JOIN conversations c ON c.id = e.conversation
      JOIN actors p ON p.id = e.person
      LEFT JOIN actors a ON a.id = e.assignee
      LEFT JOIN actors b ON b.id = e.closed_by
      """;

  static Escalation of(ResultSet row) throws SQLException {
    long closed = row.getLong(7);
    return new Escalation(
        row.getString(1),
        row.getString(2),
        Rows.actor(row, 8),
        row.getString(3),
        row.getLong(4),
        Reason.valueOf(row.getString(5).toUpperCase(Locale.ROOT)),
        Instant.ofEpochMilli(row.getLong(6)),
        maybeActor(row, 12),
        closed == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(closed)),
        maybeActor(row, 16));
  }

  private static Optional<Actor> maybeActor(ResultSet row, int first) throws SQLException {
    return row.getString(first) == null ? Optional.empty() : Optional.of(Rows.actor(row, first));
  }

  boolean isOpen() {
    return closedAt.isEmpty();
  }
}

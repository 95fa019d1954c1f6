package dev.parley.conversations;

import dev.parley.conversations.emotion.Feeling;
import dev.parley.conversations.emotion.Label;
import dev.parley.store.Change;
import dev.parley.wire.Ids;
import java.time.Duration;
import java.util.Optional;

/**
 * When somebody's unhappiness becomes somebody else's task. It is decided by the database in the
 * change of the message, from the scores that are there at that moment, so two messages at once
 * make one escalation and a crash loses none.
 *
 * <p>It does not flap: while one is open there is no other of the same person and conversation, and
 * after it was closed there is none until the person has recovered once or {@link #REST} is over.
 */
final class Escalating {
  /** Two messages of a person running below this, in thousandths, are too much. */
  private static final int LOW = 300;

  /**
   * By how much the sum of the newest two scores may fall below that of the two before, in
   * thousandths, if the newest is negative: the mean falls by 0.3, twice what makes a trend.
   */
  private static final int STEEP = 600;

  /** Who has one score from here on has recovered, in thousandths; above what is negative. */
  private static final int RECOVERED = 450;

  /** How long after it was closed it takes a recovery to begin again. */
  private static final Duration REST = Duration.ofHours(1);

  private final Ids ids;

  Escalating(Ids ids) {
    this.ids = ids;
  }

  /**
   * Adds to the change of a message that it escalates if it must, and what tells whether it does.
   * Two people by themselves have nobody who keeps order, so what they say to each other stays
   * between them.
   */
  Optional<Change.Attempt> consider(
      Change change, Message message, Change.Entry entry, Feeling feeling) {
    return feeling.label() == Label.NEGATIVE
        ? Optional.of(attempt(change, message, entry))
        : Optional.empty();
  }

  /** While one is open, the stretch of the log that is looked at is empty. */
  private Change.Attempt attempt(Change change, Message message, Change.Entry entry) {
    String conversation = message.conversation();
    String person = message.sender().id();
    return change.attempt(
        """
        INSERT INTO escalations (id, conversation, person, message, seq, reason, opened_at)
        SELECT CAST(? AS TEXT), c.id, CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS BIGINT),
          CASE WHEN l.s1 < ? AND l.s2 < ? THEN 'low' ELSE 'decline' END, CAST(? AS BIGINT)
        FROM conversations c, (
          SELECT max(CASE WHEN n = 1 THEN emotion END) AS s1,
            max(CASE WHEN n = 2 THEN emotion END) AS s2,
            max(CASE WHEN n = 3 THEN emotion END) AS s3,
            max(CASE WHEN n = 4 THEN emotion END) AS s4
          FROM (
            SELECT emotion, row_number() OVER (ORDER BY seq DESC) AS n FROM (
              SELECT emotion, seq FROM messages
              WHERE conversation = ? AND sender = ? AND emotion IS NOT NULL
                AND seq > ? - CASE WHEN EXISTS (
                  SELECT 1 FROM escalations
                  WHERE conversation = ? AND person = ? AND closed_at IS NULL) THEN 0 ELSE ? END
              ORDER BY seq DESC LIMIT 4) AS newest) AS numbered) AS l
        WHERE c.id = ?
          AND (l.s1 < ? AND l.s2 < ? OR l.s3 + l.s4 - l.s1 - l.s2 >= ?)
          AND (c.kind = 'room' OR EXISTS (
            SELECT 1 FROM members m JOIN personas p ON p.id = m.actor
            WHERE m.conversation = c.id))
          AND NOT EXISTS (
            SELECT 1 FROM escalations e
            WHERE e.conversation = c.id AND e.person = ? AND e.closed_at > ? AND NOT EXISTS (
              SELECT 1 FROM messages r
              WHERE r.conversation = ? AND r.sender = ? AND r.seq > e.seq AND r.seq > ? - ?
                AND r.emotion >= ?))
        ON CONFLICT DO NOTHING\
        """,
        ids.next(),
        person,
        message.id(),
        entry.seq(),
        LOW,
        LOW,
        entry.at(),
        conversation,
        person,
        entry.seq(),
        conversation,
        person,
        Emotions.WINDOW,
        conversation,
        LOW,
        LOW,
        STEEP,
        person,
        entry.at() - REST.toMillis(),
        conversation,
        person,
        entry.seq(),
        Emotions.WINDOW,
        RECOVERED);
  }
}

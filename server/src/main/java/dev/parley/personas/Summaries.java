package dev.parley.personas;

import dev.parley.conversations.Derived;
import dev.parley.conversations.Message;
import dev.parley.store.Change;
import dev.parley.store.Conflict;
import dev.parley.store.Store;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a persona made of the messages that no longer fit into its brain's window. A summary goes
 * when one of the messages before its end is deleted, and is made anew when it is needed.
 */
final class Summaries implements Derived {
  private static final Logger LOG = LoggerFactory.getLogger(Summaries.class);

  private final Store store;
  private final InstantSource clock;

  Summaries(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * A conversation's messages up to a seq, in short.
   *
   * @param upto 0 if nothing was summed up yet
   */
  record Summary(long upto, String text) {
    static final Summary NONE = new Summary(0, "");
  }

  /** The newest one before a seq. */
  Summary before(String conversation, String persona, long seq) {
    return find("upto < ? ORDER BY upto DESC LIMIT 1", conversation, persona, seq)
        .orElse(Summary.NONE);
  }

  /** One that a reply was made with, if it is still there. */
  Optional<Summary> at(String conversation, String persona, long upto) {
    return find("upto = ?", conversation, persona, upto);
  }

  private Optional<Summary> find(String which, String conversation, String persona, long seq) {
    return store.read(handle ->
        handle
            .select(
                "SELECT upto, content FROM summaries WHERE conversation = ? AND persona = ? AND "
                    + which,
                conversation,
                persona,
                seq)
            .map((row, context) -> new Summary(row.getLong(1), row.getString(2)))
            .findOne());
  }

  /**
   * Keeps a summary, unless something that it was made of was deleted meanwhile.
   *
   * @param of the messages that it is made of, besides the summary before
   */
  void keep(String conversation, String persona, Summary before, Summary next, List<Message> of) {
    Change change = new Change(new Change.Origin("summary", persona));
    if (before.upto() > 0) {
      change.check(
          "before",
          "SELECT 1 FROM summaries WHERE conversation = ? AND persona = ? AND upto = ?",
          conversation,
          persona,
          before.upto());
    }
    change.require(
        "messages",
        """
        INSERT INTO summaries (conversation, persona, upto, content, at)
        SELECT CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS BIGINT), CAST(? AS TEXT),
          CAST(? AS BIGINT)
        WHERE (SELECT COUNT(*) FROM messages WHERE conversation = ? AND seq BETWEEN ? AND ?
          AND deleted_at IS NULL) = ?
        ON CONFLICT (conversation, persona, upto) DO UPDATE SET content = excluded.content\
        """,
        conversation,
        persona,
        next.upto(),
        next.text(),
        clock.millis(),
        conversation,
        of.getFirst().seq(),
        next.upto(),
        of.size());
    try {
      store.commit(change);
    } catch (Conflict deleted) {
      LOG.debug("what was summed up has changed meanwhile: it is summed up again");
    }
  }

  @Override
  public void erase(Change change, Message deleted) {
    revise(change, deleted);
  }

  @Override
  public void revise(Change change, Message edited) {
    change.write(
        "DELETE FROM summaries WHERE conversation = ? AND upto >= ?",
        edited.conversation(),
        edited.seq());
  }

  @Override
  public void changed(Message message) {
    // Nothing is kept in memory.
  }
}

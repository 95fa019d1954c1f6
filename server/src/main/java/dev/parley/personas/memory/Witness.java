package dev.parley.personas.memory;

import dev.parley.conversations.Derived;
import dev.parley.conversations.Message;
import dev.parley.store.Change;
import dev.parley.store.Conflict;
import dev.parley.store.Store;
import java.util.List;

/**
 * Lets personas learn from what they witness: whatever is said where they are members, or where
 * they are mentioned. A message teaches a persona once, also if what it taught was corrected or
 * forgotten since.
 */
public final class Witness implements Derived {
  /** The most personas that learn from one message. */
  static final int MOST = 16;

  private static final int MOST_LATELY = 500;
  private static final String GONE = "gone";

  private final Store store;
  private final Indexes indexes;
  private final Remembering remembering;
  private final Forgetting forgetting;

  Witness(Draft.Desk desk, Remembering remembering, Forgetting forgetting) {
    this.store = desk.store();
    this.indexes = desk.indexes();
    this.remembering = remembering;
    this.forgetting = forgetting;
  }

  /** A message was posted. Nothing is read for most, which teach nothing. Blocks. */
  public void saw(Message message) {
    List<Learner.Learnt> learnt = Learner.from(message);
    if (!learnt.isEmpty()) {
      witnesses(message).forEach(persona -> learns(persona, message, learnt));
    }
  }

  /** Learns from what was said just before a crash, if that was not done yet. */
  public void catchUp() {
    lately().forEach(this::saw);
  }

  private List<Message> lately() {
    return store.read(handle ->
        handle
            .select(
                Message.COLUMNS
                    + """
                    FROM messages m JOIN actors n ON n.id = m.sender AND n.kind = 'account'
                    WHERE m.id >= (SELECT MIN(id) FROM
                        (SELECT id FROM messages ORDER BY id DESC LIMIT ?) latest)
                      AND m.deleted_at IS NULL ORDER BY m.id\
                    """,
                MOST_LATELY)
            .map((row, context) -> Message.of(row))
            .list());
  }

  private List<String> witnesses(Message message) {
    return store.read(handle ->
        handle
            .createQuery(
                """
                SELECT p.id FROM personas p WHERE p.id IN (<mentioned>)
                UNION SELECT p.id FROM members m JOIN personas p ON p.id = m.actor
                WHERE m.conversation = :conversation LIMIT :most\
                """)
            .bindList("mentioned", mentioned(message))
            .bind("conversation", message.conversation())
            .bind("most", MOST)
            .mapTo(String.class)
            .list());
  }

  private static List<String> mentioned(Message message) {
    return message.mentions().isEmpty() ? List.of("") : message.mentions();
  }

  private void learns(String persona, Message message, List<Learner.Learnt> learnt) {
    learnt.stream()
        .filter(one -> teaches(persona, message.id(), one.text()))
        .forEach(one -> learns(persona, message, one));
  }

  private void learns(String persona, Message message, Learner.Learnt learnt) {
    try {
      remembering.add(() -> change(persona, message), learnt.by(persona, message));
    } catch (Conflict conflict) {
      if (!conflict.guard().equals(GONE)) {
        throw conflict;
      }
    }
  }

  private static Change change(String persona, Message message) {
    return new Change(new Change.Origin("learnt:" + message.id(), persona))
        .check(
            GONE,
            "SELECT 1 FROM messages WHERE id = ? AND content = ? AND deleted_at IS NULL",
            message.id(),
            message.content());
  }

  private boolean teaches(String persona, String message, String text) {
    return store.read(handle ->
        handle
            .select(
                """
                SELECT 1 FROM memory_sources x JOIN memories m ON m.id = x.memory
                WHERE x.message = ? AND m.persona = ?
                  AND (m.text = ? OR m.forgotten_at IS NOT NULL OR m.lineage <> m.id)\
                """,
                message,
                persona,
                text)
            .mapTo(Integer.class)
            .findFirst()
            .isEmpty());
  }

  @Override
  public void erase(Change change, Message deleted) {
    forgetting.ofMessage(change, deleted.id());
  }

  @Override
  public void revise(Change change, Message edited) {
    forgetting.unlearn(change, edited.id());
  }

  @Override
  public void changed(Message message) {
    if (indexes.areInUse()) {
      learners(message.id()).forEach(indexes::erased);
    }
    saw(message);
  }

  private List<String> learners(String message) {
    return store.read(handle ->
        handle
            .select(
                """
                SELECT DISTINCT m.persona FROM memory_sources s JOIN memories m ON m.id = s.memory
                WHERE s.message = ?\
                """,
                message)
            .mapTo(String.class)
            .list());
  }
}

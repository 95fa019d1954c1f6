package dev.parley.personas.memory;

import dev.parley.conversations.Derived;
import dev.parley.conversations.Message;
import dev.parley.store.Change;
import dev.parley.store.Conflict;
import dev.parley.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

  /** After how long what could not be learnt is tried again. */
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(Witness.class);

  private final Store store;
  private final Indexes indexes;
  private final Remembering remembering;
  private final Forgetting forgetting;
  private final InstantSource clock;

  /** When what could not be learnt is tried again; never, if there is nothing. */
  private final AtomicReference<Instant> again = new AtomicReference<>(Instant.MAX);

  Witness(Draft.Desk desk, Remembering remembering, Forgetting forgetting) {
    this.store = desk.store();
    this.indexes = desk.indexes();
    this.remembering = remembering;
    this.forgetting = forgetting;
    this.clock = desk.clock();
  }

  /**
   * A message was posted. Nothing is read for most, which teach nothing. What cannot be learnt now
   * is logged, and learnt as after a crash once a message comes a while later: whatever becomes of
   * it, whoever waits for the message goes on. Blocks.
   */
  public void saw(Message message) {
    orLater(() -> learnsFrom(message));
    Instant due = again.get();
    if (!clock.instant().isBefore(due) && again.compareAndSet(due, Instant.MAX)) {
      catchUp();
    }
  }

  /** Learns from what was said lately, if that was not done yet. Blocks. */
  public void catchUp() {
    orLater(() -> lately().forEach(message -> orLater(() -> learnsFrom(message))));
  }

  private void orLater(Runnable lesson) {
    try {
      lesson.run();
    } catch (RuntimeException notNow) {
      LOG.error("personas could not learn from what was said; they try again later", notNow);
      again.set(clock.instant().plus(PAUSE));
    }
  }

  private void learnsFrom(Message message) {
    List<Learner.Learnt> learnt = Learner.from(message);
    if (!learnt.isEmpty()) {
      witnesses(message).forEach(persona -> learns(persona, message, learnt));
    }
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

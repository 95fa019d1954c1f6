package dev.parley.conversations;

import dev.parley.calls.Call;
import dev.parley.calls.Caller;
import dev.parley.conversations.emotion.Feeling;
import dev.parley.delivery.Topics;
import dev.parley.functions.About;
import dev.parley.functions.Json;
import dev.parley.functions.Text;
import dev.parley.store.Body;
import dev.parley.store.Change;
import dev.parley.store.Conflict;
import dev.parley.store.Store;
import dev.parley.wire.Actor;
import dev.parley.wire.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Edits, deletions and reactions: new facts about an old message. Each event bears the message
 * whole, so the change requires that nothing was told of it since it was read, and is tried again
 * if so.
 */
final class Revising {
  private static final int ATTEMPTS = 50;
  private static final int MOST_EMOJIS = 20;

  private final Store store;
  private final InstantSource clock;
  private final Access access;
  private final Mentions mentions;
  private final Topics topics;
  private final Unread unread;
  private final Scoring scoring;
  private final List<Derived> derived = new CopyOnWriteArrayList<>();

  Revising(
      Store store,
      InstantSource clock,
      Access access,
      Mentions mentions,
      Topics topics,
      Unread unread,
      Scoring scoring) {
    this.store = store;
    this.clock = clock;
    this.access = access;
    this.mentions = mentions;
    this.topics = topics;
    this.unread = unread;
    this.scoring = scoring;
  }

  /** Names one more who made something from messages. */
  void tell(Derived one) {
    derived.add(one);
  }

  record Edit(
      @Text(min = 1, max = 40) String id,
      @About("1 to 32,768 bytes of UTF-8") @Text(min = 1) String content) {}

  record Delete(@Text(min = 1, max = 40) String id) {}

  record React(
      @Text(min = 1, max = 40) String id,
      @About("an emoji or a short word") @Text(min = 1, max = 32, pattern = "\\S+") String emoji,
      @About("false to take it back") boolean on) {}

  record Revised(Message message) {}

  /** A message that is to be revised, and where. */
  private record Subject(Snapshots.Snapshot snapshot, Conversation conversation) {
    Message message() {
      return snapshot.message();
    }
  }

  Revised edit(Call call, Edit input) {
    Posting.checkSize(input.content());
    return retried(() -> {
      Subject subject = subject(call.caller(), input.id());
      requireOwn(call.caller(), subject.message());
      return subject.message().content().equals(input.content())
          ? new Revised(subject.message())
          : edit(call, subject, input.content());
    });
  }

  private Revised edit(Call call, Subject subject, String content) {
    Message old = subject.message();
    List<Actor> addressed = mentions.in(old.conversation(), content);
    Instant now = Instant.ofEpochMilli(clock.millis());
    Message edited = old.edited(content, addressed.stream().map(Actor::id).toList(), now);
    Change change =
        change(call, subject, entry("message.edited", edited, new Told.OfMessage(edited), now));
    score(change, old, edited);
    change.write(
        "UPDATE messages SET content = ?, mentions = ?, edited_at = ? WHERE id = ?",
        content,
        String.join(" ", edited.mentions()),
        now.toEpochMilli(),
        old.id());
    change.write(
        "DELETE FROM mentions WHERE conversation = ? AND seq = ?", old.conversation(), old.seq());
    addressed.forEach(
        actor -> Posting.insertMention(change, actor.id(), old.conversation(), old.seq()));
    derived.forEach(one -> one.revise(change, edited));
    store.commit(change);
    unread.changed(old.conversation());
    derived.forEach(one -> one.changed(edited));
    return new Revised(edited);
  }

  private void score(Change change, Message old, Message edited) {
    Optional<Feeling> feeling = scoring.of(edited.sender(), edited.content());
    Scoring.take(change, old.id());
    change.write(
        "UPDATE messages SET emotion = ?, emotions = ? WHERE id = ?",
        feeling.map(Feeling::score).orElse(null),
        Scoring.column(feeling),
        old.id());
    feeling.ifPresent(found -> Scoring.give(change, old.conversation(), old.sender().id(), found));
  }

  private static void requireOwn(Caller caller, Message message) {
    if (!message.sender().id().equals(caller.id())) {
      throw Refusal.forbidden("Only the sender edits a message");
    }
  }

  Revised delete(Call call, Delete input) {
    return retried(() -> {
      Subject subject = maybeDeleted(call.caller(), input.id());
      boolean own = subject.message().sender().id().equals(call.caller().id());
      if (!own && !access.isModerated(call.caller(), subject.conversation())) {
        throw Refusal.forbidden("Only the sender or a moderator deletes a message");
      }
      return subject.message().isDeleted() ? new Revised(subject.message()) : delete(call, subject);
    });
  }

  /** Deletes a message of an account that is being deleted, whoever asked for that. */
  void delete(Call call, String id) {
    retried(() -> {
      Snapshots.Snapshot snapshot = store.read(handle -> Snapshots.one(handle, id));
      return snapshot.message().isDeleted()
          ? new Revised(snapshot.message())
          : delete(snapshot, entry -> requireUnchanged(call, snapshot, entry));
    });
  }

  private Revised delete(Call call, Subject subject) {
    return delete(
        subject.snapshot(),
        entry ->
            isOfficial(call.caller(), subject.conversation())
                ? requireUnchanged(call, subject.snapshot(), entry)
                : change(call, subject, entry));
  }

  /** Whoever keeps order without being a member. */
  private static boolean isOfficial(Caller caller, Conversation conversation) {
    return conversation.role().isEmpty() && Access.moderates(caller, conversation);
  }

  private Revised delete(
      Snapshots.Snapshot snapshot, Function<Change.Entry, Change> changeThatTells) {
    Instant now = Instant.ofEpochMilli(clock.millis());
    Message tombstone = snapshot.message().tombstone(now);
    Change change =
        changeThatTells.apply(
            entry("message.deleted", tombstone, new Told.OfMessage(tombstone), now));
    erase(change, tombstone, now);
    derived.forEach(one -> one.erase(change, tombstone));
    store.commit(change);
    topics.rewritten(tombstone.conversation());
    derived.forEach(one -> one.changed(tombstone));
    unread.changed(tombstone.conversation());
    return new Revised(tombstone);
  }

  /** Erases a message's content wherever it is kept. */
  private void erase(Change change, Message tombstone, Instant now) {
    Scoring.take(change, tombstone.id());
    change
        .write(
            """
            UPDATE messages SET content = '', mentions = '', emotion = NULL, emotions = '',
              deleted_at = ? WHERE id = ?\
            """,
            now.toEpochMilli(),
            tombstone.id())
        .write("DELETE FROM reactions WHERE message = ?", tombstone.id())
        .write(
            "DELETE FROM mentions WHERE conversation = ? AND seq = ?",
            tombstone.conversation(),
            tombstone.seq())
        .write(
            "DELETE FROM idempotency WHERE caller = ? AND answer LIKE ?",
            tombstone.sender().id(),
            "%\"" + tombstone.id() + "\"%");
    told(tombstone.id())
        .forEach(told ->
            change.write(
                "UPDATE log SET body = ? WHERE conversation = ? AND seq = ?",
                told.without(tombstone),
                tombstone.conversation(),
                told.seq()));
  }

  /** An entry of the log that tells of a message. */
  private record ToldOf(long seq, String body) {
    String without(Message tombstone) {
      ObjectNode data = (ObjectNode) Json.MAPPER.readTree(body);
      JsonNode bare = Json.MAPPER.valueToTree(tombstone);
      data.set("message", bare);
      return data.toString();
    }
  }

  private List<ToldOf> told(String message) {
    return store.read(handle ->
        handle
            .select("SELECT seq, body FROM log WHERE message = ?", message)
            .map((row, context) -> new ToldOf(row.getLong(1), row.getString(2)))
            .list());
  }

  Revised react(Call call, React input) {
    return retried(() -> {
      Subject subject = subject(call.caller(), input.id());
      checkEmojis(subject.snapshot().reactions(), input);
      try {
        return react(call, subject, input);
      } catch (Conflict conflict) {
        if (conflict.guard().equals("already")) {
          return new Revised(subject.message());
        }
        throw conflict;
      }
    });
  }

  private static void checkEmojis(Reactions reactions, React input) {
    if (input.on() && !reactions.knows(input.emoji()) && reactions.size() >= MOST_EMOJIS) {
      throw Refusal.tooLarge(
          "emoji", "A message has at most " + MOST_EMOJIS + " different reactions", MOST_EMOJIS);
    }
  }

  private Revised react(Call call, Subject subject, React input) {
    Actor by = call.caller().actor();
    Instant now = Instant.ofEpochMilli(clock.millis());
    Message after = after(subject.snapshot(), input, by);
    Told.Reacted data = new Told.Reacted(after, input.emoji(), input.on(), by);
    Change change = change(call, subject, entry("message.reacted", after, data, now));
    if (input.on()) {
      change.require(
          "already",
          """
          INSERT INTO reactions (message, emoji, actor, at) VALUES (?, ?, ?, ?)
          ON CONFLICT (message, emoji, actor) DO NOTHING\
          """,
          after.id(),
          input.emoji(),
          by.id(),
          now.toEpochMilli());
    } else {
      change.require(
          "already",
          "DELETE FROM reactions WHERE message = ? AND emoji = ? AND actor = ?",
          after.id(),
          input.emoji(),
          by.id());
    }
    store.commit(change);
    return new Revised(after);
  }

  private static Message after(Snapshots.Snapshot snapshot, React input, Actor by) {
    Reactions reactions = snapshot.reactions();
    if (input.on()) {
      reactions.add(input.emoji(), by);
    } else {
      reactions.remove(input.emoji(), by);
    }
    return snapshot.message().withReactions(reactions.shown());
  }

  private static Change.Entry entry(String type, Message message, Object data, Instant now) {
    return new Change.Entry(
        message.conversation(),
        type,
        now.toEpochMilli(),
        0,
        Optional.of(message.id()),
        Body.of(data));
  }

  private Subject subject(Caller caller, String id) {
    Subject subject = maybeDeleted(caller, id);
    if (subject.message().isDeleted()) {
      throw Refusal.conflict("The message was deleted");
    }
    return subject;
  }

  private Subject maybeDeleted(Caller caller, String id) {
    return store.read(handle -> {
      Snapshots.Snapshot snapshot = Snapshots.one(handle, id);
      try {
        return new Subject(
            snapshot, Access.readable(handle, caller, snapshot.message().conversation()));
      } catch (Refusal unseen) {
        throw Refusal.notFound("message");
      }
    });
  }

  /** A change that holds only while the message is as it was read and the caller may speak. */
  private Change change(Call call, Subject subject, Change.Entry entry) {
    Message message = subject.message();
    return requireUnchanged(call, subject.snapshot(), entry)
        .check(
            "speaks",
            """
            SELECT 1 FROM members m JOIN conversations c ON c.id = m.conversation
            WHERE m.conversation = ? AND m.actor = ? AND m.muted_until <= ?
              AND c.archived_at IS NULL\
            """,
            message.conversation(),
            call.caller().id(),
            clock.millis());
  }

  private static Change requireUnchanged(
      Call call, Snapshots.Snapshot snapshot, Change.Entry entry) {
    Message message = snapshot.message();
    return call.change()
        .append(entry)
        .check(
            "unchanged",
            """
            SELECT 1 FROM conversations c WHERE c.id = ?
              AND NOT EXISTS (SELECT 1 FROM log WHERE message = ? AND seq > ? AND seq < ?)\
            """,
            message.conversation(),
            message.id(),
            snapshot.lastSeq(),
            entry.seq());
  }

  private Revised retried(Supplier<Revised> attempt) {
    for (int i = 1; ; i++) {
      try {
        return attempt.get();
      } catch (Conflict conflict) {
        if (conflict.guard().equals("speaks")) {
          throw Refusal.forbidden("Only members who may speak here may do this");
        }
        if (!conflict.guard().equals("unchanged") || i == ATTEMPTS) {
          throw conflict;
        }
      }
    }
  }
}

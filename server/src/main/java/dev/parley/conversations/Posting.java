package dev.parley.conversations;

import dev.parley.calls.Call;
import dev.parley.calls.Caller;
import dev.parley.conversations.emotion.Feeling;
import dev.parley.delivery.Connections;
import dev.parley.functions.About;
import dev.parley.functions.InvalidInput;
import dev.parley.functions.Text;
import dev.parley.store.Body;
import dev.parley.store.Change;
import dev.parley.store.Committed;
import dev.parley.store.Conflict;
import dev.parley.store.Store;
import dev.parley.wire.Actor;
import dev.parley.wire.Ids;
import dev.parley.wire.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Posts messages. Nothing is read first: the change itself requires that the sender is a member who
 * may speak, and only if it fails it is found out why.
 */
final class Posting {
  /** The most bytes of a message, in UTF-8. */
  static final int MAX_BYTES = 32_768;

  private final Store store;
  private final Ids ids;
  private final InstantSource clock;
  private final Access access;
  private final Mentions mentions;
  private final Connections connections;
  private final Unread unread;
  private final Scoring scoring;
  private final Escalating escalating;
  private final Escalations escalations;
  private volatile Heard heard = message -> {};

  /** Hears of messages that were posted. */
  @FunctionalInterface
  interface Heard {
    void posted(Message message);
  }

  Posting(
      Store store,
      Ids ids,
      InstantSource clock,
      Access access,
      Mentions mentions,
      Connections connections,
      Unread unread,
      Scoring scoring,
      Escalating escalating,
      Escalations escalations) {
    this.store = store;
    this.ids = ids;
    this.clock = clock;
    this.access = access;
    this.mentions = mentions;
    this.connections = connections;
    this.unread = unread;
    this.scoring = scoring;
    this.escalating = escalating;
    this.escalations = escalations;
  }

  record Post(
      @Text(min = 1, max = 40) String conversation,
      @About("1 to 32,768 bytes of UTF-8") @Text(min = 1) String content,
      @About("the sender's own id: a message sent twice with the same one is posted once")
          @Text(min = 1, max = 64)
          Optional<String> clientId,
      @About("the message that this one answers") @Text(min = 1, max = 40)
          Optional<String> replyTo) {}

  record Posted(Message message) {}

  void listen(Heard listener) {
    heard = listener;
  }

  Posted post(Call call, Post input) {
    checkSize(input.content());
    Caller caller = call.caller();
    List<Actor> addressed = mentions.in(input.conversation(), input.content());
    Message draft = draft(caller, input, addressed);
    Optional<Feeling> feeling = scoring.of(draft.sender(), draft.content());
    Change.Entry entry =
        new Change.Entry(
            draft.conversation(),
            "message.posted",
            draft.at().toEpochMilli(),
            1,
            Optional.of(draft.id()),
            Body.withOwnSeq(new Told.OfMessage(draft)));
    Change change = change(call, draft, feeling, entry, addressed);
    Optional<Change.Attempt> escalation =
        feeling.flatMap(found -> escalating.consider(change, draft, entry, found));
    try {
      Committed committed = store.commit(change);
      Message message = draft.withSeq(committed.seq(entry));
      tell(message, addressed);
      escalation.filter(committed::did).ifPresent(made -> escalations.madeBy(message));
      return new Posted(message);
    } catch (Conflict conflict) {
      return switch (conflict.guard()) {
        case "clientId" -> new Posted(first(caller, input));
        case "log" -> throw Refusal.notFound("conversation");
        case "speaks" -> throw access.whySilent(caller, input.conversation());
        case "replyTo" ->
            throw new InvalidInput("replyTo", "must be a message of this conversation");
        default -> throw conflict;
      };
    }
  }

  static void checkSize(String content) {
    if (content.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw Refusal.tooLarge(
          "content", "content must have at most " + MAX_BYTES + " bytes", MAX_BYTES);
    }
  }

  private Message draft(Caller caller, Post input, List<Actor> addressed) {
    return new Message(
        ids.next(),
        input.conversation(),
        0,
        caller.actor(),
        input.content(),
        input.replyTo(),
        List.of(),
        addressed.stream().map(Actor::id).toList(),
        input.clientId(),
        Instant.ofEpochMilli(clock.millis()),
        Optional.empty(),
        Optional.empty());
  }

  private Change change(
      Call call,
      Message draft,
      Optional<Feeling> feeling,
      Change.Entry entry,
      List<Actor> addressed) {
    Change change = call.change().append(entry);
    insert(change, draft, feeling, entry);
    change.require(
        "speaks",
        """
        UPDATE members SET read_seq = ?, read_messages = ?
        WHERE conversation = ? AND actor = ? AND muted_until <= ?
          AND EXISTS (SELECT 1 FROM conversations WHERE id = ? AND archived_at IS NULL)\
        """,
        entry.seq(),
        entry.messages(),
        draft.conversation(),
        draft.sender().id(),
        draft.at().toEpochMilli(),
        draft.conversation());
    call.caller().all().stream()
        .skip(1)
        .forEach(other ->
            change.check(
                "speaks",
                """
                SELECT 1 FROM members
                WHERE conversation = ? AND actor = ? AND muted_until <= ?\
                """,
                draft.conversation(),
                other.id(),
                draft.at().toEpochMilli()));
    draft
        .replyTo()
        .ifPresent(original ->
            change.check(
                "replyTo",
                "SELECT 1 FROM messages WHERE id = ? AND conversation = ?",
                original,
                draft.conversation()));
    addressed.forEach(
        actor -> insertMention(change, actor.id(), draft.conversation(), entry.seq()));
    feeling.ifPresent(
        found -> Scoring.give(change, draft.conversation(), draft.sender().id(), found));
    return change;
  }

  private static void insert(
      Change change, Message draft, Optional<Feeling> feeling, Change.Entry entry) {
    change.require(
        "clientId",
        """
        INSERT INTO messages
          (id, conversation, seq, sender, content, reply_to, client_id, mentions, at, emotion,
           emotions)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (conversation, sender, client_id) WHERE client_id IS NOT NULL DO NOTHING\
        """,
        draft.id(),
        draft.conversation(),
        entry.seq(),
        draft.sender().id(),
        draft.content(),
        draft.replyTo().orElse(null),
        draft.clientId().orElse(null),
        String.join(" ", draft.mentions()),
        draft.at().toEpochMilli(),
        feeling.map(Feeling::score).orElse(null),
        Scoring.column(feeling));
  }

  /**
   * @param seq a number, or one that the store will give
   */
  static void insertMention(Change change, String actor, String conversation, Object seq) {
    change.write(
        """
        INSERT INTO mentions (actor, conversation, seq) VALUES (?, ?, ?)
        ON CONFLICT (actor, conversation, seq) DO NOTHING\
        """,
        actor,
        conversation,
        seq);
  }

  private void tell(Message message, List<Actor> addressed) {
    addressed.stream()
        .filter(actor -> !actor.id().equals(message.sender().id()))
        .forEach(actor -> connections.tell(actor.id(), "mention", new Told.OfMessage(message)));
    unread.changed(message.conversation());
    heard.posted(message);
  }

  /** The message that bore this client id first. */
  private Message first(Caller caller, Post input) {
    Message first =
        store.read(handle -> {
          String id =
              handle
                  .select(
                      """
                      SELECT id FROM messages
                      WHERE conversation = ? AND sender = ? AND client_id = ?\
                      """,
                      input.conversation(),
                      caller.id(),
                      input.clientId().orElseThrow())
                  .mapTo(String.class)
                  .one();
          return Snapshots.one(handle, id).message();
        });
    access.joined(caller, input.conversation());
    boolean same =
        first.content().equals(input.content()) && first.replyTo().equals(input.replyTo());
    if (!same && first.editedAt().isEmpty() && !first.isDeleted()) {
      throw Refusal.conflict("clientId was used for another message");
    }
    return first;
  }
}

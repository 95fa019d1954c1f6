package dev.parley.personas;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.calls.Call;
import dev.parley.conversations.Message;
import dev.parley.store.Change;
import dev.parley.store.Store;
import dev.parley.wire.Actor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who answers a message: in a direct conversation the persona it is with; in a room those that are
 * mentioned and those that listen there. Personas answer each other when they are mentioned, a few
 * times after a person's word, and no longer when a person speaks again.
 */
final class Addressing {
  /** How many replies of personas may follow from a person's word, one from another. */
  static final int MOST_TURNS = 6;

  /** How much a topic must interest a persona that it speaks up. */
  private static final int INTERESTED = 60;

  private static final Duration LATELY = Duration.ofHours(1);
  private static final int MOST_OWED = 10_000;

  private static final String LISTENING =
      """
      JOIN (
        SELECT m.actor AS persona, 'always' AS answers FROM members m JOIN conversations c
          ON c.id = m.conversation AND c.kind = 'direct' WHERE m.conversation = :conversation
        UNION ALL
        SELECT l.persona, l.answers FROM listening l JOIN members m
          ON m.conversation = l.conversation AND m.actor = l.persona
          WHERE l.conversation = :conversation
      ) here ON here.persona = p.id\
      """;

  /**
   * Who was asked lately: by a mention, and of people also in a room where it listens and in a
   * direct conversation. The messages come first, by their age, so that it costs what was said
   * lately.
   */
  private static final String ASKED =
      """
      SELECT l.id AS question, x.actor AS persona FROM messages l CROSS JOIN mentions x
      JOIN personas p ON p.id = x.actor
      WHERE l.at > :since AND x.conversation = l.conversation AND x.seq = l.seq
        AND x.actor <> l.sender
      UNION
      SELECT l.id, h.persona FROM messages l JOIN accounts a ON a.id = l.sender
      CROSS JOIN listening h
      JOIN members b ON b.conversation = h.conversation AND b.actor = h.persona
      WHERE l.at > :since AND h.conversation = l.conversation
      UNION
      SELECT l.id, b.actor FROM messages l JOIN accounts a ON a.id = l.sender
      CROSS JOIN conversations c
      JOIN members b ON b.conversation = c.id JOIN personas p ON p.id = b.actor
      WHERE l.at > :since AND c.id = l.conversation AND c.kind = 'direct'\
      """;

  private static final String OWED =
      """
      , asked.persona FROM (%s) asked
      JOIN messages m ON m.id = asked.question AND m.deleted_at IS NULL
      JOIN actors n ON n.id = m.sender
      LEFT JOIN accounts a ON a.id = m.sender
      WHERE a.deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM replies r WHERE r.question = m.id
          AND r.persona = asked.persona AND r.outcome <> 'answered')
      AND NOT EXISTS (SELECT 1 FROM messages r WHERE r.conversation = m.conversation
        AND r.sender = asked.persona AND r.client_id = 're:' || m.id)
      ORDER BY m.id, asked.persona LIMIT :most\
      """
          .formatted(ASKED);

  private final Store store;
  private final Cast cast;
  private final Replies replies;
  private final InstantSource clock;
  private final Brevity brevity = new Brevity();
  private final Cache<String, List<Listener>> listeners =
      Caffeine.newBuilder().maximumSize(10_000).build();
  private final Cache<String, Optional<Cast.Row>> known =
      Caffeine.newBuilder().maximumSize(10_000).build();

  private record Listener(Cast.Row persona, Answers answers) {}

  private record Owed(Message message, String by) {}

  Addressing(Store store, Cast cast, Replies replies, InstantSource clock) {
    this.store = store;
    this.cast = cast;
    this.replies = replies;
    this.clock = clock;
  }

  /** A persona, or where one listens, was changed: what is known of them is read again. */
  void forget() {
    listeners.invalidateAll();
    known.invalidateAll();
  }

  /** Says what a persona answers in a room from now on. */
  void listen(Call call, String room, String persona, Answers answers) {
    Change change =
        call.change()
            .write("DELETE FROM listening WHERE conversation = ? AND persona = ?", room, persona);
    if (answers != Answers.MENTIONED) {
      change.write(
          "INSERT INTO listening (conversation, persona, answers) VALUES (?, ?, ?)",
          room,
          persona,
          answers.name().toLowerCase(Locale.ROOT));
    }
    store.commit(change);
    listeners.invalidate(room);
  }

  /** How long the answers may be to messages that ask for that. */
  Brevity brevity() {
    return brevity;
  }

  /** Who shall answer a message. */
  List<Asked> of(Message message) {
    return message.sender().kind() == Actor.Kind.ACCOUNT ? byPerson(message) : byPersona(message);
  }

  private List<Asked> byPerson(Message message) {
    Stream<Cast.Row> listening =
        listeners.get(message.conversation(), this::listening).stream()
            .filter(listener -> hears(listener, message))
            .map(Listener::persona);
    return Stream.concat(listening, mentioned(message))
        .collect(Collectors.toMap(Cast.Row::id, row -> row, (one, same) -> one))
        .values()
        .stream()
        .sorted(Comparator.comparing(Cast.Row::id))
        .filter(row -> cast.isVisibleTo(row, message.sender().id()))
        .map(row -> new Asked(row, message, message.sender(), 0, brevity.of(message)))
        .toList();
  }

  private Stream<Cast.Row> mentioned(Message message) {
    return message.mentions().stream()
        .map(id -> known.get(id, cast::find))
        .flatMap(Optional::stream);
  }

  private boolean hears(Listener listener, Message message) {
    return switch (listener.answers()) {
      case MENTIONED -> false;
      case ALWAYS -> true;
      case INTERESTED -> isInterestedIn(message, cast.newest(listener.persona()).interests());
    };
  }

  private static boolean isInterestedIn(Message message, Map<String, Integer> interests) {
    String said = message.content().toLowerCase(Locale.ROOT);
    return interests.entrySet().stream()
        .filter(topic -> topic.getValue() >= INTERESTED)
        .anyMatch(topic -> said.contains(topic.getKey().toLowerCase(Locale.ROOT)));
  }

  private List<Asked> byPersona(Message message) {
    List<Cast.Row> others =
        mentioned(message).filter(row -> !row.id().equals(message.sender().id())).toList();
    return others.isEmpty() ? List.of() : inTurn(message, others);
  }

  private List<Asked> inTurn(Message message, List<Cast.Row> others) {
    return replies
        .whatLedTo(message)
        .filter(before -> before.turn() + 1 < MOST_TURNS)
        .map(before ->
            others.stream()
                .filter(row -> cast.isVisibleTo(row, before.asker().id()))
                .map(
                    row -> new Asked(row, message, before.asker(), before.turn() + 1, Brevity.NONE))
                .toList())
        .orElse(List.of());
  }

  /**
   * Whether it shall still be answered: the persona is there and, if a persona asked, no person has
   * spoken since.
   */
  boolean isStillOpen(Asked asked) {
    return isThere(asked) && (asked.turn() == 0 || !hasAPersonSpokenSince(asked));
  }

  private boolean isThere(Asked asked) {
    return finds(
        "SELECT 1 FROM members WHERE conversation = ? AND actor = ?",
        asked.conversation(),
        asked.persona().id());
  }

  private boolean hasAPersonSpokenSince(Asked asked) {
    return finds(
        """
        SELECT 1 FROM messages m JOIN actors n ON n.id = m.sender AND n.kind = 'account'
        WHERE m.conversation = ? AND m.seq > ? LIMIT 1\
        """,
        asked.conversation(),
        asked.message().seq());
  }

  private boolean finds(String sql, Object... parameters) {
    return store.read(
        handle -> handle.select(sql, parameters).mapTo(int.class).findOne().isPresent());
  }

  private List<Listener> listening(String conversation) {
    return store.read(handle ->
        handle
            .createQuery(Cast.SELECT + ", here.answers " + Cast.FROM + LISTENING)
            .bind("conversation", conversation)
            .map((row, context) ->
                new Listener(
                    Cast.Row.of(row), Answers.valueOf(row.getString(8).toUpperCase(Locale.ROOT))))
            .list());
  }

  /** What was asked lately and has come to no end: it is answered after a crash. */
  Stream<Asked> owed() {
    return store
        .read(handle ->
            handle
                .createQuery(Message.COLUMNS + OWED)
                .bind("since", clock.millis() - LATELY.toMillis())
                .bind("most", MOST_OWED)
                .map((row, context) -> new Owed(Message.of(row), row.getString("persona")))
                .list())
        .stream()
        .flatMap(owed ->
            of(owed.message()).stream().filter(asked -> asked.persona().id().equals(owed.by())));
  }
}

package dev.parley.conversations;

import dev.parley.conversations.emotion.Emotion;
import dev.parley.conversations.emotion.Feeling;
import dev.parley.conversations.emotion.Label;
import dev.parley.conversations.emotion.Lexicon;
import dev.parley.store.Change;
import dev.parley.wire.Actor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Scores what people say, and keeps the tallies of it in the change that writes the message. A
 * message gives its score to the tally of its sender and takes it away again: posting gives,
 * deleting takes, editing does both. Only whole numbers are added, so their order does not matter.
 */
final class Scoring {
  private final Optional<Lexicon> lexicon;

  /**
   * @param lexicon empty if nobody wants scores
   */
  Scoring(Optional<Lexicon> lexicon) {
    this.lexicon = lexicon;
  }

  /** What a message feels like. Personas are not looked at: what they say is nobody's feeling. */
  Optional<Feeling> of(Actor sender, String content) {
    return lexicon
        .filter(known -> sender.kind() == Actor.Kind.ACCOUNT)
        .map(known -> known.read(content));
  }

  /** Adds a message's score to the tally of its sender. */
  static void give(Change change, String conversation, String person, Feeling feeling) {
    change.write(
        """
        INSERT INTO emotion_tallies (conversation, person, scored, total, negative, positive)
        VALUES (?, ?, 1, ?, ?, ?)
        ON CONFLICT (conversation, person) DO UPDATE SET
          scored = emotion_tallies.scored + 1,
          total = emotion_tallies.total + excluded.total,
          negative = emotion_tallies.negative + excluded.negative,
          positive = emotion_tallies.positive + excluded.positive\
        """,
        conversation,
        person,
        feeling.score(),
        feeling.label() == Label.NEGATIVE ? 1 : 0,
        feeling.label() == Label.POSITIVE ? 1 : 0);
  }

  /**
   * Takes the score that a message has now from the tally of its sender; to be done before the
   * message is changed. Nothing happens if it has none.
   */
  static void take(Change change, String message) {
    change.write(
        """
        UPDATE emotion_tallies SET
          scored = scored - 1,
          total = total - m.emotion,
          negative = negative - CASE WHEN m.emotion < ? THEN 1 ELSE 0 END,
          positive = positive - CASE WHEN m.emotion > ? THEN 1 ELSE 0 END
        FROM messages m
        WHERE m.id = ? AND m.emotion IS NOT NULL
          AND emotion_tallies.conversation = m.conversation AND emotion_tallies.person = m.sender\
        """,
        Label.NEGATIVE_BELOW,
        Label.POSITIVE_ABOVE,
        message);
  }

  /** As it stands in the database. */
  static String column(Optional<Feeling> feeling) {
    return feeling.stream()
        .flatMap(found -> found.emotions().stream())
        .map(Rows::word)
        .collect(Collectors.joining(" "));
  }

  /** As it stood in the database. */
  static Feeling of(int score, String column) {
    List<Emotion> emotions =
        Arrays.stream(column.split(" "))
            .filter(word -> !word.isEmpty())
            .map(word -> Emotion.valueOf(word.toUpperCase(Locale.ROOT)))
            .toList();
    return new Feeling(score, emotions);
  }
}

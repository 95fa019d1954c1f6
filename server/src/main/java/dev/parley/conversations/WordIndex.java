package dev.parley.conversations;

import dev.parley.calls.Caller;
import dev.parley.store.Dialect;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The words of messages, kept and found as each database does it best. Each entry bears the number
 * of its conversation, so what a caller may not read is passed over inside the index.
 */
sealed interface WordIndex permits SqliteWords, PostgresWords {
  /**
   * The numbers of all conversations that {@code :me} may read, as a query. Private ones are found
   * by the memberships of that one: looking at each of all conversations would take long.
   */
  String ALL =
      """
      SELECT r.number, c.messages FROM members x JOIN conversations c ON c.id = x.conversation
      JOIN search_rooms r ON r.conversation = c.id
      WHERE x.actor = :me AND c.visibility = 'private'%1$s
      UNION ALL SELECT r.number, c.messages FROM conversations c
      JOIN search_rooms r ON r.conversation = c.id WHERE %2$s%1$s
      """;

  /** The number of one conversation, as a query. */
  String ONE =
      """
      SELECT r.number, c.messages FROM search_rooms r JOIN conversations c ON c.id = r.conversation
      WHERE r.conversation = :conversation
      """;

  /** The number of the conversation of a message {@code m}. */
  String ROOM_OF_MESSAGE =
      "(SELECT r.number FROM search_rooms r WHERE r.conversation = m.conversation)";

  static WordIndex of(Dialect dialect) {
    return dialect == Dialect.SQLITE ? new SqliteWords() : new PostgresWords();
  }

  /**
   * What is looked for.
   *
   * @param words all of them, in lower case; the last may be the beginning of one
   * @param caller who asks
   * @param conversation where, if not everywhere; it was checked that the caller may read it
   * @param before only messages of lower numbers
   * @param limit the most that are wanted
   */
  record Wanted(
      List<String> words, Caller caller, Optional<String> conversation, long before, int limit) {
    /** The query for the conversations to look in. */
    String rooms() {
      return conversation.isPresent()
          ? ONE
          : ALL.formatted(Readable.alsoByAsker(caller), Readable.openTo(":me"));
    }
  }

  /** The numbers of the newest messages that have the words, newest first. */
  List<Long> newest(Handle handle, Wanted wanted);

  /**
   * Stretches of logs as a table: {@code conversation}, and which {@code seq}, those after {@code
   * since} and not after {@code until}. Its parameter is a JSON array of such arrays.
   */
  String stretches();

  /**
   * Forgets the words of messages.
   *
   * @param numbers a query for the numbers of the messages
   */
  String forget(String numbers);

  /**
   * Takes in the words of messages that are not deleted; their conversations must have numbers.
   *
   * @param numbers a query for the numbers of the messages
   */
  String remember(String numbers);
}

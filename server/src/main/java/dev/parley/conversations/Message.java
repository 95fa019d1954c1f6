package dev.parley.conversations;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.wire.Actor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A message. One that was deleted stays in its place as a tombstone: no content, {@code deletedAt}.
 *
 * @param seq where it was posted
 * @param mentions the ids of members that it addresses
 */
public record Message(
    String id,
    String conversation,
    long seq,
    Actor sender,
    String content,
    @JsonInclude(JsonInclude.Include.ALWAYS) Optional<String> replyTo,
    List<Reaction> reactions,
    List<String> mentions,
    Optional<String> clientId,
    Instant at,
    @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Instant> editedAt,
    Optional<Instant> deletedAt) {

  /**
   * One emoji on a message.
   *
   * @param by who, up to 50 of them
   */
  public record Reaction(String emoji, int count, List<Actor> by) {}

  /** The columns that {@link #of} reads, of {@code messages m} and its sender {@code actors n}. */
  public static final String COLUMNS =
      """
      SELECT m.id, m.conversation, m.seq, n.id, n.kind, n.name, n.display_name, m.content,
        m.reply_to, m.mentions, m.client_id, m.at, m.edited_at, m.deleted_at, m.number
      """;

  static final String SELECT = COLUMNS + "FROM messages m JOIN actors n ON n.id = m.sender\n";

  /** A message without its reactions. */
  public static Message of(ResultSet row) throws SQLException {
    return new Message(
        row.getString(1),
        row.getString(2),
        row.getLong(3),
        Rows.actor(row, 4),
        row.getString(8),
        Optional.ofNullable(row.getString(9)),
        List.of(),
        Stream.of(row.getString(10).split(" ")).filter(id -> !id.isEmpty()).toList(),
        Optional.ofNullable(row.getString(11)),
        Instant.ofEpochMilli(row.getLong(12)),
        moment(row.getLong(13)),
        moment(row.getLong(14)));
  }

  private static Optional<Instant> moment(long millis) {
    return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  boolean isDeleted() {
    return deletedAt.isPresent();
  }

  Message withSeq(long given) {
    return new Message(
        id,
        conversation,
        given,
        sender,
        content,
        replyTo,
        reactions,
        mentions,
        clientId,
        at,
        editedAt,
        deletedAt);
  }

  Message withReactions(List<Reaction> all) {
    return new Message(
        id,
        conversation,
        seq,
        sender,
        content,
        replyTo,
        all,
        mentions,
        clientId,
        at,
        editedAt,
        deletedAt);
  }

  Message edited(String newContent, List<String> newMentions, Instant when) {
    return new Message(
        id,
        conversation,
        seq,
        sender,
        newContent,
        replyTo,
        reactions,
        newMentions,
        clientId,
        at,
        Optional.of(when),
        deletedAt);
  }

  Message tombstone(Instant when) {
    return new Message(
        id,
        conversation,
        seq,
        sender,
        "",
        replyTo,
        List.of(),
        List.of(),
        clientId,
        at,
        editedAt,
        Optional.of(when));
  }
}

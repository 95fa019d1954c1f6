package dev.parley.conversations;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.wire.Actor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A conversation; what lies after {@code archived} is the caller's own view, there for members.
 *
 * @param with in a direct conversation: the other one
 * @param members how many
 * @param messages how many, those that were deleted included
 * @param unread messages above the caller's read mark
 */
public record Conversation(
    String id,
    Kind kind,
    @JsonInclude(JsonInclude.Include.ALWAYS) Optional<String> title,
    Visibility visibility,
    @JsonInclude(JsonInclude.Include.ALWAYS) Optional<String> project,
    long lastSeq,
    String epoch,
    long members,
    long messages,
    Instant createdAt,
    Optional<String> topic,
    boolean archived,
    Optional<Actor> with,
    Optional<MemberRole> role,
    Optional<Long> readSeq,
    Optional<Long> unread,
    Optional<Long> mentions,
    Optional<Instant> mutedUntil) {

  /** How people meet. */
  public enum Kind {
    ROOM,
    DIRECT
  }

  /** Who may read a room. */
  public enum Visibility {
    PUBLIC,
    PRIVATE
  }

  /** What a member is in a conversation. */
  public enum MemberRole {
    MODERATOR,
    MEMBER
  }

  /** The view of one caller, who is {@code :me}. */
  static final String SELECT =
      """
      SELECT c.id, c.kind, c.title, c.visibility, c.project, c.last_seq, e.value, c.members,
        c.messages, c.created_at, c.topic, c.archived_at, o.id, o.kind, o.name, o.display_name,
        m.role, m.read_seq, c.messages - m.read_messages,
        (SELECT count(*) FROM mentions x
          WHERE x.actor = m.actor AND x.conversation = c.id AND x.seq > m.read_seq),
        m.muted_until
      FROM conversations c
      JOIN meta e ON e.name = 'epoch'
      LEFT JOIN members m ON m.conversation = c.id AND m.actor = :me
      LEFT JOIN members p
        ON m.actor IS NOT NULL AND c.kind = 'direct' AND p.conversation = c.id AND p.actor <> :me
      LEFT JOIN actors o ON o.id = p.actor
      """;

  static Conversation of(ResultSet row) throws SQLException {
    boolean member = row.getString(17) != null;
    long muted = row.getLong(21);
    return new Conversation(
        row.getString(1),
        Kind.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
        Optional.ofNullable(row.getString(3)),
        Visibility.valueOf(row.getString(4).toUpperCase(Locale.ROOT)),
        Optional.ofNullable(row.getString(5)),
        row.getLong(6),
        row.getString(7),
        row.getLong(8),
        row.getLong(9),
        Instant.ofEpochMilli(row.getLong(10)),
        Optional.ofNullable(row.getString(11)),
        row.getLong(12) != 0,
        row.getString(13) == null ? Optional.empty() : Optional.of(Rows.actor(row, 13)),
        member ? Optional.of(Rows.role(row.getString(17))) : Optional.empty(),
        member ? Optional.of(row.getLong(18)) : Optional.empty(),
        member ? Optional.of(row.getLong(19)) : Optional.empty(),
        member ? Optional.of(row.getLong(20)) : Optional.empty(),
        muted == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(muted)));
  }

  /** Where the state that a reply shows stands in the log. */
  AsOf asOf() {
    return new AsOf(lastSeq, epoch);
  }

  boolean isRoom() {
    return kind == Kind.ROOM;
  }

  boolean isPublic() {
    return visibility == Visibility.PUBLIC;
  }

  /** The same with other settings. */
  Conversation with(RoomSettings settings) {
    return new Conversation(
        id,
        kind,
        Optional.of(settings.title()),
        settings.visibility(),
        settings.projectId(),
        lastSeq,
        epoch,
        members,
        messages,
        createdAt,
        settings.topic(),
        settings.archived(),
        with,
        role,
        readSeq,
        unread,
        mentions,
        mutedUntil);
  }

  /** The same at another place in its log. */
  Conversation at(long seq, long messageCount) {
    return new Conversation(
        id,
        kind,
        title,
        visibility,
        project,
        seq,
        epoch,
        members,
        messageCount,
        createdAt,
        topic,
        archived,
        with,
        role,
        readSeq,
        unread,
        mentions,
        mutedUntil);
  }

  /** The view that everybody shares, for events. */
  Conversation shared() {
    return new Conversation(
        id,
        kind,
        title,
        visibility,
        project,
        lastSeq,
        epoch,
        members,
        messages,
        createdAt,
        topic,
        archived,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}

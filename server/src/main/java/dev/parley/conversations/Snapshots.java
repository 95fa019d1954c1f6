package dev.parley.conversations;

import dev.parley.wire.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Reads messages whole, reactions included: two statements for a page, however long it is. */
final class Snapshots {
  private Snapshots() {}

  /**
   * A message as of a place in the log.
   *
   * @param lastSeq the last entry that tells of this message
   */
  record Snapshot(Message message, Reactions reactions, long lastSeq) {}

  /** Reads the place first: what is read after it is at least as new, never older than it says. */
  static Snapshot one(Handle handle, String id) {
    long last =
        handle
            .select("SELECT coalesce(max(seq), 0) FROM log WHERE message = ?", id)
            .mapTo(Long.class)
            .one();
    Message bare =
        handle
            .select(Message.SELECT + " WHERE m.id = ?", id)
            .map((row, context) -> Message.of(row))
            .findOne()
            .orElseThrow(() -> Refusal.notFound("message"));
    Reactions reactions = reactions(handle, List.of(id)).getOrDefault(id, new Reactions());
    return new Snapshot(bare.withReactions(reactions.shown()), reactions, last);
  }

  /** Messages by their numbers, newest first, without those that were deleted. */
  static List<Message> numbered(Handle handle, List<Long> numbers) {
    if (numbers.isEmpty()) {
      return List.of();
    }
    List<Message> bare =
        handle
            .createQuery(
                Message.SELECT
                    + "WHERE m.number IN (<numbers>) AND m.deleted_at IS NULL"
                    + " ORDER BY m.number DESC")
            .bindList("numbers", numbers)
            .map((row, context) -> Message.of(row))
            .list();
    return withReactions(handle, bare);
  }

  static List<Message> withReactions(Handle handle, List<Message> bare) {
    if (bare.isEmpty()) {
      return bare;
    }
    Map<String, Reactions> found = reactions(handle, bare.stream().map(Message::id).toList());
    Reactions none = new Reactions();
    return bare.stream()
        .map(message -> message.withReactions(found.getOrDefault(message.id(), none).shown()))
        .toList();
  }

  private static Map<String, Reactions> reactions(Handle handle, List<String> messages) {
    Map<String, Reactions> found = new HashMap<>();
    handle
        .createQuery(
            """
            SELECT r.message, r.emoji, n.id, n.kind, n.name, n.display_name
            FROM reactions r JOIN actors n ON n.id = r.actor WHERE r.message IN (<ids>)\
            """)
        .bindList("ids", messages)
        .map((row, context) -> {
          found
              .computeIfAbsent(row.getString(1), id -> new Reactions())
              .add(row.getString(2), Rows.actor(row, 3));
          return row.getString(1);
        })
        .list();
    return found;
  }
}

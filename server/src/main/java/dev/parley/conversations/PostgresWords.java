package dev.parley.conversations;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * Full text in PostgreSQL. Its index of words knows no order, so it gives all hits of a word or
 * none; and how many there are it does not tell. So the newest messages are looked through first:
 * either they have enough, and the word is a common one, or it is rare enough to ask the index.
 * Where there are few messages to look through, no index of words is needed at all. (OFFSET 0 keeps
 * the planner from asking the other index, for which it takes every beginning of a word as rare.)
 */
final class PostgresWords implements WordIndex {
  private static final int NEWEST = 20_000;
  private static final int COMMON = 1_000;

  private static final String RECENT =
      """
      SELECT w.number, w.room = ANY(:rooms) FROM (
        SELECT number, room, words FROM message_words WHERE number < :before
        ORDER BY number DESC LIMIT %d) w
      WHERE w.words @@ to_tsquery('simple', :words) ORDER BY w.number DESC LIMIT %d\
      """
          .formatted(NEWEST, COMMON);
  private static final String IN_ROOM =
      """
      SELECT w.number FROM (
        SELECT number, words FROM message_words WHERE room = :room AND number < :before
        ORDER BY number DESC OFFSET 0) w
      WHERE w.words @@ to_tsquery('simple', :words) ORDER BY w.number DESC LIMIT :limit\
      """;
  private static final String IN_ROOMS =
      """
      SELECT w.number FROM (
        SELECT number, words FROM message_words WHERE room = ANY(:rooms) AND number < :before
        OFFSET 0) w
      WHERE w.words @@ to_tsquery('simple', :words) ORDER BY w.number DESC LIMIT :limit\
      """;
  private static final String BY_WORDS =
      """
      SELECT w.number FROM (
        SELECT number, room FROM message_words
        WHERE words @@ to_tsquery('simple', :words) AND number < :before OFFSET 0) w
      WHERE w.room = ANY(:rooms) ORDER BY w.number DESC LIMIT :limit\
      """;

  /** A conversation to look in, and how many messages it has. */
  private record Room(long number, long messages) {}

  /** A message with the words, and whether it is in one of the rooms. */
  private record Hit(long number, boolean within) {}

  @Override
  public List<Long> newest(Handle handle, Wanted wanted) {
    List<Room> rooms = rooms(handle, wanted);
    if (rooms.isEmpty()) {
      return List.of();
    }
    if (rooms.size() == 1) {
      return numbers(handle, IN_ROOM, wanted, rooms, wanted.before(), wanted.limit());
    }
    if (rooms.stream().mapToLong(Room::messages).sum() <= NEWEST) {
      return numbers(handle, IN_ROOMS, wanted, rooms, wanted.before(), wanted.limit());
    }
    List<Hit> recent = recent(handle, wanted, rooms);
    List<Long> within =
        recent.stream().filter(Hit::within).map(Hit::number).limit(wanted.limit()).toList();
    int left = wanted.limit() - within.size();
    return left == 0
        ? within
        : Stream.concat(within.stream(), older(handle, wanted, rooms, recent, left).stream())
            .toList();
  }

  /** What is left to find: of a common word few are where the caller may read, so look there. */
  private static List<Long> older(
      Handle handle, Wanted wanted, List<Room> rooms, List<Hit> recent, int limit) {
    long before = recent.isEmpty() ? wanted.before() : recent.getLast().number();
    String sql = recent.size() == COMMON ? IN_ROOMS : BY_WORDS;
    return numbers(handle, sql, wanted, rooms, before, limit);
  }

  private static List<Room> rooms(Handle handle, Wanted wanted) {
    return Readable.bind(handle.createQuery(wanted.rooms()), wanted.caller())
        .bind("conversation", wanted.conversation().orElse(""))
        .configure(SqlStatements.class, config -> config.setUnusedBindingAllowed(true))
        .map((row, context) -> new Room(row.getLong(1), row.getLong(2)))
        .list();
  }

  private static List<Hit> recent(Handle handle, Wanted wanted, List<Room> rooms) {
    return query(handle, RECENT, wanted, rooms, wanted.before())
        .map((row, context) -> new Hit(row.getLong(1), row.getBoolean(2)))
        .list();
  }

  private static List<Long> numbers(
      Handle handle, String sql, Wanted wanted, List<Room> rooms, long before, int limit) {
    return query(handle, sql, wanted, rooms, before).bind("limit", limit).mapTo(Long.class).list();
  }

  private static Query query(
      Handle handle, String sql, Wanted wanted, List<Room> rooms, long before) {
    return handle
        .createQuery(sql)
        .configure(SqlStatements.class, config -> config.setUnusedBindingAllowed(true))
        .bind("room", rooms.getFirst().number())
        .bindArray("rooms", Long.class, rooms.stream().map(Room::number).toList())
        .bind("words", query(wanted.words()))
        .bind("before", before);
  }

  private static String query(List<String> words) {
    return words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" & ")) + ":*";
  }

  @Override
  public String stretches() {
    return """
    (SELECT value ->> 0 AS conversation, CAST(value ->> 1 AS BIGINT) AS since,
      CAST(value ->> 2 AS BIGINT) AS until
    FROM jsonb_array_elements(CAST(? AS JSONB)))\
    """;
  }

  @Override
  public String forget(String numbers) {
    return "DELETE FROM message_words WHERE number IN (" + numbers + ")";
  }

  @Override
  public String remember(String numbers) {
    return "INSERT INTO message_words (number, room, words) SELECT m.number, "
        + ROOM_OF_MESSAGE
        + ", strip(to_tsvector('simple', m.content)) FROM messages m"
        + " WHERE m.deleted_at IS NULL AND m.number IN ("
        + numbers
        + ")";
  }
}

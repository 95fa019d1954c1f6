package dev.parley.bench.reads;

import dev.parley.bench.reads.World.Room;
import dev.parley.conversations.Message;
import dev.parley.functions.Json;
import dev.parley.store.SlowStatements;
import dev.parley.store.StoreSettings;
import dev.parley.store.Stores;
import dev.parley.wire.Actor;
import dev.parley.wire.Ids;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Fills a new database with the rows that the server itself would have written, without going
 * through it: the schema comes from the server, the order of the messages is that of time, over all
 * rooms, so that those of one room lie apart as they do in life.
 */
final class Filling {
  private static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
  private static final int MILLIS_APART = 20_000;
  private static final int TOGETHER = 10_000;
  private static final double REACTED = 0.02;
  private static final double MENTIONING = 0.01;

  private final World world;
  private final Vocabulary vocabulary;
  private final Planted planted;
  private final int messages;
  private final Random random;
  private long now = START;
  private final Ids ids = new Ids(() -> Instant.ofEpochMilli(now));

  Filling(World world, Vocabulary vocabulary, int messages, Random random) {
    this.world = world;
    this.vocabulary = vocabulary;
    this.planted = new Planted(messages, random);
    this.messages = messages;
    this.random = random;
  }

  /** Makes the schema in an empty database and writes everything. */
  void fill(Path data, Optional<String> url) {
    makeSchema(data, url);
    Bulk bulk = Bulk.of(data, url);
    try (Connection connection = bulk.open()) {
      people(connection);
      rooms(connection);
      messages(connection, bulk);
      heads(connection);
      connection.commit();
      bulk.finish(connection);
    } catch (SQLException failed) {
      throw new IllegalStateException("the database could not be filled", failed);
    }
  }

  private static void makeSchema(Path data, Optional<String> url) {
    StoreSettings settings =
        new StoreSettings(
            data, url, 1, 1, Duration.ofSeconds(30), Duration.ofHours(1), 0, Duration.ZERO);
    Stores.open(settings, new SlowStatements(Duration.ZERO), InstantSource.system()).close();
  }

  private void people(Connection connection) throws SQLException {
    try (Batch actors =
            new Batch(
                connection,
                "INSERT INTO actors (id, kind, name, name_key) VALUES (?, 'account', ?, ?)");
        Batch accounts =
            new Batch(
                connection, "INSERT INTO accounts (id, role, created_at) VALUES (?, 'member', ?)");
        Batch sessions =
            new Batch(
                connection,
                """
                INSERT INTO sessions (id, account, kind, token_hash, scopes, created_at, expires_at)
                VALUES (?, ?, 'session', ?, '', ?, ?)\
                """)) {
      for (Actor one : world.accounts()) {
        actors.add(one.id(), one.name(), one.name());
        accounts.add(one.id(), START);
        long never = System.currentTimeMillis() + Duration.ofDays(365).toMillis();
        sessions.add("session-" + one.id(), one.id(), hash(World.token(one)), START, never);
      }
    }
  }

  /** As the server stores tokens: SHA-256 in hexadecimal digits. */
  private static String hash(String token) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private void rooms(Connection connection) throws SQLException {
    try (Batch conversations =
            new Batch(
                connection,
                """
                INSERT INTO conversations (id, kind, title, visibility, created_by, created_at, members)
                VALUES (?, 'room', ?, ?, ?, ?, ?)\
                """);
        Batch numbers =
            new Batch(
                connection, "INSERT INTO search_rooms (number, conversation) VALUES (?, ?)")) {
      for (Room room : world.rooms()) {
        conversations.add(
            room.id(),
            "Room of " + vocabulary.next(random),
            room.isPublic() ? "public" : "private",
            room.members().getFirst().id(),
            START,
            room.members().size());
        numbers.add(room.number(), room.id());
      }
    }
  }

  private void messages(Connection connection, Bulk bulk) throws SQLException {
    try (Tables tables = new Tables(connection, bulk)) {
      for (int number = 1; number <= messages; number++) {
        now += 1 + random.nextInt(MILLIS_APART);
        Room room = world.busy(random);
        Message message = message(room, number);
        tables.message(number, message, room);
        if (random.nextDouble() < REACTED) {
          tables.reaction(message, room.somebody(random), room, now);
        }
        if (number % TOGETHER == 0) {
          tables.flush();
          connection.commit();
        }
      }
    }
  }

  private Message message(Room room, int number) {
    List<String> mentions =
        random.nextDouble() < MENTIONING ? List.of(room.somebody(random).id()) : List.of();
    return new Message(
        ids.next(),
        room.id(),
        room.nextSeq(1),
        room.somebody(random),
        text(room, number),
        Optional.empty(),
        List.of(),
        mentions,
        Optional.empty(),
        Instant.ofEpochMilli(now),
        Optional.empty(),
        Optional.empty());
  }

  private String text(Room room, int number) {
    List<String> words = new ArrayList<>(planted.in(number - 1, !room.isPublic(), random));
    int own = 5 + random.nextInt(16);
    for (int i = 0; i < own; i++) {
      words.add(random.nextInt(words.size() + 1), vocabulary.next(random));
    }
    return String.join(" ", words);
  }

  /** Heads of rooms, and read marks at random places of their logs. */
  private void heads(Connection connection) throws SQLException {
    try (Batch heads =
            new Batch(
                connection,
                "UPDATE conversations SET last_seq = ?, messages = ?, indexed_seq = ? WHERE id = ?");
        Batch members =
            new Batch(
                connection,
                """
                INSERT INTO members
                  (conversation, actor, role, joined_at, read_seq, read_messages)
                VALUES (?, ?, 'member', ?, ?, coalesce(
                  (SELECT messages FROM log WHERE conversation = ? AND seq = ?), 0))\
                """);
        Batch whereabouts =
            new Batch(connection, "INSERT INTO whereabouts (actor, conversation) VALUES (?, ?)")) {
      for (Room room : world.rooms()) {
        heads.add(room.seq(), room.messages(), room.seq(), room.id());
        for (Actor member : room.members()) {
          long mark = random.nextLong(room.seq() + 1);
          members.add(room.id(), member.id(), START, mark, room.id(), mark);
          whereabouts.add(member.id(), room.id());
        }
      }
    }
  }

  /** The tables that grow. */
  private static final class Tables implements AutoCloseable {
    private final Batch messages;
    private final Batch log;
    private final Batch mentions;
    private final Batch reactions;
    private final Batch words;

    Tables(Connection connection, Bulk bulk) throws SQLException {
      messages =
          new Batch(
              connection,
              """
              INSERT INTO messages (id, conversation, seq, sender, content, mentions, at)
              VALUES (?, ?, ?, ?, ?, ?, ?)\
              """);
      log =
          new Batch(
              connection,
              """
              INSERT INTO log (conversation, seq, type, at, messages, message, actor, call, body)
              VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)\
              """);
      mentions =
          new Batch(connection, "INSERT INTO mentions (actor, conversation, seq) VALUES (?, ?, ?)");
      reactions =
          new Batch(
              connection, "INSERT INTO reactions (message, emoji, actor, at) VALUES (?, ?, ?, ?)");
      words = new Batch(connection, bulk.words());
    }

    void message(int number, Message message, Room room) throws SQLException {
      messages.add(
          message.id(),
          message.conversation(),
          message.seq(),
          message.sender().id(),
          message.content(),
          String.join(" ", message.mentions()),
          message.at().toEpochMilli());
      for (String mentioned : message.mentions()) {
        mentions.add(mentioned, message.conversation(), message.seq());
      }
      words.add(number, room.number(), message.content());
      entry(message, "message.posted", message.seq(), Map.of("message", message), room);
    }

    void reaction(Message message, Actor by, Room room, long at) throws SQLException {
      String emoji = "👍";
      reactions.add(message.id(), emoji, by.id(), at);
      entry(
          message,
          "message.reacted",
          room.nextSeq(0),
          Map.of("message", message, "emoji", emoji, "on", true, "by", by),
          room);
    }

    private void entry(Message message, String type, long seq, Object data, Room room)
        throws SQLException {
      log.add(
          message.conversation(),
          seq,
          type,
          message.at().toEpochMilli(),
          room.messages(),
          message.id(),
          message.sender().id(),
          message.id(),
          Json.MAPPER.writeValueAsString(data));
    }

    void flush() throws SQLException {
      for (Batch batch : List.of(messages, log, mentions, reactions, words)) {
        batch.flush();
      }
    }

    @Override
    public void close() throws SQLException {
      for (Batch batch : List.of(messages, log, mentions, reactions, words)) {
        batch.close();
      }
    }
  }
}

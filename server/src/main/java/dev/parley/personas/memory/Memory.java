package dev.parley.personas.memory;

import dev.parley.wire.Actor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A remembered statement.
 *
 * @param persona the id of who remembers it
 * @param text what is so, of {@code about} if that is there
 * @param learntAt since when it is believed
 * @param validFrom since when it holds
 * @param validUntil when it ceases to hold, if that is known
 * @param supersededAt when it ceased to be believed, if it did
 * @param supersededBy the statement that replaced it then
 * @param shared whether anybody may be reminded of it
 * @param uses how often it was recalled
 */
public record Memory(
    String id,
    String persona,
    String text,
    Kind kind,
    Optional<String> topic,
    double importance,
    Optional<Actor> about,
    Instant learntAt,
    Instant validFrom,
    Optional<Instant> validUntil,
    Optional<Instant> supersededAt,
    Optional<String> supersededBy,
    Provenance provenance,
    boolean shared,
    long uses,
    Optional<Instant> lastUsedAt) {

  /**
   * Where it comes from.
   *
   * @param saidBy who said it
   * @param conversation where it was said
   * @param messages the ids of the messages that said it
   * @param call the call that wrote it
   */
  public record Provenance(
      Optional<Actor> saidBy, Optional<String> conversation, List<String> messages, String call) {}

  static final String COLUMNS =
      """
      m.id, m.persona, m.text, m.kind, m.topic, m.importance, m.learnt_at, m.valid_from,
        m.valid_until, m.superseded_at, m.superseded_by, m.conversation, m.sources, m.call, m.scope,
        m.uses, m.last_used_at, a.id, a.kind, a.name, a.display_name,
        s.id, s.kind, s.name, s.display_name, m.number, m.vector
      """;
  static final String TABLES =
      """
      memories m LEFT JOIN actors a ON a.id = m.about LEFT JOIN actors s ON s.id = m.said_by
      """;
  static final String SELECT = "SELECT " + COLUMNS + " FROM " + TABLES;
  static final int NUMBER = 26;
  static final int VECTOR = 27;

  static Memory of(ResultSet row) throws SQLException {
    return new Memory(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        Kind.of(row.getString(4)),
        Optional.ofNullable(row.getString(5)),
        row.getDouble(6),
        actor(row, 18),
        Instant.ofEpochMilli(row.getLong(7)),
        Instant.ofEpochMilli(row.getLong(8)),
        Moment.maybe(row.getLong(9)),
        Moment.maybe(row.getLong(10)),
        Optional.ofNullable(row.getString(11)),
        new Provenance(
            actor(row, 22),
            Optional.ofNullable(row.getString(12)),
            Stream.of(row.getString(13).split(" ")).filter(id -> !id.isEmpty()).toList(),
            row.getString(14)),
        row.getString(15).equals(Statement.EVERYBODY),
        row.getLong(16),
        Optional.of(row.getLong(17)).filter(at -> at > 0).map(Instant::ofEpochMilli));
  }

  private static Optional<Actor> actor(ResultSet row, int first) throws SQLException {
    return row.getString(first) == null
        ? Optional.empty()
        : Optional.of(
            new Actor(
                Actor.Kind.valueOf(row.getString(first + 1).toUpperCase(Locale.ROOT)),
                row.getString(first),
                row.getString(first + 2),
                Optional.ofNullable(row.getString(first + 3))));
  }

  /** Whom it is about and what is so. */
  public String inWords() {
    return about.map(somebody -> somebody.name() + ": ").orElse("") + text;
  }

  /** What it says with another text, or as holding at another time. */
  Statement saying(String newText, Instant from, Optional<Instant> until) {
    return new Statement(
        persona,
        newText,
        kind,
        topic,
        importance,
        about.map(Actor::id),
        provenance.saidBy().map(Actor::id),
        provenance.conversation(),
        shared,
        provenance.messages(),
        from,
        until);
  }
}

package dev.parley.personas.mood;

import dev.parley.conversations.emotion.Lexicon;
import dev.parley.store.Store;
import dev.parley.wire.Actor;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.Query;

/**
 * What personas answered, as it stands in the database now: what was deleted is not there, what was
 * edited reads as it does now, and nothing has to be taken back.
 */
final class Experience {
  /** How much of a message is read for its tone, in characters. */
  private static final int READ = 1_000;

  /** How far back a mood looks, in answers; and how many of each voice and of all it hears. */
  private static final int MOST_LATELY = 1_000;

  private static final int MOST_OF_ONE = 10;
  private static final int MOST_OF_ALL = 200;

  private static final String HEARD =
      "SELECT m.id, k.speaker, k.at, substr(m.content, 1, :read) AS said, k.persona FROM (";

  private static final String STILL_THERE =
      """
      ) k JOIN messages m ON m.id = k.question
      WHERE m.deleted_at IS NULL AND k.place <= :each ORDER BY k.at DESC, m.id DESC LIMIT :most\
      """;

  private static final String FROM_EVERYBODY =
      """
      SELECT l.*, row_number() OVER (PARTITION BY l.speaker ORDER BY l.at DESC) AS place FROM (
        SELECT r.persona, r.question, r.speaker, r.at FROM replies r
        WHERE r.persona = :persona AND r.outcome = 'answered' AND r.at > :since
        ORDER BY r.at DESC LIMIT :lately) l\
      """;

  private static final String FROM_A_PERSON =
      """
      SELECT r.persona, r.question, r.speaker, r.at, 1 AS place FROM replies r
      WHERE r.asker = :other AND r.persona = :persona AND r.outcome = 'answered'
        AND r.speaker = r.asker ORDER BY r.at DESC LIMIT :most\
      """;

  private static final String FROM_A_PERSONA =
      """
      SELECT r.persona, r.question, r.speaker, r.at, 1 AS place FROM replies r
      WHERE r.persona = :persona AND r.speaker = :other AND r.outcome = 'answered'
        AND r.speaker <> r.asker ORDER BY r.at DESC LIMIT :most\
      """;

  private static final String FROM_A_PERSON_TO_EACH =
      """
      SELECT r.persona, r.question, r.speaker, r.at,
        row_number() OVER (PARTITION BY r.persona ORDER BY r.at DESC) AS place
      FROM replies r
      WHERE r.asker = :other AND r.outcome = 'answered' AND r.speaker = r.asker\
      """;

  private final Store store;
  private final Lexicon lexicon;

  Experience(Store store, Lexicon lexicon) {
    this.store = store;
    this.lexicon = lexicon;
  }

  private record Row(String persona, Heard heard) {}

  /** What a persona heard lately, of each no more than a few. */
  List<Heard> lately(String persona, long now) {
    return heard(
        FROM_EVERYBODY,
        MOST_OF_ONE,
        MOST_OF_ALL,
        query ->
            query
                .bind("persona", persona)
                .bind("since", now - Mood.LATELY.toMillis())
                .bind("lately", MOST_LATELY));
  }

  /** The newest of what a persona heard from somebody. */
  List<Heard> from(Actor other, String persona) {
    return heard(
        other.kind() == Actor.Kind.PERSONA ? FROM_A_PERSONA : FROM_A_PERSON,
        1,
        Relationship.MOST,
        query -> query.bind("persona", persona).bind("other", other.id()));
  }

  private List<Heard> heard(String which, int each, int most, Binding binding) {
    return rows(which, each, most, binding).stream().map(Row::heard).toList();
  }

  /** The newest of what each persona heard from a person, by persona. */
  Map<String, List<Heard>> from(String person) {
    return rows(
            FROM_A_PERSON_TO_EACH,
            Relationship.MOST,
            Integer.MAX_VALUE,
            query -> query.bind("other", person))
        .stream()
        .collect(
            Collectors.groupingBy(
                Row::persona, Collectors.mapping(Row::heard, Collectors.toList())));
  }

  /** Binds what is particular to a query. */
  @FunctionalInterface
  private interface Binding {
    Query to(Query query);
  }

  private List<Row> rows(String which, int each, int most, Binding binding) {
    return store.read(handle ->
        binding
            .to(
                handle
                    .createQuery(HEARD + which + STILL_THERE)
                    .bind("read", READ)
                    .bind("each", each)
                    .bind("most", most))
            .map((row, context) ->
                new Row(
                    row.getString(5),
                    new Heard(
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3),
                        Tone.of(row.getString(4), lexicon))))
            .list());
  }

  /** When a persona answered a person lately, in milliseconds since 1970. */
  List<Long> answers(String persona, String person, long now) {
    return store.read(handle ->
        handle
            .select(
                """
                SELECT at FROM replies
                WHERE asker = ? AND persona = ? AND outcome = 'answered' AND at > ?\
                """,
                person,
                persona,
                now - Energy.LATELY.toMillis())
            .mapTo(Long.class)
            .list());
  }
}

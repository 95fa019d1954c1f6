package dev.parley.personas.mood;

import dev.parley.accounts.Person;
import dev.parley.conversations.emotion.Lexicon;
import dev.parley.store.Store;
import dev.parley.wire.Actor;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.statement.Query;

/**
 * What personas answered, as it stands in the database now: what was deleted is not there, what was
 * edited reads as it does now, and nothing has to be taken back. Whose an account is, is looked at
 * just then, too.
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
        SELECT r.persona, r.question, coalesce(i.person, r.speaker) AS speaker, r.at
        FROM replies r LEFT JOIN identities i ON i.account = r.speaker
        WHERE r.persona = :persona AND r.outcome = 'answered' AND r.at > :since
        ORDER BY r.at DESC LIMIT :lately) l\
      """;

  /** The newest of one account: as many as are wanted of all, so no more are looked at. */
  private static final String FROM_AN_ACCOUNT =
      """
      SELECT * FROM (SELECT r.persona, r.question, r.speaker, r.at, 1 AS place FROM replies r
        WHERE r.asker = :account%1$d AND r.persona = :persona AND r.outcome = 'answered'
          AND r.speaker = r.asker ORDER BY r.at DESC LIMIT :most) AS newest%1$d\
      """;

  private static final String FROM_A_PERSONA =
      """
      SELECT r.persona, r.question, r.speaker, r.at, 1 AS place FROM replies r
      WHERE r.persona = :persona AND r.speaker = :other AND r.outcome = 'answered'
        AND r.speaker <> r.asker ORDER BY r.at DESC LIMIT :most\
      """;

  private static final String FROM_AN_ACCOUNT_TO_EACH =
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

  /** The newest of what a persona heard from somebody, as whom they ever said it. */
  List<Heard> from(Actor other, String persona) {
    return other.kind() == Actor.Kind.PERSONA
        ? fromPersona(other.id(), persona)
        : fromPerson(store.read(handle -> Person.own(handle, other.id())), persona);
  }

  private List<Heard> fromPersona(String other, String persona) {
    return heard(
        FROM_A_PERSONA,
        1,
        Relationship.MOST,
        query -> query.bind("persona", persona).bind("other", other));
  }

  private List<Heard> fromPerson(List<String> accounts, String persona) {
    String fromEach =
        IntStream.range(0, accounts.size())
            .mapToObj(FROM_AN_ACCOUNT::formatted)
            .collect(Collectors.joining(" UNION ALL "));
    return heard(
        fromEach,
        1,
        Relationship.MOST,
        query -> {
          for (int i = 0; i < accounts.size(); i++) {
            query.bind("account" + i, accounts.get(i));
          }
          return query.bind("persona", persona);
        });
  }

  private List<Heard> heard(String which, int each, int most, Binding binding) {
    return rows(which, each, most, binding).stream().map(Row::heard).toList();
  }

  /** The newest of what each persona heard from an account, by persona. */
  Map<String, List<Heard>> from(String account) {
    return rows(
            FROM_AN_ACCOUNT_TO_EACH,
            Relationship.MOST,
            Integer.MAX_VALUE,
            query -> query.bind("other", account))
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
            .createQuery(
                """
                SELECT at FROM replies WHERE asker IN (<accounts>) AND persona = :persona
                  AND outcome = 'answered' AND at > :since\
                """)
            .bindList("accounts", Person.own(handle, person))
            .bind("persona", persona)
            .bind("since", now - Energy.LATELY.toMillis())
            .mapTo(Long.class)
            .list());
  }
}

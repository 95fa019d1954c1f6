package dev.parley.personas.memory;

import dev.parley.store.Change;
import dev.parley.store.Dialect;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * The words of statements in the database's own full-text index, FTS5 or tsvector. It finds and
 * does not rank: what a word says depends on the one persona's statements, which {@link
 * PersonaIndex} knows; the database would count it in everybody's first.
 */
final class FullText {
  private static final int MOST_WORDS = 64;
  private static final String IN_SQLITE =
      """
      SELECT rowid FROM memory_words WHERE memory_words MATCH :query
      ORDER BY rowid DESC LIMIT :limit\
      """;
  private static final String IN_POSTGRES =
      """
      SELECT number FROM memory_words WHERE words @@ CAST(:query AS tsquery)
      ORDER BY number DESC LIMIT :limit\
      """;

  private final boolean sqlite;

  FullText(Dialect dialect) {
    this.sqlite = dialect == Dialect.SQLITE;
  }

  /** Steps that index a statement whose row the change has written already. */
  void remember(Change change, String id, Statement statement) {
    String words = words(statement.text());
    String tags =
        Tags.of(statement.scope(), statement.about(), statement.saidBy()).stream()
            .map(tag -> statement.persona() + tag)
            .collect(Collectors.joining(" "));
    if (sqlite) {
      change.write(
          """
          INSERT INTO memory_words (rowid, words, tags)
          SELECT number, ?, ? FROM memories WHERE id = ?\
          """,
          words,
          tags,
          id);
    } else {
      change.write(
          """
          INSERT INTO memory_words (number, words)
          SELECT number, array_to_tsvector(string_to_array(?, ' ')) FROM memories WHERE id = ?\
          """,
          (words + " " + tags).strip(),
          id);
    }
  }

  /** The step that takes out the statements of which a condition on {@code memories} holds. */
  void forget(Change change, String condition, Object... parameters) {
    change.write(
        "DELETE FROM memory_words WHERE "
            + (sqlite ? "rowid" : "number")
            + " IN (SELECT number FROM memories WHERE "
            + condition
            + ")",
        parameters);
  }

  private static String words(String text) {
    return Words.of(text, MOST_WORDS).stream()
        .distinct()
        .map(FullText::word)
        .collect(Collectors.joining(" "));
  }

  /** A word as it is indexed: no word that somebody writes can be a tag. */
  private static String word(String stem) {
    return "w" + stem;
  }

  /**
   * What to look for.
   *
   * @param words stems, of which one must occur
   * @param about ids of actors; a statement about one of them is found without any word
   * @param tags of which a statement must bear one
   * @param limit the most that are found: the newest
   */
  record Query(
      String persona,
      Collection<String> words,
      Collection<String> about,
      Collection<String> tags,
      int limit) {}

  /** The numbers of statements that fit, of whatever time, in no order that says anything. */
  List<Long> find(Handle handle, Query query) {
    if (query.tags().isEmpty() || (query.words().isEmpty() && query.about().isEmpty())) {
      return List.of();
    }
    return handle
        .createQuery(sqlite ? IN_SQLITE : IN_POSTGRES)
        .bind("query", sqlite ? forSqlite(query) : forPostgres(query))
        .bind("limit", query.limit())
        .mapTo(Long.class)
        .list();
  }

  private static String forSqlite(Query query) {
    Optional<String> words =
        group("\"", " OR ", query.words().stream().map(FullText::word)).map("{words} : "::concat);
    Optional<String> about =
        group("\"", " OR ", tags(query, query.about().stream().map(Tags::about)))
            .map("{tags} : "::concat);
    String terms =
        Stream.of(words, about)
            .flatMap(Optional::stream)
            .collect(Collectors.joining(" OR ", "(", ")"));
    String tags = "{tags} : " + group("\"", " OR ", tags(query, query.tags().stream())).orElse("");
    return terms + " AND " + tags;
  }

  private static String forPostgres(Query query) {
    String terms =
        group(
                "'",
                " | ",
                Stream.concat(
                    query.words().stream().map(FullText::word),
                    tags(query, query.about().stream().map(Tags::about))))
            .orElse("");
    return terms + " & " + group("'", " | ", tags(query, query.tags().stream())).orElse("");
  }

  private static Stream<String> tags(Query query, Stream<String> tags) {
    return tags.map(tag -> query.persona() + tag);
  }

  private static Optional<String> group(String quote, String or, Stream<String> words) {
    String joined = words.map(word -> quote + word + quote).collect(Collectors.joining(or));
    return joined.isEmpty() ? Optional.empty() : Optional.of("(" + joined + ")");
  }
}

package dev.parley.conversations;

import dev.parley.calls.Call;
import dev.parley.functions.About;
import dev.parley.functions.InvalidInput;
import dev.parley.functions.Range;
import dev.parley.functions.Size;
import dev.parley.functions.Text;
import dev.parley.store.Dialect;
import dev.parley.store.Store;
import dev.parley.wire.Page;
import dev.parley.wire.Paging;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Full-text search over what the caller may see, newest first. */
final class Search {
  private static final int MOST_WORDS = 10;
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
  private static final String VISIBLE =
      """
       AND m.deleted_at IS NULL AND m.number < :before
      AND EXISTS (SELECT 1 FROM conversations c WHERE c.id = m.conversation AND (
        EXISTS (SELECT 1 FROM members x WHERE x.conversation = c.id AND x.actor = :me)
        OR (c.visibility = 'public' AND NOT EXISTS
          (SELECT 1 FROM bans b WHERE b.conversation = c.id AND b.actor = :me))))
      """;

  private final Store store;
  private final Access access;

  Search(Store store, Access access) {
    this.store = store;
    this.access = access;
  }

  record Find(
      @About("words that must all occur; the last may be the beginning of one")
          @Text(min = 1, max = 200)
          String text,
      @Text(min = 1, max = 40) Optional<String> conversation,
      @Range(min = 1, max = Page.MAX) Optional<Integer> limit,
      @Text(max = 256) Optional<String> cursor,
      @Size(max = 30) Optional<List<String>> fields) {}

  record Found(List<Message> items, Optional<String> next) {}

  private record Hit(long number, Message message) {}

  Found find(Call call, Find input) {
    input.conversation().ifPresent(id -> access.readable(call.caller(), id));
    Paging paging =
        Paging.of(
            input.limit(), input.cursor(), "messages.search", input.text(), input.conversation());
    return store.read(handle -> {
      Page<Hit> page =
          paging.page(
              query(handle, call, input, paging)
                  .map((row, context) -> new Hit(row.getLong(15), Message.of(row)))
                  .list(),
              hit -> Long.toString(hit.number()));
      List<Message> bare = page.items().stream().map(Hit::message).toList();
      return new Found(Snapshots.withReactions(handle, bare), page.next());
    });
  }

  private Query query(Handle handle, Call call, Find input, Paging paging) {
    boolean sqlite = store.dialect() == Dialect.SQLITE;
    String sql =
        Message.SELECT
            + (sqlite
                ? "JOIN message_words w ON w.rowid = m.number WHERE w.content MATCH :words"
                : "JOIN message_words w ON w.number = m.number"
                    + " WHERE w.words @@ to_tsquery('simple', :words)")
            + VISIBLE
            + (input.conversation().isPresent() ? " AND m.conversation = :conversation" : "")
            + (sqlite ? " ORDER BY w.rowid DESC" : " ORDER BY m.number DESC")
            + " LIMIT :limit";
    Query query =
        handle
            .createQuery(sql)
            .bind("words", sqlite ? forSqlite(words(input)) : forPostgres(words(input)))
            .bind("me", call.caller().id())
            .bind("before", paging.before())
            .bind("limit", paging.oneMore());
    input.conversation().ifPresent(id -> query.bind("conversation", id));
    return query;
  }

  private static List<String> words(Find input) {
    List<String> words =
        WORD.matcher(input.text())
            .results()
            .map(MatchResult::group)
            .map(word -> word.toLowerCase(Locale.ROOT))
            .limit(MOST_WORDS)
            .toList();
    if (words.isEmpty()) {
      throw new InvalidInput("text", "must have a letter or a digit");
    }
    return words;
  }

  private static String forSqlite(List<String> words) {
    return words.stream().map(word -> '"' + word + '"').collect(Collectors.joining(" ")) + "*";
  }

  private static String forPostgres(List<String> words) {
    return words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" & ")) + ":*";
  }
}

package dev.parley.conversations;

import dev.parley.accounts.Person;
import dev.parley.calls.Call;
import dev.parley.calls.Caller;
import dev.parley.calls.Permission;
import dev.parley.conversations.emotion.Statistic;
import dev.parley.conversations.emotion.Trend;
import dev.parley.functions.About;
import dev.parley.functions.Range;
import dev.parley.functions.Size;
import dev.parley.functions.Text;
import dev.parley.store.Store;
import dev.parley.wire.Actor;
import dev.parley.wire.Ids;
import dev.parley.wire.Page;
import dev.parley.wire.Paging;
import dev.parley.wire.Refusal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.EmptyHandling;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * How somebody felt, wherever that was and by whichever of their accounts. They see all of it, and
 * administrators what happened where an escalation would come to them; the words are for those who
 * may read them.
 */
final class EmotionHistory {
  /** After every id. */
  private static final String END = "~";

  /** Where escalations come to administrators: not where two people talk by themselves. */
  private static final String OFFICE =
      """
       AND (%s OR c.kind = 'direct' AND EXISTS (SELECT 1 FROM members v
          JOIN personas p ON p.id = v.actor WHERE v.conversation = c.id))\
      """
          .formatted(Readable.by(":caller"));

  private static final String ITEMS =
      """
      SELECT m.id, m.seq, m.sender, m.emotion, m.emotions, m.conversation, m.at,
        CASE WHEN %s THEN m.content END
      FROM messages m JOIN conversations c ON c.id = m.conversation
      WHERE m.id IN (%s) ORDER BY m.id DESC LIMIT :limit\
      """;

  /**
   * The newest of one account: as many as are wanted of all, so no more are looked at. The index
   * goes by the last character of the sender's id.
   */
  private static final String NEWEST =
      """
      SELECT * FROM (SELECT x.id FROM messages x JOIN conversations c ON c.id = x.conversation
        WHERE substr(x.sender, 26, 1) = substr(:account%1$d, 26, 1) AND x.sender = :account%1$d
          AND x.emotion IS NOT NULL AND x.id < :before AND x.id >= :since
        %2$s ORDER BY x.id DESC LIMIT :limit) AS newest%1$d\
      """;

  private static final String TOTALS =
      """
      SELECT coalesce(sum(t.scored), 0), coalesce(sum(t.total), 0),
        coalesce(sum(t.negative), 0), coalesce(sum(t.positive), 0)
      FROM emotion_tallies t JOIN conversations c ON c.id = t.conversation
      WHERE t.person IN (<accounts>)\
      """;

  private final Store store;

  EmotionHistory(Store store) {
    this.store = store;
  }

  record Asked(
      @About("for administrators: an account of somebody else; the caller's, if absent")
          @Text(min = 1, max = 40)
          Optional<String> account,
      @About("only in these") @Size(max = 20) Optional<List<String>> conversations,
      @About("only in conversations of this kind") Optional<Conversation.Kind> kind,
      @About("only in rooms of this project") @Text(min = 1, max = 40) Optional<String> project,
      @About("only what was said since then; the emotion counts what was said before, too")
          Optional<Instant> since,
      @Range(min = 1, max = Page.MAX) Optional<Integer> limit,
      @Text(max = 256) Optional<String> cursor,
      @Size(max = 30) Optional<List<String>> fields) {}

  /**
   * @param accounts of one person, the known one first
   * @param emotion of all that the filters leave, whenever it was said
   */
  record Found(
      @About("those of the person, the known one first") List<Actor> accounts,
      Statistic emotion,
      List<Felt> items,
      Optional<String> next) {}

  /**
   * @param content absent if the caller may not read it
   */
  record Felt(
      String conversation,
      Instant at,
      Emotions.Scored emotion,
      @About("absent if the caller may not read it") Optional<String> content) {}

  /**
   * What the caller may see of somebody.
   *
   * @param caller whose id it is
   * @param where a condition on the conversation {@code c}
   */
  private record View(String caller, List<String> accounts, String where, Asked asked) {

    static View of(Handle handle, Caller caller, Asked asked) {
      List<String> own = Person.own(handle, caller.id());
      String account = asked.account().orElse(caller.id());
      boolean isOwn = own.contains(account);
      if (!isOwn && !(caller.isAdmin() && caller.may(Permission.ADMIN))) {
        throw Refusal.forbidden("Only administrators see how others feel");
      }
      return new View(
          caller.id(),
          isOwn ? own : Person.whole(handle, account),
          filters(asked) + (isOwn ? "" : OFFICE),
          asked);
    }

    private static String filters(Asked asked) {
      return asked.conversations().map(some -> " AND c.id IN (<conversations>)").orElse("")
          + asked.kind().map(one -> " AND c.kind = :kind").orElse("")
          + asked.project().map(one -> " AND c.project = :project").orElse("");
    }

    Query query(Handle handle, String sql) {
      Query query =
          handle
              .createQuery(sql)
              .configure(SqlStatements.class, known -> known.setUnusedBindingAllowed(true))
              .bind("caller", caller)
              .bindList("accounts", accounts);
      asked
          .conversations()
          .ifPresent(some -> query.bindList(EmptyHandling.NULL_KEYWORD, "conversations", some));
      asked.kind().ifPresent(one -> query.bind("kind", Rows.word(one)));
      asked.project().ifPresent(one -> query.bind("project", one));
      for (int i = 0; i < accounts.size(); i++) {
        query.bind("account" + i, accounts.get(i));
      }
      return query;
    }

    /** The newest items below an id, over all accounts. */
    List<Felt> newest(Handle handle, String before, String since, int limit) {
      String newest =
          IntStream.range(0, accounts.size())
              .mapToObj(i -> NEWEST.formatted(i, where))
              .collect(Collectors.joining(" UNION ALL "));
      return query(handle, ITEMS.formatted(Readable.by(":caller"), newest))
          .bind("before", before)
          .bind("since", since)
          .bind("limit", limit)
          .map((row, context) ->
              new Felt(
                  row.getString(6),
                  Instant.ofEpochMilli(row.getLong(7)),
                  Emotions.Scored.of(row),
                  Optional.ofNullable(row.getString(8))))
          .list();
    }

    Statistic emotion(Handle handle) {
      List<Integer> scores =
          newest(handle, END, "", Trend.SCORES).stream()
              .map(felt -> felt.emotion().thousandths())
              .toList();
      return query(handle, TOTALS + where)
          .map((row, context) ->
              Statistic.of(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), scores))
          .one();
    }

    /** In their order. */
    List<Actor> actors(Handle handle) {
      return handle
          .createQuery("SELECT id, kind, name, display_name FROM actors WHERE id IN (<accounts>)")
          .bindList("accounts", accounts)
          .map((row, context) -> Rows.actor(row, 1))
          .list()
          .stream()
          .sorted(Comparator.comparing(actor -> accounts.indexOf(actor.id())))
          .toList();
    }
  }

  Found of(Call call, Asked input) {
    Paging paging =
        Paging.of(
            input.limit(),
            input.cursor(),
            "emotions.history",
            call.caller().id(),
            input.account(),
            input.conversations(),
            input.kind(),
            input.project(),
            input.since());
    String before = paging.after().isEmpty() ? END : paging.after();
    String since = input.since().map(Ids::since).orElse("");
    return store.read(handle -> {
      View view = View.of(handle, call.caller(), input);
      List<Actor> accounts = view.actors(handle);
      if (accounts.isEmpty()) {
        throw Refusal.notFound("account");
      }
      Page<Felt> page =
          paging.page(
              view.newest(handle, before, since, paging.oneMore()),
              felt -> felt.emotion().message());
      return new Found(accounts, view.emotion(handle), page.items(), page.next());
    });
  }
}

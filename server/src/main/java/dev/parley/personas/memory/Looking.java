package dev.parley.personas.memory;

import dev.parley.calls.Call;
import dev.parley.functions.About;
import dev.parley.functions.InvalidInput;
import dev.parley.functions.Range;
import dev.parley.functions.Text;
import dev.parley.store.Store;
import dev.parley.wire.Page;
import dev.parley.wire.Paging;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** How people see what personas remember of them. */
final class Looking {
  private final Store store;
  private final InstantSource clock;
  private final Recall recall;
  private final Pruning pruning;

  Looking(Store store, InstantSource clock, Recall recall, Pruning pruning) {
    this.store = store;
    this.clock = clock;
    this.recall = recall;
    this.pruning = pruning;
  }

  record Listed(
      @Text(min = 1, max = 40) Optional<String> persona,
      @About("only what the persona may say there to the caller") @Text(min = 1, max = 40)
          Optional<String> conversation,
      @About("what was believed then") Optional<Instant> asOf,
      @About("what was believed to hold then; at asOf if absent") Optional<Instant> validAt,
      @Range(min = 1, max = Page.MAX) Optional<Integer> limit,
      @Text(max = 256) Optional<String> cursor) {}

  record Several(List<Memory> items, Optional<String> next) {}

  record Find(
      @Text(min = 1, max = 40) String persona,
      @About("a question or some words") @Text(min = 1, max = 2_000) String text,
      @About("what comes to the persona's mind there: whatever may be said there, of anybody")
          @Text(min = 1, max = 40)
          Optional<String> conversation,
      @About("what was believed then") Optional<Instant> asOf,
      @About("what was believed to hold then; at asOf if absent") Optional<Instant> validAt,
      @Range(min = 1, max = Page.MAX) Optional<Integer> limit) {}

  record Found(List<Recalled> items) {}

  record Export(
      @Text(min = 1, max = 40) Optional<String> persona,
      @Range(min = 1, max = 1_000) Optional<Integer> limit,
      @Text(max = 256) Optional<String> cursor) {}

  record Exported(String format, Instant exportedAt, List<Memory> items, Optional<String> next) {}

  record Of(@Text(min = 1, max = 40) Optional<String> persona) {}

  /**
   * Memories in numbers.
   *
   * @param shared of which anybody may be reminded
   * @param importance the mean; 0 if there are none
   * @param important of an importance of 0.7 and more
   * @param today learnt since midnight, UTC
   * @param kinds how many of each kind there are
   */
  record Stats(
      long count,
      long shared,
      double importance,
      long important,
      long today,
      Map<String, Long> kinds) {
    private static Stats of(List<Counted> all) {
      long count = all.stream().mapToLong(Counted::count).sum();
      double sum = all.stream().mapToDouble(Counted::importance).sum();
      return new Stats(
          count,
          all.stream().mapToLong(Counted::shared).sum(),
          count == 0 ? 0 : sum / count,
          all.stream().mapToLong(Counted::important).sum(),
          all.stream().mapToLong(Counted::today).sum(),
          all.stream().collect(Collectors.toMap(Counted::kind, Counted::count)));
    }
  }

  private record Counted(
      String kind, long count, double importance, long important, long today, long shared) {}

  record Prune(
      @Text(min = 1, max = 40) String persona,
      @About("how many stay; the server's limit if absent") @Range(max = 1_000_000_000)
          Optional<Integer> keep,
      @About("true to be told only what would go") Optional<Boolean> dryRun) {}

  record Pruned(
      int count, @About("the first 1,000 of them") List<String> memories, boolean dryRun) {}

  private record Row(long number, Memory memory) {}

  Several list(Call call, Listed input) {
    if (input.conversation().isPresent() && input.persona().isEmpty()) {
      throw new InvalidInput("persona", "must be there if conversation is");
    }
    Moment moment = Moment.of(input.asOf(), input.validAt(), clock);
    Paging paging =
        Paging.of(
            input.limit(),
            input.cursor(),
            "memories.list",
            input.persona(),
            input.conversation(),
            input.asOf(),
            input.validAt());
    Page<Memory> page =
        page(
            new Sight(call.caller()),
            input.persona(),
            input.conversation(),
            " AND m.number < :number AND " + Moment.BELIEVED + " ORDER BY m.number DESC",
            paging,
            query ->
                query
                    .bind("number", paging.before())
                    .bind("asOf", moment.asOf())
                    .bind("validAt", moment.validAt()));
    return new Several(page.items(), page.next());
  }

  Exported export(Call call, Export input) {
    Paging paging = Paging.of(input.limit(), input.cursor(), "memories.export", input.persona());
    long after = paging.after().isEmpty() ? 0 : Long.parseLong(paging.after());
    Page<Memory> page =
        page(
            new Sight(call.caller()),
            input.persona(),
            Optional.empty(),
            " AND m.number > :number AND m.forgotten_at IS NULL ORDER BY m.number",
            paging,
            query -> query.bind("number", after));
    return new Exported(
        "parley-memories-1", Instant.ofEpochMilli(clock.millis()), page.items(), page.next());
  }

  private Page<Memory> page(
      Sight sight,
      Optional<String> persona,
      Optional<String> conversation,
      String rest,
      Paging paging,
      UnaryOperator<Query> bound) {
    List<Row> rows =
        store.read(handle -> {
          String sql = Memory.SELECT + " WHERE " + sight.condition();
          Query query =
              handle
                  .createQuery(
                      sql
                          + persona.map(id -> " AND m.persona = :persona").orElse("")
                          + conversation.map(id -> " AND m.scope IN (<scopes>)").orElse("")
                          + rest
                          + " LIMIT :limit")
                  .bind("limit", paging.oneMore());
          persona.ifPresent(id -> bindPersona(handle, query, sight, id, conversation));
          return sight
              .bind(handle, bound.apply(query))
              .map((row, context) -> new Row(row.getLong(Memory.NUMBER), Memory.of(row)))
              .list();
        });
    Page<Row> page = paging.page(rows, row -> Long.toString(row.number()));
    return new Page<>(page.items().stream().map(Row::memory).toList(), page.next());
  }

  Stats stats(Call call, Of input) {
    Sight sight = new Sight(call.caller());
    Instant now = Instant.ofEpochMilli(clock.millis());
    return store.read(handle -> {
      Query query =
          handle
              .createQuery(
                  """
                  SELECT m.kind, COUNT(*), SUM(m.importance),
                    SUM(CASE WHEN m.importance >= 0.7 THEN 1 ELSE 0 END),
                    SUM(CASE WHEN m.learnt_at >= :today THEN 1 ELSE 0 END),
                    SUM(CASE WHEN m.scope = '' THEN 1 ELSE 0 END)
                  FROM memories m WHERE\
                  """
                      + " "
                      + sight.condition()
                      + " AND "
                      + Moment.BELIEVED
                      + input.persona().map(id -> " AND m.persona = :persona").orElse("")
                      + " GROUP BY m.kind")
              .bind("today", now.truncatedTo(ChronoUnit.DAYS).toEpochMilli())
              .bind("asOf", now.toEpochMilli())
              .bind("validAt", now.toEpochMilli());
      input.persona().ifPresent(id -> bindPersona(handle, query, sight, id, Optional.empty()));
      return Stats.of(
          sight
              .bind(handle, query)
              .map((row, context) ->
                  new Counted(
                      row.getString(1),
                      row.getLong(2),
                      row.getDouble(3),
                      row.getLong(4),
                      row.getLong(5),
                      row.getLong(6)))
              .list());
    });
  }

  private static void bindPersona(
      Handle handle, Query query, Sight sight, String persona, Optional<String> conversation) {
    sight.requirePersona(handle, persona);
    query.bind("persona", persona);
    conversation.ifPresent(id -> {
      sight.requireConversation(handle, id);
      Audible audible = new Audible(persona, sight.person(), conversation);
      query.bindList("scopes", List.copyOf(audible.scopes(handle)));
    });
  }

  Found search(Call call, Find input) {
    Sight sight = new Sight(call.caller());
    store.read(handle -> {
      sight.requirePersona(handle, input.persona());
      input.conversation().ifPresent(id -> sight.requireConversation(handle, id));
      return true;
    });
    Recall.Question question =
        new Recall.Question(
            input.persona(),
            sight.person(),
            input.conversation(),
            input.text(),
            input.limit().orElse(10),
            Moment.of(input.asOf(), input.validAt(), clock));
    return new Found(found(question, sight));
  }

  /** A persona that looks recalls; people see what is theirs, or what would be recalled there. */
  private List<Recalled> found(Recall.Question question, Sight sight) {
    if (sight.isPersona()) {
      return recall.of(question);
    }
    return question.conversation().isEmpty()
        ? recall.among(question, sight::tags)
        : recall.among(question, question.audible()::tags);
  }

  Map<String, String> words(Audible audible, Collection<String> ids) {
    return store.read(handle ->
        handle
            .createQuery(
                Memory.SELECT
                    + " WHERE m.id IN (<ids>) AND m.persona = :persona"
                    + " AND m.forgotten_at IS NULL AND m.scope IN (<scopes>)")
            .bindList("ids", List.copyOf(ids))
            .bindList("scopes", List.copyOf(audible.scopes(handle)))
            .bind("persona", audible.persona())
            .map((row, context) -> Memory.of(row))
            .collect(Collectors.toMap(Memory::id, Memory::inWords)));
  }

  Pruned prune(Call call, Prune input) {
    Sight sight = new Sight(call.caller());
    store.read(handle -> {
      sight.requirePersona(handle, input.persona());
      return true;
    });
    int keep =
        input.keep().orElseGet(() -> pruning.limit() == 0 ? Integer.MAX_VALUE : pruning.limit());
    boolean dry = input.dryRun().orElse(false);
    List<String> gone =
        dry
            ? pruning.dryRun(input.persona(), keep)
            : pruning.run(call.change().origin(), input.persona(), keep);
    return new Pruned(gone.size(), gone.stream().limit(1_000).toList(), dry);
  }
}

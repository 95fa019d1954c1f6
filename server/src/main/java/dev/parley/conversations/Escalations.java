package dev.parley.conversations;

import dev.parley.accounts.Person;
import dev.parley.calls.Call;
import dev.parley.calls.Caller;
import dev.parley.calls.Permission;
import dev.parley.delivery.Connections;
import dev.parley.functions.About;
import dev.parley.functions.InvalidInput;
import dev.parley.functions.Range;
import dev.parley.functions.Size;
import dev.parley.functions.Text;
import dev.parley.store.Conflict;
import dev.parley.store.Store;
import dev.parley.wire.Page;
import dev.parley.wire.Paging;
import dev.parley.wire.Refusal;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.statement.Query;

/**
 * The queue of those who should be looked after, for those who keep order: the moderators of a
 * room, administrators in rooms that they may read, and administrators alone for what is said to a
 * persona in a direct conversation. They see who, where and why, never the words.
 */
final class Escalations {
  private static final int MOST_TOLD = 1_000;

  /** An administrator handles what happens in conversation {@code c}. */
  private static String isOffice(String administrator) {
    return "(c.kind = 'direct' OR " + Readable.by(administrator) + ")";
  }

  private static final String HANDLERS =
      """
      SELECT m.actor FROM members m JOIN accounts a ON a.id = m.actor
      WHERE m.conversation = :conversation AND m.role = 'moderator' AND a.disabled_at IS NULL
      UNION
      SELECT a.id FROM accounts a JOIN conversations c ON c.id = :conversation
      WHERE a.role <> 'member' AND a.disabled_at IS NULL AND a.deleted_at IS NULL AND %s
      LIMIT :most\
      """
          .formatted(isOffice("a.id"));

  private final Store store;
  private final InstantSource clock;
  private final Connections connections;
  private final Executor virtualThreads;

  Escalations(Store store, InstantSource clock, Connections connections, Executor virtualThreads) {
    this.store = store;
    this.clock = clock;
    this.connections = connections;
    this.virtualThreads = virtualThreads;
  }

  record Listed(
      @About("only of this one") @Text(min = 1, max = 40) Optional<String> conversation,
      @About("only of this account; for administrators, of whoever has it") @Text(min = 1, max = 40)
          Optional<String> person,
      @About("true: those that are closed; else those that are open") Optional<Boolean> closed,
      @Range(min = 1, max = Page.MAX) Optional<Integer> limit,
      @Text(max = 256) Optional<String> cursor,
      @Size(max = 30) Optional<List<String>> fields) {}

  record Several(List<Escalation> items, Optional<String> next) {}

  record Assign(
      @Text(min = 1, max = 40) String id,
      @About("who looks after it: somebody who may; the caller if absent") @Text(min = 1, max = 40)
          Optional<String> account) {}

  record ById(@Text(min = 1, max = 40) String id) {}

  record One(Escalation escalation) {}

  Several list(Call call, Listed input) {
    boolean closed = input.closed().orElse(false);
    Paging paging =
        Paging.of(
            input.limit(),
            input.cursor(),
            "escalations.list",
            input.conversation(),
            input.person(),
            closed);
    Caller caller = call.caller();
    Optional<List<String>> accounts = input.person().map(person -> accounts(caller, person));
    String which =
        (closed ? "e.closed_at IS NOT NULL" : "e.closed_at IS NULL")
            + " AND e.id > :after"
            + input.conversation().map(one -> " AND e.conversation = :conversation").orElse("")
            + accounts.map(some -> " AND e.person IN (<accounts>)").orElse("")
            + seenBy(caller)
            + " ORDER BY e.id LIMIT :limit";
    List<Escalation> oneMore =
        found(
            which,
            query -> {
              bind(query, caller).bind("after", paging.after()).bind("limit", paging.oneMore());
              input.conversation().ifPresent(one -> query.bind("conversation", one));
              accounts.ifPresent(some -> query.bindList("accounts", some));
            });
    Page<Escalation> page = paging.page(oneMore, Escalation::id);
    return new Several(page.items(), page.next());
  }

  /** Whose accounts are whose is for administrators to know. */
  private List<String> accounts(Caller caller, String person) {
    return caller.all().stream().allMatch(Escalations::isInOffice)
        ? store.read(handle -> Person.whole(handle, person))
        : List.of(person);
  }

  private static boolean isInOffice(Caller caller) {
    return caller.isAdmin() && caller.may(Permission.ADMIN);
  }

  private List<Escalation> found(String which, Consumer<Query> values) {
    return store.read(handle -> {
      Query query = handle.createQuery(Escalation.SELECT + "WHERE " + which);
      values.accept(query);
      return query.map((row, context) -> Escalation.of(row)).list();
    });
  }

  /** Everybody who acts may handle it: each is bound by {@link #bind}. */
  private static String seenBy(Caller caller) {
    List<Caller> all = caller.all();
    return IntStream.range(0, all.size())
        .mapToObj(i -> " AND " + (isInOffice(all.get(i)) ? isOffice(":me" + i) : moderates(i)))
        .collect(Collectors.joining());
  }

  private static String moderates(int caller) {
    return """
    EXISTS (SELECT 1 FROM members m
      WHERE m.conversation = c.id AND m.actor = :me%d AND m.role = 'moderator')\
    """
        .formatted(caller);
  }

  private static Query bind(Query query, Caller caller) {
    List<Caller> all = caller.all();
    for (int i = 0; i < all.size(); i++) {
      query.bind("me" + i, all.get(i).id());
    }
    return query;
  }

  private Escalation seen(Caller caller, String id) {
    return found("e.id = :id" + seenBy(caller), query -> bind(query, caller).bind("id", id))
        .stream()
        .findFirst()
        .orElseThrow(() -> Refusal.notFound("escalation"));
  }

  One assign(Call call, Assign input) {
    Escalation open = seen(call.caller(), input.id());
    String account = input.account().orElse(call.caller().id());
    if (!handlers(open.conversation()).contains(account)) {
      throw new InvalidInput("account", "must be of somebody who may look after it");
    }
    try {
      store.commit(
          call.change()
              .require(
                  "open",
                  "UPDATE escalations SET assignee = ? WHERE id = ? AND closed_at IS NULL",
                  account,
                  open.id()));
    } catch (Conflict conflict) {
      throw conflict.guard().equals("open")
          ? Refusal.conflict("The escalation is closed")
          : conflict;
    }
    return told(call.caller(), open.id());
  }

  One close(Call call, ById input) {
    Escalation one = seen(call.caller(), input.id());
    if (!one.isOpen()) {
      return new One(one);
    }
    store.commit(
        call.change()
            .write(
                """
                UPDATE escalations SET closed_at = ?, closed_by = ?
                WHERE id = ? AND closed_at IS NULL\
                """,
                clock.millis(),
                call.caller().id(),
                one.id()));
    return told(call.caller(), one.id());
  }

  private One told(Caller caller, String id) {
    One now = new One(seen(caller, id));
    tell(now);
    return now;
  }

  /** Tells of the escalation that a message made. Returns at once. */
  void madeBy(Message message) {
    virtualThreads.execute(() -> ofMessage(message).ifPresent(this::tell));
  }

  private Optional<One> ofMessage(Message message) {
    return found(
            """
            e.conversation = :conversation AND e.person = :person AND e.closed_at IS NULL
            AND e.message = :message\
            """,
            query ->
                query
                    .bind("conversation", message.conversation())
                    .bind("person", message.sender().id())
                    .bind("message", message.id()))
        .stream()
        .findFirst()
        .map(One::new);
  }

  private void tell(One one) {
    handlers(one.escalation().conversation())
        .forEach(account -> connections.tell(account, "conversation.escalated", one));
  }

  private List<String> handlers(String conversation) {
    return store.read(handle ->
        handle
            .createQuery(HANDLERS)
            .bind("conversation", conversation)
            .bind("most", MOST_TOLD)
            .mapTo(String.class)
            .list());
  }
}

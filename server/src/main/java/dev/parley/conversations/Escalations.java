package dev.parley.conversations;

import static java.util.Collections.nCopies;

import dev.parley.accounts.Person;
import dev.parley.calls.Call;
import dev.parley.calls.Caller;
import dev.parley.calls.Permission;
import dev.parley.conversations.emotion.Feeling;
import dev.parley.conversations.emotion.Label;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The queue of those who should be looked after, for those who keep order: the moderators of a
 * room, administrators in rooms that they may read, and administrators alone for what is said to a
 * persona in a direct conversation. They see who, where and why, never the words.
 */
final class Escalations {
  private static final int MOST_TOLD = 1_000;

  /** Who of the callers may handle one: asked of each, with {@link #seeing} as parameters. */
  private static final String SEES =
      """
       AND (c.kind = 'direct' AND ? = 1 OR c.visibility = 'public' AND ? = 1 OR EXISTS (
        SELECT 1 FROM members m WHERE m.conversation = c.id AND c.kind = 'room'
          AND m.actor = ? AND (m.role = 'moderator' OR ? = 1)))
      """;

  private static final String HANDLERS =
      """
      SELECT m.actor FROM members m JOIN accounts a ON a.id = m.actor
      WHERE m.conversation = ? AND m.role = 'moderator' AND a.disabled_at IS NULL
      UNION
      SELECT a.id FROM accounts a JOIN conversations c ON c.id = ?
      WHERE a.role <> 'member' AND a.disabled_at IS NULL AND a.deleted_at IS NULL
        AND (c.kind = 'direct' OR c.visibility = 'public' OR EXISTS (
          SELECT 1 FROM members m WHERE m.conversation = c.id AND m.actor = a.id))
      """;

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
    List<Object> parameters = new ArrayList<>(List.of(paging.after()));
    String which = "";
    if (input.conversation().isPresent()) {
      which = " AND e.conversation = ?";
      parameters.add(input.conversation().get());
    }
    if (input.person().isPresent()) {
      List<String> accounts = accounts(call.caller(), input.person().get());
      which += " AND e.person IN (" + String.join(", ", nCopies(accounts.size(), "?")) + ")";
      parameters.addAll(accounts);
    }
    parameters.addAll(seeing(call.caller()));
    parameters.add(paging.oneMore());
    String sql =
        Escalation.SELECT
            + (closed ? "WHERE e.closed_at IS NOT NULL" : "WHERE e.closed_at IS NULL")
            + " AND e.id > ?"
            + which
            + SEES.repeat(call.caller().all().size())
            + " ORDER BY e.id LIMIT ?";
    Page<Escalation> page = paging.page(found(sql, parameters), Escalation::id);
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

  private List<Escalation> found(String sql, List<Object> parameters) {
    return store.read(handle ->
        handle.select(sql, parameters.toArray()).map((row, context) -> Escalation.of(row)).list());
  }

  private static List<Object> seeing(Caller caller) {
    return caller.all().stream()
        .flatMap(one -> {
          int admin = isInOffice(one) ? 1 : 0;
          return List.<Object>of(admin, admin, one.id(), admin).stream();
        })
        .toList();
  }

  private Escalation seen(Caller caller, String id) {
    List<Object> parameters = new ArrayList<>(List.of(id));
    parameters.addAll(seeing(caller));
    String sql = Escalation.SELECT + "WHERE e.id = ?" + SEES.repeat(caller.all().size());
    return found(sql, parameters).stream()
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

  /** Tells of the escalation that a message made, if it made one. Returns at once. */
  void posted(Message message, Feeling feeling) {
    if (feeling.label() == Label.NEGATIVE) {
      virtualThreads.execute(() -> madeBy(message).ifPresent(this::tell));
    }
  }

  private Optional<One> madeBy(Message message) {
    String sql =
        Escalation.SELECT
            + "WHERE e.conversation = ? AND e.person = ? AND e.closed_at IS NULL AND e.message = ?";
    return found(sql, List.of(message.conversation(), message.sender().id(), message.id())).stream()
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
            .select(HANDLERS + " LIMIT ?", conversation, conversation, MOST_TOLD)
            .mapTo(String.class)
            .list());
  }
}

package dev.parley.conversations;

import dev.parley.calls.Call;
import dev.parley.calls.Caller;
import dev.parley.delivery.Connections;
import dev.parley.functions.About;
import dev.parley.functions.InvalidInput;
import dev.parley.functions.Range;
import dev.parley.functions.Size;
import dev.parley.functions.Text;
import dev.parley.history.Keeping;
import dev.parley.store.Change;
import dev.parley.store.Committed;
import dev.parley.store.Conflict;
import dev.parley.store.Store;
import dev.parley.wire.Ids;
import dev.parley.wire.Page;
import dev.parley.wire.Paging;
import dev.parley.wire.Refusal;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Conversations themselves: made, found, listed. */
final class Rooms {
  private final Store store;
  private final Ids ids;
  private final InstantSource clock;
  private final Access access;
  private final Connections connections;
  private final Keeping keeping;

  Rooms(
      Store store,
      Ids ids,
      InstantSource clock,
      Access access,
      Connections connections,
      Keeping keeping) {
    this.store = store;
    this.ids = ids;
    this.clock = clock;
    this.access = access;
    this.connections = connections;
    this.keeping = keeping;
  }

  record Create(
      Conversation.Kind kind,
      @About("for a room") @Text(min = 1, max = 120) Optional<String> title,
      @About("for a room; public if absent") Optional<Conversation.Visibility> visibility,
      @About("for a room") @Text(min = 1, max = 40) Optional<String> project,
      @About("for a room") @Text(max = 500) Optional<String> topic,
      @About("for a direct conversation: an account or a persona") @Text(min = 1, max = 40)
          Optional<String> with) {
    static Create direct(String with) {
      return new Create(
          Conversation.Kind.DIRECT,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of(with));
    }
  }

  record One(Conversation conversation) {}

  record ById(@Text(min = 1, max = 40) String id) {}

  record Got(Conversation conversation, AsOf asOf) {}

  record Listed(
      Optional<Conversation.Kind> kind,
      @Text(min = 1, max = 40) Optional<String> project,
      @About("only those that the caller is a member of") Optional<Boolean> mine,
      @Range(min = 1, max = Page.MAX) Optional<Integer> limit,
      @Text(max = 256) Optional<String> cursor,
      @Size(max = 30) Optional<List<String>> fields) {}

  /** Each entry bears its own seq; what they share is the epoch. */
  record Several(List<Conversation> items, Optional<String> next, ListedAsOf asOf) {}

  /** The greatest seq of the page, and the epoch. */
  record ListedAsOf(long seq, String epoch) {}

  One create(Call call, Create input) {
    return input.kind() == Conversation.Kind.ROOM ? room(call, input) : direct(call, input);
  }

  private One room(Call call, Create input) {
    String title = required(input.title(), "title");
    refuse(input.with(), "with", "is for direct conversations");
    String id = ids.next();
    Caller caller = call.caller();
    RoomSettings settings = RoomSettings.of(id, title, input);
    Change change = call.change();
    settings.projectId().ifPresent(project -> requireProject(change, project));
    change.write(
        """
        INSERT INTO conversations
          (id, kind, title, topic, visibility, project, created_by, created_at, members)
        VALUES (?, 'room', ?, ?, ?, ?, ?, ?, 1)\
        """,
        id,
        settings.title(),
        settings.topic().orElse(null),
        Rows.word(settings.visibility()),
        settings.projectId().orElse(null),
        caller.id(),
        clock.millis());
    addMember(change, id, caller.id(), Conversation.MemberRole.MODERATOR, clock.millis());
    keepWithProject(call, settings, change);
    connections.tell(caller.id(), "conversation.added", new Told.Listed(id));
    return new One(access.readable(caller, id));
  }

  static void requireProject(Change change, String project) {
    change.check("project", "SELECT 1 FROM projects WHERE id = ?", project);
  }

  /** Keeps the settings of a room with a change that has the guard {@code project}. */
  Optional<Committed> keepWithProject(Call call, RoomSettings next, Change change) {
    try {
      return keeping.keep(call.cause(), next, change);
    } catch (Conflict conflict) {
      throw conflict.guard().equals("project") ? Refusal.notFound("project") : conflict;
    }
  }

  static void addMember(
      Change change, String conversation, String actor, Conversation.MemberRole role, long now) {
    change.require(
        "member",
        """
        INSERT INTO members (conversation, actor, role, joined_at, read_seq, read_messages)
        SELECT c.id, ?, ?, ?, c.last_seq, c.messages FROM conversations c WHERE c.id = ?
        ON CONFLICT (conversation, actor) DO NOTHING\
        """,
        actor,
        Rows.word(role),
        now,
        conversation);
    addWhereabouts(change, conversation, actor);
  }

  /** Notes for good that an actor was a member. */
  static void addWhereabouts(Change change, String conversation, String actor) {
    change.write(
        """
        INSERT INTO whereabouts (actor, conversation) VALUES (?, ?)
        ON CONFLICT (actor, conversation) DO NOTHING\
        """,
        actor,
        conversation);
  }

  private One direct(Call call, Create input) {
    String with = required(input.with(), "with");
    refuse(input.title(), "title", "is for rooms");
    refuse(input.topic(), "topic", "is for rooms");
    refuse(input.project(), "project", "is for rooms");
    refuse(input.visibility(), "visibility", "is for rooms; a direct conversation is private");
    Caller caller = call.caller();
    if (with.equals(caller.id())) {
      throw new InvalidInput("with", "must be somebody else");
    }
    String pair = pair(caller.id(), with);
    Optional<String> existing = byPair(pair);
    return new One(
        access.readable(caller, existing.orElseGet(() -> direct(call, caller, with, pair))));
  }

  private static String pair(String one, String other) {
    return one.compareTo(other) < 0 ? one + " " + other : other + " " + one;
  }

  private Optional<String> byPair(String pair) {
    return store.read(handle ->
        handle
            .select("SELECT id FROM conversations WHERE pair = ?", pair)
            .mapTo(String.class)
            .findOne());
  }

  private String direct(Call call, Caller caller, String with, String pair) {
    String id = ids.next();
    long now = clock.millis();
    Change change =
        call.change()
            .check("with", Memberships.ACTIVE_ACTOR, with)
            .require(
                "pair",
                """
                INSERT INTO conversations
                  (id, kind, visibility, pair, created_by, created_at, members)
                VALUES (?, 'direct', 'private', ?, ?, ?, 2) ON CONFLICT (pair) DO NOTHING\
                """,
                id,
                pair,
                caller.id(),
                now);
    addMember(change, id, caller.id(), Conversation.MemberRole.MEMBER, now);
    addMember(change, id, with, Conversation.MemberRole.MEMBER, now);
    try {
      store.commit(change);
    } catch (Conflict conflict) {
      return switch (conflict.guard()) {
        case "with" -> throw Refusal.notFound("account or persona");
        case "pair" -> byPair(pair).orElseThrow(() -> conflict);
        default -> throw conflict;
      };
    }
    connections.tell(caller.id(), "conversation.added", new Told.Listed(id));
    connections.tell(with, "conversation.added", new Told.Listed(id));
    return id;
  }

  private static String required(Optional<String> value, String field) {
    return value.orElseThrow(() -> new InvalidInput(field, "is missing"));
  }

  private static void refuse(Optional<?> value, String field, String reason) {
    if (value.isPresent()) {
      throw new InvalidInput(field, reason);
    }
  }

  Got get(Call call, ById input) {
    Conversation conversation = access.readable(call.caller(), input.id());
    return new Got(conversation, conversation.asOf());
  }

  private static final String MINE =
      "SELECT conversation AS id FROM members WHERE actor = :me AND conversation > :after";
  private static final String PUBLIC =
      "SELECT id FROM conversations WHERE visibility = 'public' AND id > :after";

  Several list(Call call, Listed input) {
    Paging paging =
        Paging.of(
            input.limit(),
            input.cursor(),
            "conversations.list",
            input.kind(),
            input.project(),
            input.mine());
    List<Conversation> oneMore =
        store.read(handle -> {
          String ids = input.mine().orElse(false) ? MINE : MINE + " UNION " + PUBLIC;
          String sql =
              Conversation.SELECT
                  + " WHERE c.id IN ("
                  + ids
                  + ") AND "
                  + Readable.byMe()
                  + Readable.alsoByAsker(call.caller())
                  + input.kind().map(kind -> " AND c.kind = :kind").orElse("")
                  + input.project().map(project -> " AND c.project = :project").orElse("")
                  + " ORDER BY c.id LIMIT :limit";
          return Readable.bind(handle.createQuery(sql), call.caller())
              .bind("after", paging.after())
              .bind("kind", input.kind().map(Rows::word).orElse(""))
              .bind("project", input.project().orElse(""))
              .bind("limit", paging.oneMore())
              .configure(
                  org.jdbi.v3.core.statement.SqlStatements.class,
                  config -> config.setUnusedBindingAllowed(true))
              .map((row, context) -> Conversation.of(row))
              .list();
        });
    Page<Conversation> page = paging.page(oneMore, Conversation::id);
    return new Several(page.items(), page.next(), asOf(page.items()));
  }

  private ListedAsOf asOf(List<Conversation> items) {
    long seq = items.stream().mapToLong(Conversation::lastSeq).max().orElse(0);
    return new ListedAsOf(seq, epoch());
  }

  private String epoch() {
    return store.read(handle ->
        handle.select("SELECT value FROM meta WHERE name = 'epoch'").mapTo(String.class).one());
  }
}

package dev.parley.conversations;

import dev.parley.calls.Call;
import dev.parley.calls.Caller;
import dev.parley.delivery.Connections;
import dev.parley.delivery.Topics;
import dev.parley.functions.About;
import dev.parley.functions.Range;
import dev.parley.functions.Size;
import dev.parley.functions.Text;
import dev.parley.store.Body;
import dev.parley.store.Change;
import dev.parley.store.Conflict;
import dev.parley.store.Store;
import dev.parley.wire.Actor;
import dev.parley.wire.Page;
import dev.parley.wire.Paging;
import dev.parley.wire.Refusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Who belongs to a conversation: who comes, goes and is there. */
final class Memberships {
  /** Finds an actor that has not been deleted or disabled. */
  static final String ACTIVE_ACTOR =
      """
      SELECT 1 FROM actors n LEFT JOIN accounts a ON a.id = n.id
      WHERE n.id = ? AND a.deleted_at IS NULL AND a.disabled_at IS NULL\
      """;

  private final Store store;
  private final InstantSource clock;
  private final Access access;
  private final Topics topics;
  private final Connections connections;
  private final Availability availability;

  Memberships(
      Store store,
      InstantSource clock,
      Access access,
      Topics topics,
      Connections connections,
      Availability availability) {
    this.store = store;
    this.clock = clock;
    this.access = access;
    this.topics = topics;
    this.connections = connections;
    this.availability = availability;
  }

  record ById(@Text(min = 1, max = 40) String id) {}

  record Nothing() {}

  record Invite(
      @Text(min = 1, max = 40) String id,
      @About("an account or a persona") @Text(min = 1, max = 40) String account) {}

  record Listed(
      @Text(min = 1, max = 40) String id,
      @Range(min = 1, max = Page.MAX) Optional<Integer> limit,
      @Text(max = 256) Optional<String> cursor,
      @Size(max = 30) Optional<List<String>> fields) {}

  /** A member as lists show it. */
  record Member(
      Actor member,
      Conversation.MemberRole role,
      Instant joinedAt,
      Optional<Instant> mutedUntil,
      Availability.Status status) {}

  record OneMember(Member member) {}

  record Several(List<Member> items, Optional<String> next, AsOf asOf) {}

  Rooms.One join(Call call, ById input) {
    Caller caller = call.caller();
    Conversation conversation = access.readable(caller, input.id());
    if (conversation.role().isEmpty()) {
      if (conversation.archived()) {
        throw Refusal.forbidden("The conversation is archived");
      }
      add(call, conversation.id(), caller.actor(), true);
    }
    return new Rooms.One(access.readable(caller, input.id()));
  }

  OneMember invite(Call call, Invite input) {
    Conversation conversation = access.joined(call.caller(), input.id());
    if (!conversation.isRoom()) {
      throw Refusal.forbidden("Nobody else comes into a direct conversation");
    }
    if (!conversation.isPublic() && !access.isModerated(call.caller(), conversation)) {
      throw Refusal.forbidden("Only moderators invite into a private room");
    }
    Actor invited = actor(input.account());
    add(call, conversation.id(), invited, false);
    return new OneMember(member(conversation.id(), invited.id()));
  }

  Actor actor(String id) {
    return store.read(handle ->
        handle
            .select(
                "SELECT id, kind, name, display_name FROM actors WHERE id = ? AND EXISTS ("
                    + ACTIVE_ACTOR
                    + ")",
                id,
                id)
            .map((row, context) -> Rows.actor(row, 1))
            .findOne()
            .orElseThrow(() -> Refusal.notFound("account or persona")));
  }

  /** Adds a member; nothing happens if it is one already. */
  private void add(Call call, String conversation, Actor actor, boolean byItself) {
    long now = clock.millis();
    Change.Entry joined =
        entry(conversation, "member.joined", actor, Conversation.MemberRole.MEMBER, call, now);
    Change change =
        call.change()
            .append(joined)
            .check(
                "banned",
                """
                SELECT 1 FROM conversations c WHERE c.id = ? AND NOT EXISTS
                  (SELECT 1 FROM bans b WHERE b.conversation = c.id AND b.actor = ?)\
                """,
                conversation,
                actor.id())
            .check("active", ACTIVE_ACTOR, actor.id());
    if (byItself) {
      change.check(
          "public",
          "SELECT 1 FROM conversations WHERE id = ? AND visibility = 'public'",
          conversation);
    }
    change.require(
        "already",
        """
        INSERT INTO members (conversation, actor, role, joined_at, read_seq, read_messages)
        VALUES (?, ?, 'member', ?, ?, ?) ON CONFLICT (conversation, actor) DO NOTHING\
        """,
        conversation,
        actor.id(),
        now,
        joined.seq(),
        joined.messages());
    change.write("UPDATE conversations SET members = members + 1 WHERE id = ?", conversation);
    Rooms.addWhereabouts(change, conversation, actor.id());
    try {
      store.commit(change);
      connections.tell(actor.id(), "conversation.added", new Told.Listed(conversation));
    } catch (Conflict conflict) {
      switch (conflict.guard()) {
        case "already" -> {}
        case "banned" -> throw Refusal.forbidden("This account is banned from the conversation");
        case "active" -> throw Refusal.notFound("account or persona");
        case "public" -> throw Refusal.notFound("conversation");
        default -> throw conflict;
      }
    }
  }

  static Change.Entry entry(
      String conversation,
      String type,
      Actor member,
      Conversation.MemberRole role,
      Call call,
      long now) {
    return new Change.Entry(
        conversation,
        type,
        now,
        0,
        Optional.empty(),
        Body.of(new Told.OfMember(member, role, call.caller().actor())));
  }

  Nothing leave(Call call, ById input) {
    Conversation conversation = access.joined(call.caller(), input.id());
    if (!conversation.isRoom()) {
      throw Refusal.forbidden("A direct conversation cannot be left");
    }
    Member me = member(conversation.id(), call.caller().id());
    take(call, conversation, me, call.change());
    return new Nothing();
  }

  /** Ends a membership, in a change that may do more. */
  void take(Call call, Conversation conversation, Member member, Change change) {
    String gone = member.member().id();
    change
        .append(
            entry(
                conversation.id(),
                "member.left",
                member.member(),
                member.role(),
                call,
                clock.millis()))
        .require(
            "member",
            "DELETE FROM members WHERE conversation = ? AND actor = ?",
            conversation.id(),
            gone)
        .write("UPDATE conversations SET members = members - 1 WHERE id = ?", conversation.id());
    commitForMember(change);
    if (!isPublicNow(conversation.id())) {
      topics.evict(conversation.id(), gone::equals);
    }
    connections.tell(gone, "conversation.removed", new Told.Listed(conversation.id()));
  }

  /** Commits a change with the guard {@code member}, which is that there is one. */
  void commitForMember(Change change) {
    try {
      store.commit(change);
    } catch (Conflict conflict) {
      throw conflict.guard().equals("member") ? Refusal.notFound("member") : conflict;
    }
  }

  /** Asked after the commit: whoever makes the room private looks at its members after theirs. */
  private boolean isPublicNow(String conversation) {
    return store.read(handle ->
        handle
            .select(
                "SELECT 1 FROM conversations WHERE id = ? AND visibility = 'public'", conversation)
            .mapTo(Integer.class)
            .findOne()
            .isPresent());
  }

  private static final String SELECT =
      """
      SELECT n.id, n.kind, n.name, n.display_name, m.role, m.joined_at, m.muted_until
      FROM members m JOIN actors n ON n.id = m.actor WHERE m.conversation = ?
      """;

  Member member(String conversation, String actor) {
    return maybeMember(conversation, actor).orElseThrow(() -> Refusal.notFound("member"));
  }

  Optional<Member> maybeMember(String conversation, String actor) {
    return store.read(handle ->
        handle
            .select(SELECT + "AND m.actor = ?", conversation, actor)
            .map((row, context) -> read(row))
            .findOne());
  }

  private Member read(ResultSet row) throws SQLException {
    Actor actor = Rows.actor(row, 1);
    long muted = row.getLong(7);
    return new Member(
        actor,
        Rows.role(row.getString(5)),
        Instant.ofEpochMilli(row.getLong(6)),
        muted > clock.millis() ? Optional.of(Instant.ofEpochMilli(muted)) : Optional.empty(),
        availability.of(actor));
  }

  Several list(Call call, Listed input) {
    Paging paging = Paging.of(input.limit(), input.cursor(), "conversations.members", input.id());
    return store.read(handle -> {
      Conversation conversation = Access.readable(handle, call.caller(), input.id());
      List<Member> oneMore =
          handle
              .select(
                  SELECT + "AND m.actor > ? ORDER BY m.actor LIMIT ?",
                  input.id(),
                  paging.after(),
                  paging.oneMore())
              .map((row, context) -> read(row))
              .list();
      Page<Member> page = paging.page(oneMore, one -> one.member().id());
      return new Several(page.items(), page.next(), conversation.asOf());
    });
  }
}

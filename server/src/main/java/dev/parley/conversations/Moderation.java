package dev.parley.conversations;

import dev.parley.calls.Call;
import dev.parley.delivery.Topics;
import dev.parley.functions.About;
import dev.parley.functions.Range;
import dev.parley.functions.Text;
import dev.parley.store.Change;
import dev.parley.store.Conflict;
import dev.parley.store.Store;
import dev.parley.wire.Actor;
import dev.parley.wire.Refusal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** What moderators do with the members of a room: roles, silence, farewell. */
final class Moderation {
  private final Store store;
  private final InstantSource clock;
  private final Access access;
  private final Topics topics;
  private final Memberships memberships;

  Moderation(
      Store store, InstantSource clock, Access access, Topics topics, Memberships memberships) {
    this.store = store;
    this.clock = clock;
    this.access = access;
    this.topics = topics;
    this.memberships = memberships;
  }

  record Whom(@Text(min = 1, max = 40) String id, @Text(min = 1, max = 40) String member) {}

  record SetRole(
      @Text(min = 1, max = 40) String id,
      @Text(min = 1, max = 40) String member,
      Conversation.MemberRole role) {}

  record Mute(
      @Text(min = 1, max = 40) String id,
      @Text(min = 1, max = 40) String member,
      @About("for how long; 0 ends it") @Range(max = 31_536_000) long seconds) {}

  record Ban(
      @Text(min = 1, max = 40) String id,
      @Text(min = 1, max = 40) String member,
      @About("false to let them in again; true if absent") Optional<Boolean> on) {}

  Memberships.Nothing remove(Call call, Whom input) {
    Conversation conversation = moderatedRoom(call, input.id());
    memberships.take(
        call, conversation, memberships.member(conversation.id(), input.member()), call.change());
    return new Memberships.Nothing();
  }

  private Conversation moderatedRoom(Call call, String id) {
    Conversation conversation = access.moderated(call.caller(), id);
    if (!conversation.isRoom()) {
      throw Refusal.forbidden("A direct conversation has no moderators");
    }
    return conversation;
  }

  Memberships.OneMember setRole(Call call, SetRole input) {
    Conversation conversation = moderatedRoom(call, input.id());
    Memberships.Member before = memberships.member(conversation.id(), input.member());
    if (before.role() != input.role()) {
      Change.Entry entry =
          Memberships.entry(
              conversation.id(),
              "member.changed",
              before.member(),
              input.role(),
              call,
              clock.millis());
      memberships.commitForMember(
          call.change()
              .append(entry)
              .require(
                  "member",
                  "UPDATE members SET role = ? WHERE conversation = ? AND actor = ?",
                  Rows.word(input.role()),
                  conversation.id(),
                  input.member()));
    }
    return new Memberships.OneMember(memberships.member(conversation.id(), input.member()));
  }

  Memberships.OneMember mute(Call call, Mute input) {
    Conversation conversation = moderatedRoom(call, input.id());
    Memberships.Member before = memberships.member(conversation.id(), input.member());
    long now = clock.millis();
    long until = input.seconds() == 0 ? 0 : now + Duration.ofSeconds(input.seconds()).toMillis();
    memberships.commitForMember(
        call.change()
            .append(
                Memberships.entry(
                    conversation.id(), "member.changed", before.member(), before.role(), call, now))
            .require(
                "member",
                """
                UPDATE members SET muted_until = ?
                WHERE conversation = ? AND actor = ? AND role = ?\
                """,
                until,
                conversation.id(),
                input.member(),
                Rows.word(before.role())));
    return new Memberships.OneMember(memberships.member(conversation.id(), input.member()));
  }

  Memberships.Nothing ban(Call call, Ban input) {
    Conversation conversation = moderatedRoom(call, input.id());
    Actor actor = memberships.actor(input.member());
    if (actor.id().equals(call.caller().id())) {
      throw Refusal.conflict("Nobody bans themselves");
    }
    if (input.on().orElse(true)) {
      ban(call, conversation, actor);
    } else {
      store.commit(
          call.change()
              .write(
                  "DELETE FROM bans WHERE conversation = ? AND actor = ?",
                  conversation.id(),
                  actor.id()));
    }
    return new Memberships.Nothing();
  }

  private void ban(Call call, Conversation conversation, Actor actor) {
    try {
      Change ban = banning(call, conversation, actor);
      Optional<Memberships.Member> member = memberships.maybeMember(conversation.id(), actor.id());
      if (member.isPresent()) {
        memberships.take(call, conversation, member.get(), ban);
      } else {
        store.commit(requireStranger(ban, conversation.id(), actor.id()));
      }
      topics.evict(conversation.id(), actor.id()::equals);
    } catch (Conflict conflict) {
      if (!conflict.guard().equals("stranger")) {
        throw conflict;
      }
      ban(call, conversation, actor);
    }
  }

  /** Locks the conversation first, so that nobody is let in at the same moment. */
  private Change banning(Call call, Conversation conversation, Actor actor) {
    return call.change()
        .write("UPDATE conversations SET members = members WHERE id = ?", conversation.id())
        .write(
            """
            INSERT INTO bans (conversation, actor, created_by, created_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (conversation, actor) DO NOTHING\
            """,
            conversation.id(),
            actor.id(),
            call.caller().id(),
            clock.millis());
  }

  private static Change requireStranger(Change change, String conversation, String actor) {
    return change.check(
        "stranger",
        """
        SELECT 1 FROM conversations WHERE id = ? AND NOT EXISTS
          (SELECT 1 FROM members WHERE conversation = ? AND actor = ?)\
        """,
        conversation,
        conversation,
        actor);
  }
}

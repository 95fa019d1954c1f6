package dev.parley.conversations;

import dev.parley.calls.Caller;
import dev.parley.store.Store;
import dev.parley.wire.Refusal;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Who may do what in a conversation. What a caller may not see does not exist for it, and for a
 * persona neither what whoever addressed it may not see.
 */
final class Access {
  private final Store store;
  private final InstantSource clock;

  Access(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * A conversation that the caller may read: as a member, or because it is public.
   *
   * @throws Refusal {@code not_found}, also to whoever was banned
   */
  Conversation readable(Caller caller, String id) {
    return store.read(handle -> readable(handle, caller, id));
  }

  static Conversation readable(Handle handle, Caller caller, String id) {
    return maybeReadable(handle, caller, id).orElseThrow(() -> Refusal.notFound("conversation"));
  }

  /** A conversation that the caller may read, if there is one of this id. */
  Optional<Conversation> maybeReadable(Caller caller, String id) {
    return store.read(handle -> maybeReadable(handle, caller, id));
  }

  private static Optional<Conversation> maybeReadable(Handle handle, Caller caller, String id) {
    List<Optional<Conversation>> views =
        caller.all().stream().map(one -> view(handle, one.id(), id)).toList();
    return views.stream().allMatch(Optional::isPresent) ? views.getFirst() : Optional.empty();
  }

  private static Optional<Conversation> view(Handle handle, String actor, String id) {
    return handle
        .createQuery(Conversation.SELECT + " WHERE c.id = :id AND " + Readable.byMe())
        .bind("me", actor)
        .bind("id", id)
        .map((row, context) -> Conversation.of(row))
        .findOne();
  }

  /** A conversation that the caller is a member of. */
  Conversation joined(Caller caller, String id) {
    Conversation conversation = readable(caller, id);
    if (conversation.role().isEmpty()) {
      throw Refusal.forbidden("Join the conversation first");
    }
    return conversation;
  }

  /**
   * A room that everybody who acts moderates: as a moderator, or as an administrator of the server.
   */
  Conversation moderated(Caller caller, String id) {
    Conversation conversation = readable(caller, id);
    if (!isModerated(caller, conversation)) {
      throw Refusal.forbidden("Only moderators may do this");
    }
    return conversation;
  }

  /** Whether everybody who acts moderates a conversation that the caller sees. */
  boolean isModerated(Caller caller, Conversation seen) {
    return moderates(caller, seen)
        && caller.all().stream()
            .skip(1)
            .allMatch(other ->
                maybeReadable(other, seen.id()).filter(view -> moderates(other, view)).isPresent());
  }

  static boolean moderates(Caller caller, Conversation conversation) {
    return conversation.role().equals(Optional.of(Conversation.MemberRole.MODERATOR))
        || caller.isAdmin();
  }

  /** Says why a member may not speak, or who addressed it; to be asked once speaking has failed. */
  Refusal whySilent(Caller caller, String id) {
    return caller.all().stream()
        .flatMap(one -> silenced(joined(one, id)).stream())
        .findFirst()
        .orElseGet(() -> Refusal.conflict("Somebody else changed this meanwhile; try again"));
  }

  private Optional<Refusal> silenced(Conversation conversation) {
    if (conversation.archived()) {
      return Optional.of(Refusal.forbidden("The conversation is archived"));
    }
    return conversation
        .mutedUntil()
        .filter(clock.instant()::isBefore)
        .map(muted -> Refusal.forbidden("You are muted until " + muted));
  }
}

package dev.parley.conversations;

import dev.parley.calls.Call;
import dev.parley.calls.Caller;
import dev.parley.delivery.Topics;
import dev.parley.functions.About;
import dev.parley.functions.Text;
import dev.parley.history.Keeping;
import dev.parley.history.Subject;
import dev.parley.store.Body;
import dev.parley.store.Change;
import dev.parley.store.Logged;
import dev.parley.store.Store;
import dev.parley.wire.Refusal;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** How rooms are changed by those who moderate them. Their settings have versions. */
final class RoomChanges implements Subject<RoomSettings> {
  private final Store store;
  private final InstantSource clock;
  private final Access access;
  private final Topics topics;
  private final Keeping keeping;
  private final Rooms rooms;

  RoomChanges(
      Store store,
      InstantSource clock,
      Access access,
      Topics topics,
      Keeping keeping,
      Rooms rooms) {
    this.store = store;
    this.clock = clock;
    this.access = access;
    this.topics = topics;
    this.keeping = keeping;
    this.rooms = rooms;
  }

  record Update(
      @Text(min = 1, max = 40) String id,
      @Text(min = 1, max = 120) Optional<String> title,
      @About("empty to have none") @Text(max = 500) Optional<String> topic,
      Optional<Conversation.Visibility> visibility,
      @Text(min = 1, max = 40) Optional<String> project,
      Optional<Boolean> archived) {}

  Rooms.One update(Call call, Update input) {
    return Keeping.retried(() -> {
      Conversation old = changeable(call.caller(), input.id());
      return change(call, old, keeping.newest(RoomSettings.of(old)).with(input));
    });
  }

  private Conversation changeable(Caller caller, String id) {
    Conversation conversation = access.moderated(caller, id);
    if (!conversation.isRoom()) {
      throw Refusal.forbidden("A direct conversation has no settings");
    }
    return conversation;
  }

  private Rooms.One change(Call call, Conversation old, RoomSettings next) {
    long now = clock.millis();
    Conversation changed = old.with(next);
    Change.Entry entry =
        new Change.Entry(
            old.id(),
            "conversation.changed",
            now,
            0,
            Optional.empty(),
            Body.withOwnPlace(new Told.OfConversation(changed.shared().at(0, 0))));
    Change change = requireUnchanged(call.change().append(entry), old);
    next.projectId().ifPresent(project -> Rooms.requireProject(change, project));
    change.write(
        """
        UPDATE conversations SET title = ?, topic = ?, visibility = ?, project = ?,
          archived_at = ? WHERE id = ?\
        """,
        next.title(),
        next.topic().orElse(null),
        Rows.word(next.visibility()),
        next.projectId().orElse(null),
        next.archived() ? now : null,
        old.id());
    Optional<Logged> logged =
        rooms.keepWithProject(call, next, change).map(done -> done.logged(entry));
    if (logged.isPresent() && old.isPublic() && !changed.isPublic()) {
      Set<String> members = members(old.id());
      topics.evict(old.id(), account -> !members.contains(account));
    }
    return new Rooms.One(logged.map(at -> changed.at(at.seq(), at.messages())).orElse(old));
  }

  @Override
  public Class<RoomSettings> type() {
    return RoomSettings.class;
  }

  @Override
  public Optional<RoomSettings> visible(Caller caller, String id) {
    return access.maybeReadable(caller, id).filter(Conversation::isRoom).map(RoomSettings::of);
  }

  @Override
  public void requireChangeable(Caller caller, String id) {
    changeable(caller, id);
  }

  @Override
  public void restore(Call call, RoomSettings old) {
    Keeping.retried(() -> {
      Conversation room = changeable(call.caller(), old.lineage().value());
      return change(call, room, old.after(keeping.newest(RoomSettings.of(room))));
    });
  }

  /** The settings, and what else the event tells and the store does not put in. */
  private static Change requireUnchanged(Change change, Conversation old) {
    return change.check(
        Keeping.UNCHANGED,
        """
        SELECT 1 FROM conversations WHERE id = ? AND members = ? AND visibility = ?
          AND title IS NOT DISTINCT FROM ? AND topic IS NOT DISTINCT FROM ?
          AND project IS NOT DISTINCT FROM ? AND (archived_at IS NOT NULL) = ?\
        """,
        old.id(),
        old.members(),
        Rows.word(old.visibility()),
        old.title().orElse(null),
        old.topic().orElse(null),
        old.project().orElse(null),
        old.archived());
  }

  private Set<String> members(String conversation) {
    return store.read(handle ->
        new HashSet<>(
            handle
                .select("SELECT actor FROM members WHERE conversation = ?", conversation)
                .mapTo(String.class)
                .list()));
  }
}

package dev.parley.personas;

import static dev.parley.functions.Function.named;

import dev.parley.calls.Call;
import dev.parley.calls.Permission;
import dev.parley.calls.Route;
import dev.parley.functions.Registry;
import dev.parley.functions.Text;
import dev.parley.store.Change;
import dev.parley.store.Store;
import dev.parley.wire.Refusal;
import java.util.List;

/**
 * Ends personas for good. What they have said stays where it was said; what they remember, and what
 * their replies were made of, goes.
 */
final class Dismissing {
  private final Store store;
  private final Cast cast;
  private final CastChanges changes;
  private final Replying replying;
  private final Acting acting;
  private final Recollection recollection;

  Dismissing(
      Store store,
      Cast cast,
      CastChanges changes,
      Replying replying,
      Acting acting,
      Recollection recollection) {
    this.store = store;
    this.cast = cast;
    this.changes = changes;
    this.replying = replying;
    this.acting = acting;
    this.recollection = recollection;
  }

  record ById(@Text(min = 1, max = 40) String id) {}

  record Nothing() {}

  void register(Registry<Call> registry) {
    registry.add(
        named("personas.delete", ById.class, Nothing.class)
            .described(
                "Delete a persona",
                "Ends a persona and all that it remembers, for its owner and administrators; what it"
                    + " has said stays.")
            .with(Permission.WRITE, Route.delete("/personas/{id}"))
            .handledBy(this::delete));
  }

  private Nothing delete(Call call, ById input) {
    Cast.Row row = cast.changeable(call.caller(), input.id());
    if (row.owner().isEmpty()) {
      throw Refusal.conflict(
          "A persona that comes with the server is not deleted; it can be made private");
    }
    int ended = replying.cancel(pending -> pending.asked().persona().id().equals(row.id()));
    assert ended >= 0 : "replies are counted";
    rooms(row.id()).forEach(room -> acting.leave(row.actor(), room));
    Change change = call.change();
    recollection.erase(change, row.id());
    changes.remove(row, change);
    recollection.erased(row.id());
    return new Nothing();
  }

  private List<String> rooms(String persona) {
    return store.read(handle ->
        handle
            .select(
                """
                SELECT m.conversation FROM members m JOIN conversations c
                ON c.id = m.conversation AND c.kind = 'room' WHERE m.actor = ?\
                """,
                persona)
            .mapTo(String.class)
            .list());
  }
}

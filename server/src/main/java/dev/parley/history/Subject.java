package dev.parley.history;

import dev.parley.calls.Call;
import dev.parley.calls.Caller;
import dev.parley.entities.Entity;
import java.util.Optional;

/** A kind of thing that has a history: who may see it, and how an old version comes back. */
public interface Subject<T extends Entity> {

  /** The type of its versions. */
  Class<T> type();

  /**
   * The thing as its row has it; empty if the caller may see none of this kind and id.
   *
   * @throws dev.parley.wire.Refusal {@code forbidden} to whoever may know that it is there, no more
   */
  Optional<T> visible(Caller caller, String id);

  /**
   * Makes sure that the caller may change what it sees.
   *
   * @throws dev.parley.wire.Refusal {@code forbidden} if not
   */
  void requireChangeable(Caller caller, String id);

  /** Makes a version that equals an old one, and the row likewise; nothing if they do already. */
  void restore(Call call, T old);
}

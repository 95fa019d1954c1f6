package dev.parley.socket.persona;

import dev.parley.calls.Call;
import dev.parley.calls.Dispatcher;
import dev.parley.calls.Mark;
import dev.parley.calls.Outcome;
import dev.parley.delivery.Connection;
import dev.parley.functions.Registered;
import dev.parley.socket.Answering;
import dev.parley.wire.ErrorCode;
import dev.parley.wire.Ids;
import dev.parley.wire.JsonRpc;
import dev.parley.wire.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * One socket on which the dialect is spoken: with which persona it talks, and the replies that it
 * waits for. What is said is kept in conversations of the account; only this is the socket's own.
 */
final class Stay implements Answering {
  private final Surroundings around;
  private final Chats chats;
  private volatile Optional<Selected> selected = Optional.empty();
  private volatile Optional<Begun> begun = Optional.empty();

  /** What all sockets share. */
  record Surroundings(
      Map<String, Method<?>> methods,
      Dispatcher dispatcher,
      Executor virtualThreads,
      Ids ids,
      InstantSource clock) {}

  Stay(Surroundings around, Connection connection) {
    this.around = around;
    this.chats = new Chats(around.virtualThreads());
    connection.hear(chats::heard);
  }

  Surroundings around() {
    return around;
  }

  Chats chats() {
    return chats;
  }

  /**
   * With whom it talks.
   *
   * @param conversation the account's own with that persona
   */
  record Selected(Persona persona, String conversation) {}

  Optional<Selected> selected() {
    return selected;
  }

  /**
   * @throws Refusal {@code conflict} if there is none
   */
  Selected requireSelected() {
    return selected.orElseThrow(
        () -> Refusal.conflict("No persona selected. Use persona.switch first"));
  }

  void talkWith(Selected next) {
    selected = Optional.of(next);
  }

  /** Talks with nobody any more, if it was this one. */
  void forget(String persona) {
    selected = selected.filter(one -> !one.persona().id().equals(persona));
  }

  /** A conversation between personas that it began. */
  record Begun(String conversation, int tokenBudget) {}

  /** The last one. */
  Optional<Begun> begun() {
    return begun;
  }

  void began(Begun conversation) {
    begun = Optional.of(conversation);
  }

  /** Nearly every method is about the persona that was selected before it, so they keep order. */
  @Override
  public boolean changesSomething(String method) {
    return true;
  }

  @Override
  public void answer(Call call, JsonRpc.Entry.Call asked, Consumer<Outcome> then) {
    Method<?> method = around.methods().get(asked.method());
    if (method != null) {
      method.begin(new Visit(this, call, asked.id()), asked.params(), then);
    } else if (isOpen(asked.method())) {
      then.accept(around.dispatcher().dispatch(call, asked.method(), asked.params()));
    } else {
      throw call.maybeCaller().isEmpty()
          ? Refusal.unauthenticated("Sign in first: sessions.resume")
          : new Refusal(
              ErrorCode.METHOD_NOT_FOUND, "Method not found: " + asked.method(), Map.of());
    }
  }

  /** Functions that answer before one has signed in are there to sign in by, on any socket. */
  private boolean isOpen(String function) {
    return around
        .dispatcher()
        .registry()
        .find(function)
        .map(Registered::function)
        .filter(known -> known.attributes().contains(Mark.BEFORE_SIGN_IN))
        .isPresent();
  }

  @Override
  public void look(Instant now) {
    chats.look(around.clock().instant());
  }
}

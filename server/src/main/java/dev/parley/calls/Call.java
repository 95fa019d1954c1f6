package dev.parley.calls;

import dev.parley.delivery.Connection;
import dev.parley.entities.Cause;
import dev.parley.store.Change;
import dev.parley.wire.Actor;
import dev.parley.wire.Refusal;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One call of a function: which, by whom, through what. */
public final class Call {
  private final String id;
  private final Optional<Caller> caller;
  private final Optional<Connection> connection;
  private final InetAddress address;
  private final Optional<Change.Idempotency> idempotency;
  private final List<Runnable> afterReply = new ArrayList<>(0);
  private String function = "";

  /**
   * @param id the request's id in logs and errors
   * @param connection the live socket that it came through, if it did
   * @param address where it came from
   */
  public Call(
      String id,
      Optional<Caller> caller,
      Optional<Connection> connection,
      InetAddress address,
      Optional<Change.Idempotency> idempotency) {
    this.id = id;
    this.caller = caller;
    this.connection = connection;
    this.address = address;
    this.idempotency = idempotency;
  }

  public String id() {
    return id;
  }

  public InetAddress address() {
    return address;
  }

  public Optional<Caller> maybeCaller() {
    return caller;
  }

  /**
   * @throws Refusal if nobody is signed in
   */
  public Caller caller() {
    return caller.orElseThrow(() -> Refusal.unauthenticated("Sign in first"));
  }

  public Optional<Connection> maybeConnection() {
    return connection;
  }

  /** The live socket of a function that is {@link Mark#SOCKET_ONLY}. */
  public Connection connection() {
    return connection.orElseThrow(() -> new IllegalStateException("no live socket"));
  }

  /** A change that bears where it came from. */
  public Change change() {
    return new Change(
        new Change.Origin(id, caller.map(Caller::id).orElse("anonymous"), idempotency));
  }

  /** For the dispatcher: which function it is a call of. */
  void of(String name) {
    function = name;
  }

  /** What the versions that it makes say of where they came from. */
  public Cause cause() {
    return new Cause(
        id,
        function,
        caller.map(Caller::id).orElse("anonymous"),
        caller.flatMap(Caller::onBehalfOf).map(Actor::id));
  }

  /** Has something done right after the reply was written, before anything else is. */
  public void afterReply(Runnable action) {
    afterReply.add(action);
  }

  /** For the door: the reply is written. */
  public void replied() {
    afterReply.forEach(Runnable::run);
  }
}

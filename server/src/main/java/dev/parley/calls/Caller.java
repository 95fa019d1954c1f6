package dev.parley.calls;

import dev.parley.delivery.Connection;
import dev.parley.wire.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who calls, and what they may.
 *
 * @param session what the caller is signed in by, so that its end can be told to live sockets
 * @param expiresAt when that ends by itself
 * @param onBehalfOf for a persona: whoever addressed it
 */
public record Caller(
    Actor actor,
    Role role,
    Set<Permission> permissions,
    String session,
    Optional<Instant> expiresAt,
    Optional<Actor> onBehalfOf) {

  /** How a live socket remembers the caller. */
  public Connection.SignedIn signedIn() {
    return new Connection.SignedIn(actor.id(), session, expiresAt);
  }

  public String id() {
    return actor.id();
  }

  /**
   * Everybody who must be allowed to do what is called: the caller, and for a persona whoever
   * addressed it, as a member without an office.
   */
  public List<Caller> all() {
    return onBehalfOf
        .map(other ->
            new Caller(other, Role.MEMBER, permissions, session, expiresAt, Optional.empty()))
        .map(other -> List.of(this, other))
        .orElse(List.of(this));
  }

  /** Whether the caller runs this server. */
  public boolean isAdmin() {
    return role != Role.MEMBER;
  }

  public boolean may(Permission permission) {
    return permission == Permission.OPEN || permissions.contains(permission);
  }
}

package dev.parley.calls;

import dev.parley.delivery.Connection;

/** Knows who is behind a token, and whether they still are. */
public interface Admission {

  /**
   * @throws dev.parley.wire.Refusal {@code unauthenticated} if the token is unknown, expired or
   *     revoked, or its account is disabled
   */
  Caller authenticate(String token);

  /**
   * Whoever is signed in on a socket, as of now: role and rights may have changed since. Cheap, to
   * be asked at every call.
   *
   * @throws dev.parley.wire.Refusal {@code unauthenticated} if the session has ended
   */
  Caller current(Connection.SignedIn signedIn);
}

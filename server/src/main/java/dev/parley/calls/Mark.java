package dev.parley.calls;

import dev.parley.functions.Attribute;

/** Marks of functions that the doors heed. */
public enum Mark implements Attribute {
  /** Needs a live socket: it is about the connection itself. */
  SOCKET_ONLY,
  /** Answers on a socket that has not signed in. */
  BEFORE_SIGN_IN,
  /** Its answer bears a secret that must never be stored. */
  CONFIDENTIAL,
  /** Answers with {@code token} and {@code expiresAt}; a browser may have them as a cookie. */
  OPENS_SESSION,
  /** Ends the session that it is called with. */
  CLOSES_SESSION
}

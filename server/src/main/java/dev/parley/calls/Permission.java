package dev.parley.calls;

import dev.parley.functions.Attribute;
import java.util.Locale;

/** What a caller needs to call a function; also the scopes that an API key can be limited to. */
public enum Permission implements Attribute {
  /** Anybody, signed in or not. */
  OPEN,
  /** Reading what the caller may see. */
  READ,
  /** Speaking and everything else in conversations. */
  WRITE,
  /** The caller's own account, sessions and keys. */
  ACCOUNT,
  /** What concerns everybody: invitations, other accounts. */
  ADMIN;

  /** The word on the wire. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

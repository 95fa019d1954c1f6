package dev.parley.calls;

import java.util.EnumSet;
import java.util.Set;

/** What an account is on this server. */
public enum Role {
  OWNER,
  ADMIN,
  MEMBER;

  /** All that a role may ever do; an API key may be given less. */
  public Set<Permission> permissions() {
    return this == MEMBER
        ? EnumSet.complementOf(EnumSet.of(Permission.ADMIN))
        : EnumSet.allOf(Permission.class);
  }
}

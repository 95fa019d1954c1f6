package dev.parley.wire;

import java.util.Optional;

/**
 * Whoever can speak: an account or a persona.
 *
 * @param name the handle, as in {@code @name}
 */
public record Actor(Kind kind, String id, String name, Optional<String> displayName) {
  /** What an actor is. */
  public enum Kind {
    ACCOUNT,
    PERSONA
  }
}

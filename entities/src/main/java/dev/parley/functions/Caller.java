package dev.parley.functions;

import java.util.Optional;

/**
 * Who calls.
 *
 * @param onBehalfOf for whom, if not for itself
 */
public record Caller(String actor, Optional<String> onBehalfOf) {
  public static Caller of(String actor) {
    return new Caller(actor, Optional.empty());
  }
}

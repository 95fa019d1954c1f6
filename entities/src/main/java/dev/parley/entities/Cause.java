package dev.parley.entities;

import java.util.Optional;

/**
 * Which call made a version.
 *
 * @param call the id of the call; empty if there was none
 * @param function the name of the function that was called
 * @param actor who called
 * @param onBehalfOf for whom, if not for itself
 */
public record Cause(String call, String function, String actor, Optional<String> onBehalfOf) {
  /** Of a commit that a program makes by itself. */
  public static final Cause UNSTATED = new Cause("", "", "", Optional.empty());
}

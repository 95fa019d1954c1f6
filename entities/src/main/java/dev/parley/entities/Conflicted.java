package dev.parley.entities;

import java.util.List;
import java.util.stream.Collectors;

/** Two lines of versions changed the same thing differently; nothing was merged. */
public final class Conflicted extends RuntimeException {
  private final transient List<Conflict> conflicts;

  public Conflicted(List<Conflict> conflicts) {
    super(
        conflicts.stream().map(Conflict::toString).collect(Collectors.joining("; ")),
        null,
        false,
        false);
    this.conflicts = List.copyOf(conflicts);
  }

  public List<Conflict> conflicts() {
    return conflicts;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}

package dev.parley.wire;

import java.util.List;
import java.util.Optional;

/**
 * One page of a list.
 *
 * @param next what to pass on as {@code cursor}; empty at the end
 */
public record Page<T>(List<T> items, Optional<String> next) {
  /** The most entries of a page, and what is given when nobody asks. */
  public static final int MAX = 100;

  public static final int DEFAULT = 50;

  /** The limit that was asked for, or the default. */
  public static int limit(Optional<Integer> asked) {
    return asked.orElse(DEFAULT);
  }
}

package dev.parley.wire;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param next what to pass on as {@code cursor}; empty at the end
 */
public record Page<T>(List<T> items, Optional<String> next) {
  /** The most entries of a page, and what is given when nobody asks. */
  public static final int MAX = 100;

  public static final int DEFAULT = 50;

  /**
   * Makes a page of rows that were read one beyond the limit.
   *
   * @param key the list's sort key of an entry
   */
  public static <T> Page<T> of(List<T> oneMore, int limit, Function<T, String> key) {
    if (oneMore.size() <= limit) {
      return new Page<>(oneMore, Optional.empty());
    }
    List<T> items = oneMore.subList(0, limit);
    return new Page<>(items, Optional.of(Cursor.of(key.apply(items.getLast()))));
  }

  /** The limit that was asked for, or the default. */
  public static int limit(Optional<Integer> asked) {
    return asked.orElse(DEFAULT);
  }
}

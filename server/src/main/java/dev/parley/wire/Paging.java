package dev.parley.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Which part of a list is wanted: how many entries, and after which one. */
public final class Paging {
  private final String list;
  private final int limit;
  private final Optional<String> last;

  private Paging(String list, int limit, Optional<String> last) {
    this.list = list;
    this.limit = limit;
    this.last = last;
  }

  /**
   * What a caller asked for.
   *
   * @param list its name
   * @param filters all that decides which entries the list has: a cursor of one query is refused by
   *     another
   * @throws dev.parley.functions.InvalidInput if the cursor is not of this list
   */
  public static Paging of(
      Optional<Integer> limit, Optional<String> cursor, String list, Object... filters) {
    String whole = list + Arrays.toString(filters);
    return new Paging(whole, Page.limit(limit), cursor.map(given -> Cursor.keyOf(whole, given)));
  }

  /** For lists in ascending order of a text: the last one seen, or what sorts before all. */
  public String after() {
    return last.orElse("");
  }

  /** For lists in descending order of a number: the last one seen, or what is above all. */
  public long before() {
    return last.map(Long::parseLong).orElse(Long.MAX_VALUE);
  }

  /** How many rows to read: one beyond the page shows whether there is another page. */
  public int oneMore() {
    return limit + 1;
  }

  /**
   * Makes the page of rows that were read one beyond it.
   *
   * @param key the list's sort key of an entry
   */
  public <T> Page<T> page(List<T> oneMore, Function<T, String> key) {
    if (oneMore.size() <= limit) {
      return new Page<>(oneMore, Optional.empty());
    }
    List<T> items = oneMore.subList(0, limit);
    return new Page<>(items, Optional.of(Cursor.of(list, key.apply(items.getLast()))));
  }
}

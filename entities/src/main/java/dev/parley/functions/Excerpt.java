package dev.parley.functions;

import java.io.Writer;
import tools.jackson.databind.ObjectWriter;

/** The beginning of a value's JSON; the rest of a long one is not even written. */
final class Excerpt extends Writer {
  private static final ObjectWriter JSON = Addresses.MAPPER.writer();

  private final StringBuilder text = new StringBuilder();
  private final int limit;

  private Excerpt(int limit) {
    this.limit = limit;
  }

  /** There is more than is wanted. */
  private static final class Enough extends RuntimeException {
    Enough() {
      super("enough", null, false, false);
    }
  }

  /**
   * @param limit in characters; longer JSON ends with …
   */
  static String of(Object value, int limit) {
    Excerpt excerpt = new Excerpt(limit);
    try {
      JSON.writeValue(excerpt, value);
    } catch (Enough enough) {
      excerpt.text.append('…');
    }
    return excerpt.text.toString();
  }

  @Override
  public void write(char[] characters, int from, int length) {
    int room = Math.min(length, limit - text.length());
    text.append(characters, from, room);
    if (room < length) {
      throw new Enough();
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}

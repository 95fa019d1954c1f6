package dev.parley.functions;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Times as texts: RFC 3339 in UTC with exactly three digits after the second. Every event bears
 * one, so it is put together digit by digit, not by a pattern.
 */
public final class Rfc3339 extends StdSerializer<Instant> {
  private static final int LENGTH = 24;

  Rfc3339() {
    super(Instant.class);
  }

  @Override
  public void serialize(Instant value, JsonGenerator out, SerializationContext context) {
    out.writeString(text(value));
  }

  /**
   * A moment as a text.
   *
   * @throws IllegalArgumentException if its year has not four digits
   */
  public static String text(Instant moment) {
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(moment.getEpochSecond(), moment.getNano(), ZoneOffset.UTC);
    if (time.getYear() < 0 || time.getYear() > 9_999) {
      throw new IllegalArgumentException("the year of " + moment + " has not four digits");
    }
    StringBuilder out = new StringBuilder(LENGTH);
    digits(out, time.getYear(), 1_000).append('-');
    digits(out, time.getMonthValue(), 10).append('-');
    digits(out, time.getDayOfMonth(), 10).append('T');
    digits(out, time.getHour(), 10).append(':');
    digits(out, time.getMinute(), 10).append(':');
    digits(out, time.getSecond(), 10).append('.');
    return digits(out, time.getNano() / 1_000_000, 100).append('Z').toString();
  }

  private static StringBuilder digits(StringBuilder out, int number, int highest) {
    for (int place = highest; place > 0; place /= 10) {
      out.append((char) ('0' + number / place % 10));
    }
    return out;
  }
}

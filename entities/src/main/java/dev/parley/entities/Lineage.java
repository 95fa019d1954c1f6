package dev.parley.entities;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What all versions of one entity have in common: an opaque name of 1 to 40 letters, digits, {@code
 * _} and {@code -}.
 */
public record Lineage(@JsonValue String value) implements Comparable<Lineage> {
  /** The longest name, in characters. */
  public static final int MAX_LENGTH = 40;

  private static final char[] DIGITS = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();

  /**
   * @throws Refused if the name is malformed
   */
  @JsonCreator
  public Lineage {
    Objects.requireNonNull(value, "value");
    if (!isWellFormed(value)) {
      throw new Refused(
          "a lineage must have 1 to "
              + MAX_LENGTH
              + " letters, digits, _ or -, not \""
              + Refused.shown(value)
              + "\"");
    }
  }

  static boolean isWellFormed(String value) {
    int allowed = 0;
    while (allowed < value.length() && isAllowed(value.charAt(allowed))) {
      allowed++;
    }
    return allowed > 0 && allowed == value.length() && allowed <= MAX_LENGTH;
  }

  private static boolean isAllowed(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-';
  }

  /** A new, time-ordered name of 26 characters: 50 bits of milliseconds, then 80 random ones. */
  public static Lineage fresh() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    char[] name = new char[26];
    write(System.currentTimeMillis(), name, 0, 10);
    write(random.nextLong(), name, 10, 18);
    write(random.nextLong(), name, 18, 26);
    return new Lineage(new String(name));
  }

  private static void write(long bits, char[] name, int from, int to) {
    long rest = bits;
    for (int i = to - 1; i >= from; i--) {
      name[i] = DIGITS[(int) (rest & 31)];
      rest >>>= 5;
    }
  }

  @Override
  public int compareTo(Lineage other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}

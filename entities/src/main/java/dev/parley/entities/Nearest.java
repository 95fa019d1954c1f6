package dev.parley.entities;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/** Suggests what somebody may have meant who named something that is not there. */
final class Nearest {
  private static final int MOST = 5;

  private Nearest() {}

  /** What there is, the most similar first, at most five; to be put at the end of a sentence. */
  static String to(String wanted, Collection<?> known) {
    if (known.isEmpty()) {
      return "there is none";
    }
    String some =
        known.stream()
            .map(Object::toString)
            .sorted(Comparator.comparingInt(name -> distance(wanted, name)))
            .limit(MOST)
            .map(Refused::shown)
            .collect(Collectors.joining(", "));
    return (known.size() > MOST ? "the nearest of " + known.size() + " are " : "there is ") + some;
  }

  /**
   * How many characters must be put in, taken out or exchanged (Levenshtein, 1966); only the first
   * 64 count.
   */
  static int distance(String one, String other) {
    String a = start(one);
    String b = start(other);
    int[] last = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      last = next(a.charAt(i - 1), b, last);
    }
    return last[b.length()];
  }

  private static int[] next(char c, String b, int[] last) {
    int[] row = new int[last.length];
    row[0] = last[0] + 1;
    for (int j = 1; j < row.length; j++) {
      int exchanged = last[j - 1] + (c == b.charAt(j - 1) ? 0 : 1);
      row[j] = Math.min(exchanged, Math.min(last[j], row[j - 1]) + 1);
    }
    return row;
  }

  private static String start(String text) {
    return text.substring(0, Math.min(text.length(), 64)).toLowerCase(Locale.ROOT);
  }
}

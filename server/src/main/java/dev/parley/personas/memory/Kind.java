package dev.parley.personas.memory;

import java.util.Locale;

/** What a statement is. */
public enum Kind {
  FACT,
  PREFERENCE,
  EVENT,
  /** Something that somebody asked to be remembered, in their words. */
  NOTE;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Kind of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}

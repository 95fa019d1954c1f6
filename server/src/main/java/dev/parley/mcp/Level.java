package dev.parley.mcp;

import java.util.Arrays;
import java.util.Locale;

/** How grave a line of the log is (RFC 5424), least first. */
public enum Level {
  DEBUG,
  INFO,
  NOTICE,
  WARNING,
  ERROR,
  CRITICAL,
  ALERT,
  EMERGENCY;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws Fault if there is no such level
   */
  static Level of(String word) {
    return Arrays.stream(values())
        .filter(level -> level.word().equals(word))
        .findFirst()
        .orElseThrow(() -> Fault.invalidParams("level must be one of debug, info, …, emergency"));
  }
}

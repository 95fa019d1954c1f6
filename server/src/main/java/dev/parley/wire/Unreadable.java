package dev.parley.wire;

import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;

/** Says why a text is no JSON in words that repeat nothing of the text. */
public final class Unreadable {
  private Unreadable() {}

  public static String why(JacksonException problem) {
    if (problem instanceof StreamConstraintsException) {
      return "The JSON is nested deeper than 64 levels or has an overlong name or number";
    }
    var where = problem.getLocation();
    return where == null || where.getColumnNr() < 0
        ? "This is not valid JSON"
        : "This is not valid JSON (line "
            + where.getLineNr()
            + ", column "
            + where.getColumnNr()
            + ")";
  }
}

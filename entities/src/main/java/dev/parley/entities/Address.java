package dev.parley.entities;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Where something is: {@code @<lineage>}, {@code @<lineage>:<version>}, and a path from there:
 * names of components, {@code [3]} for an index, {@code ["key"]} or {@code .key} for a key.
 *
 * @param version the version that is meant; the newest if absent
 */
public record Address(Lineage lineage, OptionalLong version, List<Step> path) {
  /** The longest address, in characters. */
  public static final int MAX_LENGTH = 1_000;

  /** One step of a path. */
  public sealed interface Step {
    /** A component, or a key of a map. */
    record Name(String name) implements Step {
      @Override
      public String toString() {
        return "." + name;
      }
    }

    /** An index of a list. */
    record Index(int index) implements Step {
      @Override
      public String toString() {
        return "[" + index + "]";
      }
    }

    /** A key of a map, or a lineage in a set. */
    record Key(String key) implements Step {
      @Override
      public String toString() {
        return "[" + quoted(key) + "]";
      }
    }
  }

  /** The newest version of an entity. */
  public static Address of(Lineage lineage) {
    return new Address(lineage, OptionalLong.empty(), List.of());
  }

  /**
   * @throws Refused if it is malformed, saying where and what was expected
   */
  public static Address parse(String text) {
    return new Parser(text).parse();
  }

  /** An address one step further. */
  public Address then(Step step) {
    List<Step> longer = new ArrayList<>(path);
    longer.add(step);
    return new Address(lineage, version, List.copyOf(longer));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("@").append(lineage);
    version.ifPresent(number -> text.append(':').append(number));
    path.forEach(text::append);
    return text.toString();
  }

  static String quoted(String key) {
    return "\"" + key.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  /** The step of a path that an index, a key or a lineage makes. */
  static Step stepOf(Object step) {
    return step instanceof Integer index ? new Step.Index(index) : new Step.Key(step.toString());
  }

  static String stepAsText(Object step) {
    return step instanceof Integer index ? index.toString() : quoted(step.toString());
  }

  /** Reads an address from the left to the right. */
  private static final class Parser {
    private final String text;
    private int at;

    Parser(String text) {
      this.text = text;
    }

    Address parse() {
      if (text == null) {
        throw new Refused("an address must not be null");
      }
      if (text.length() > MAX_LENGTH) {
        throw new Refused("an address must have at most " + MAX_LENGTH + " characters");
      }
      if (!take('@')) {
        throw malformed("must begin with @ and a lineage");
      }
      Lineage lineage = lineage();
      OptionalLong version = take(':') ? OptionalLong.of(version()) : OptionalLong.empty();
      List<Step> path = new ArrayList<>();
      while (at < text.length()) {
        path.add(step());
      }
      return new Address(lineage, version, List.copyOf(path));
    }

    private Lineage lineage() {
      String name = until(":.[");
      if (!Lineage.isWellFormed(name)) {
        throw malformed(
            "needs a lineage of 1 to " + Lineage.MAX_LENGTH + " letters, digits, _ or -");
      }
      return new Lineage(name);
    }

    private long version() {
      String digits = until(".[");
      boolean isNumber =
          !digits.isEmpty() && digits.length() <= 18 && digits.chars().allMatch(Parser::isDigit);
      if (!isNumber || Long.parseLong(digits) == 0) {
        throw malformed("needs a version number of 1 or more after the colon");
      }
      return Long.parseLong(digits);
    }

    private Step step() {
      if (take('.')) {
        String name = until(".[");
        if (name.isEmpty()) {
          throw malformed("needs a name after the dot");
        }
        return new Step.Name(name);
      }
      if (take('[')) {
        Step step = at < text.length() && text.charAt(at) == '"' ? key() : index();
        if (!take(']')) {
          throw malformed("needs a ] here");
        }
        return step;
      }
      throw malformed("needs . or [ here");
    }

    private Step index() {
      String digits = until("]");
      if (digits.isEmpty() || digits.length() > 9 || !digits.chars().allMatch(Parser::isDigit)) {
        throw malformed("needs an index or a quoted key in brackets");
      }
      return new Step.Index(Integer.parseInt(digits));
    }

    private static boolean isDigit(int c) {
      return c >= '0' && c <= '9';
    }

    private Step key() {
      at++;
      StringBuilder key = new StringBuilder();
      while (at < text.length() && text.charAt(at) != '"') {
        if (text.charAt(at) == '\\' && at + 1 < text.length()) {
          at++;
        }
        key.append(text.charAt(at++));
      }
      if (!take('"')) {
        throw malformed("needs a closing quote");
      }
      return new Step.Key(key.toString());
    }

    private String until(String ends) {
      int start = at;
      while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
        at++;
      }
      return text.substring(start, at);
    }

    private boolean take(char c) {
      boolean there = at < text.length() && text.charAt(at) == c;
      at += there ? 1 : 0;
      return there;
    }

    private Refused malformed(String reason) {
      return new Refused(
          "the address \""
              + Refused.shown(text)
              + "\" "
              + reason
              + " (at character "
              + (at + 1)
              + ")");
    }
  }
}

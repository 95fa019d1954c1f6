package dev.parley.entities;

/** A tree, a type, an address or a commit that the library does not accept, and why. */
public class Refused extends RuntimeException {
  private static final int MAX_SHOWN = 64;

  public Refused(String reason) {
    super(reason);
  }

  /** What somebody else made up, as it may be repeated: at most 64 characters. */
  static String shown(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}

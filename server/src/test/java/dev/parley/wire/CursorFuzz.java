package dev.parley.wire;

import dev.parley.functions.InvalidInput;
import dev.parley.fuzz.Claim;
import java.nio.charset.StandardCharsets;

/** Any text may be sent as a cursor, and is refused if it is none; what is read was written so. */
public final class CursorFuzz {
  private static final String LIST = "list";
  private static final int LONGEST_KEY = 100;

  private CursorFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    try {
      String key = Cursor.keyOf(LIST, text);
      Claim.that(key.indexOf('\0') < 0, "no database is given a NUL");
    } catch (InvalidInput refused) {
      Claim.that(refused.field().equals("cursor"), "the refusal names the field");
    }
    if (text.getBytes(StandardCharsets.UTF_8).length <= LONGEST_KEY && text.indexOf('\0') < 0) {
      Claim.that(Cursor.keyOf(LIST, Cursor.of(LIST, text)).equals(text), "it is read as written");
    }
  }
}

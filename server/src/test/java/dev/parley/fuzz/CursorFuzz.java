package dev.parley.fuzz;

import dev.parley.functions.InvalidInput;
import dev.parley.wire.Cursor;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A cursor is refused, or it is a key that makes a cursor which is the same key. */
public final class CursorFuzz {
  private CursorFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    try {
      String key = Cursor.keyOf(Optional.of(new String(input, StandardCharsets.UTF_8)));
      Claim.that(key.indexOf('\0') < 0, "no database is given a NUL");
      Claim.that(Cursor.keyOf(Optional.of(Cursor.of(key))).equals(key), "it is read as written");
    } catch (InvalidInput refused) {
      Claim.that(refused.field().equals("cursor"), "the refusal names the field");
    }
  }
}

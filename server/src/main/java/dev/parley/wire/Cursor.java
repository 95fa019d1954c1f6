package dev.parley.wire;

import dev.parley.functions.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A place in a list, opaque to clients: the key of the last entry that they have seen, so a page
 * costs the same wherever it starts and nothing is skipped or repeated while the list grows.
 */
public final class Cursor {
  private static final int MAX_LENGTH = 256;

  private Cursor() {}

  public static String of(String lastKey) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(("1:" + lastKey).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The key in a client's cursor; the empty text, which sorts before every key, if there is none.
   *
   * @throws InvalidInput if the text was not made by {@link #of}
   */
  public static String keyOf(Optional<String> cursor) {
    return cursor.map(Cursor::decode).orElse("");
  }

  private static String decode(String cursor) {
    if (cursor.length() > MAX_LENGTH) {
      throw malformed();
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      if (!text.startsWith("1:") || text.indexOf('\0') >= 0 || text.indexOf('\uFFFD') >= 0) {
        throw malformed();
      }
      return text.substring(2);
    } catch (IllegalArgumentException notBase64) {
      throw malformed();
    }
  }

  private static InvalidInput malformed() {
    return new InvalidInput("cursor", "must be the next of an earlier page");
  }
}

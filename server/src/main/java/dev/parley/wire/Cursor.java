package dev.parley.wire;

import dev.parley.functions.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * A place in a list, opaque to clients: the key of the last entry that they have seen, so a page
 * costs the same wherever it starts and nothing is skipped or repeated while the list grows. A seal
 * before the key ties it to its list. It is no secret, as there is nothing to gain: what a caller
 * may see is checked for each page anew.
 */
final class Cursor {
  private static final int MAX_LENGTH = 256;
  private static final int SEAL_BYTES = 6;

  private Cursor() {}

  /**
   * @param list what was listed, filters included
   */
  static String of(String list, String lastKey) {
    byte[] key = lastKey.getBytes(StandardCharsets.UTF_8);
    byte[] sealed = Arrays.copyOf(seal(list, lastKey), SEAL_BYTES + key.length);
    System.arraycopy(key, 0, sealed, SEAL_BYTES, key.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  /**
   * The key in a client's cursor.
   *
   * @throws InvalidInput if the text was not made by {@link #of} for the same list
   */
  static String keyOf(String list, String cursor) {
    byte[] sealed = decoded(cursor);
    if (sealed.length < SEAL_BYTES) {
      throw malformed();
    }
    String key = new String(sealed, SEAL_BYTES, sealed.length - SEAL_BYTES, StandardCharsets.UTF_8);
    boolean ours = Arrays.equals(seal(list, key), Arrays.copyOf(sealed, SEAL_BYTES));
    if (!ours || key.indexOf('\0') >= 0) {
      throw malformed();
    }
    return key;
  }

  private static byte[] decoded(String cursor) {
    try {
      return cursor.length() > MAX_LENGTH ? new byte[0] : Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException notBase64) {
      throw malformed();
    }
  }

  private static byte[] seal(String list, String key) {
    try {
      byte[] both = (list + '\0' + key).getBytes(StandardCharsets.UTF_8);
      return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(both), SEAL_BYTES);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static InvalidInput malformed() {
    return new InvalidInput("cursor", "must be the next of an earlier page of the same list");
  }
}

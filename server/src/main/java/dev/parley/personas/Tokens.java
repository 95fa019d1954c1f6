package dev.parley.personas;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingResult;
import com.knuddels.jtokkit.api.EncodingType;

/**
 * Counts text as models do. The count is exact for models that use OpenAI's {@code o200k_base} and
 * near to what others count.
 */
public final class Tokens {
  private Tokens() {}

  /** Read when it is needed first: it takes some ten megabytes. */
  private static final class Lazily {
    static final Encoding ENCODING =
        Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
  }

  public static int count(String text) {
    return Lazily.ENCODING.countTokensOrdinary(text);
  }

  /** The beginning of a text, whole characters, at most so many tokens. */
  public static String beginning(String text, int most) {
    EncodingResult begun = Lazily.ENCODING.encodeOrdinary(text, Math.max(0, most));
    return begun.isTruncated() ? Lazily.ENCODING.decode(begun.getTokens()) : text;
  }
}

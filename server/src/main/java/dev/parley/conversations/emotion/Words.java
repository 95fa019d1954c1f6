package dev.parley.conversations.emotion;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Cuts a text into words, emoticons and emoji. */
final class Words {
  private static final char APOSTROPHE = '\u2019';

  /** Follows a symbol that is to be shown in colour. */
  private static final int EMOJI_STYLE = 0xFE0F;

  private final Predicate<String> known;
  private final List<String> found = new ArrayList<>();

  /**
   * @param known whether something is in the lexicon, so that an emoticon is left as it is
   */
  private Words(Predicate<String> known) {
    this.known = known;
  }

  static List<String> of(String text, Predicate<String> known) {
    Words words = new Words(known);
    words.cut(text.replace(APOSTROPHE, '\''));
    return words.found;
  }

  private void cut(String text) {
    int start = 0;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      int next = i + Character.charCount(point);
      boolean emoji = Character.getType(point) == Character.OTHER_SYMBOL;
      if (emoji || Character.isWhitespace(point) || point == EMOJI_STYLE) {
        add(text.substring(start, i));
        start = next;
      }
      if (emoji) {
        found.add(text.substring(i, next));
      }
      i = next;
    }
    add(text.substring(start));
  }

  /** Takes a word without what stands around it. Names and addresses say nothing of a feeling. */
  private void add(String piece) {
    if (piece.isEmpty() || piece.startsWith("@") || piece.contains("://")) {
      return;
    }
    found.add(known.test(piece) ? piece : stripped(piece));
  }

  private static String stripped(String piece) {
    int start = 0;
    int end = piece.length();
    while (start < end && !Character.isLetterOrDigit(piece.charAt(start))) {
      start++;
    }
    while (end > start && !Character.isLetterOrDigit(piece.charAt(end - 1))) {
      end--;
    }
    return piece.substring(start, end);
  }
}

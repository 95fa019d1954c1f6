package dev.parley.personas.memory;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The words of a text that say something, as both databases and the embedding know them: lower
 * case, without accents, endings and the words that occur everywhere.
 */
final class Words {
  private static final int LONGEST = 40;
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
  private static final Pattern MARK = Pattern.compile("\\p{M}+");
  private static final Pattern APOSTROPHE = Pattern.compile("['’](?:s|m|re|ve|d|ll|t)?\\b");
  private static final Set<String> EVERYWHERE =
      new HashSet<>(
          List.of(
              """
              a about again all also am an and any anyone anything are as at be because been before being
              both but by can could did didn do does doesn doing don done for from get gets getting give
              got had has have he her here hers him his how i if in into is isn it its just know known
              let me mine more most my myself no nor not now of off on once one only or other our ours
              out over own please really remember remind recall said same say she should so some somebody
              someone something such tell than that the their theirs them then there these they thing
              things this those through to told too under until up us very was wasn we were what when
              where which while who whom whose why will with would you your yours again ever kind sort
              go goes going\
              """
                  .split("\\s+")));

  private Words() {}

  /** The stems of a text's words in their order, at most so many. */
  static List<String> of(String text, int most) {
    return plain(text)
        .filter(word -> !EVERYWHERE.contains(word))
        .map(Words::stem)
        .limit(most)
        .toList();
  }

  /** All words of a text, lower case, without accents and endings of apostrophes. */
  static Stream<String> plain(String text) {
    String bare = MARK.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
    return WORD.matcher(APOSTROPHE.matcher(bare.toLowerCase(Locale.ROOT)).replaceAll(""))
        .results()
        .map(MatchResult::group)
        .map(word -> word.length() > LONGEST ? word.substring(0, LONGEST) : word);
  }

  /** Takes English endings off: lives, lived, living and live are one word. */
  static String stem(String word) {
    String bare = word;
    if (bare.length() > 4 && bare.endsWith("ies")) {
      bare = bare.substring(0, bare.length() - 3) + "y";
    } else if (bare.length() > 3 && bare.endsWith("s") && !bare.endsWith("ss")) {
      bare = bare.substring(0, bare.length() - 1);
    }
    if (bare.length() > 5 && bare.endsWith("ing")) {
      bare = undoubled(bare.substring(0, bare.length() - 3));
    } else if (bare.length() > 4 && bare.endsWith("ed")) {
      bare = undoubled(bare.substring(0, bare.length() - 2));
    }
    return bare.length() > 3 && bare.endsWith("e") ? bare.substring(0, bare.length() - 1) : bare;
  }

  private static String undoubled(String word) {
    int last = word.length() - 1;
    boolean doubled = word.length() > 3 && word.charAt(last) == word.charAt(last - 1);
    return doubled && "bdgmnprt".indexOf(word.charAt(last)) >= 0 ? word.substring(0, last) : word;
  }
}

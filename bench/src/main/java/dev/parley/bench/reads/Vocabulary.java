package dev.parley.bench.reads;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Words as people use them: the n-th most common occurs 1/n as often as the first (Zipf). */
final class Vocabulary {
  private static final int WORDS = 20_000;
  private static final String CONSONANTS = "bcdfghjklmnprstvw";
  private static final String VOWELS = "aeiou";

  private final List<String> words;
  private final double[] cumulative = new double[WORDS];

  Vocabulary(Random random) {
    Set<String> distinct = new LinkedHashSet<>();
    while (distinct.size() < WORDS) {
      distinct.add(word(random, 1 + random.nextInt(4)));
    }
    words = List.copyOf(distinct);
    double sum = 0;
    for (int i = 0; i < WORDS; i++) {
      sum += 1.0 / (i + 1);
      cumulative[i] = sum;
    }
  }

  private static String word(Random random, int syllables) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < syllables; i++) {
      word.append(CONSONANTS.charAt(random.nextInt(CONSONANTS.length())));
      word.append(VOWELS.charAt(random.nextInt(VOWELS.length())));
    }
    return word.append(CONSONANTS.charAt(random.nextInt(CONSONANTS.length()))).toString();
  }

  String next(Random random) {
    int place = Arrays.binarySearch(cumulative, random.nextDouble() * cumulative[WORDS - 1]);
    return words.get(place < 0 ? Math.min(-place - 1, WORDS - 1) : place);
  }

  /** The word of a rank; 0 is the most common. */
  String ranked(int rank) {
    return words.get(rank);
  }
}

package dev.parley.personas.memory;

import java.util.List;

/**
 * An embedding without a model: each word, and each run of three and four characters of a word,
 * adds to one of 256 coordinates, chosen by its hash, which also chooses the sign (feature hashing,
 * Weinberger et al. 2009). Words that are written alike lie close: allergy and allergic. Words that
 * mean alike and are written differently do not.
 */
public final class HashedNgrams implements Embedding {
  static final int DIMENSION = 256;
  private static final int MOST_WORDS = 64;
  private static final float WORD = 1.5f;

  @Override
  public String name() {
    return "ngrams-" + DIMENSION;
  }

  @Override
  public List<float[]> of(List<String> texts) {
    return texts.stream().map(HashedNgrams::place).toList();
  }

  private static float[] place(String text) {
    float[] vector = new float[DIMENSION];
    for (String word : Words.of(text, MOST_WORDS)) {
      add(vector, word, WORD);
      String bounded = '<' + word + '>';
      int runs = Math.max(1, 2 * bounded.length() - 5);
      for (int length = 3; length <= 4; length++) {
        for (int i = 0; i + length <= bounded.length(); i++) {
          add(vector, bounded.substring(i, i + length), 1 / (float) Math.sqrt(runs));
        }
      }
    }
    return vector;
  }

  private static void add(float[] vector, String feature, float weight) {
    int hash = feature.hashCode() * 0x9E3779B9;
    hash ^= hash >>> 15;
    hash *= 0x85EBCA6B;
    hash ^= hash >>> 13;
    vector[(hash >>> 1) % DIMENSION] += (hash & 1) == 0 ? weight : -weight;
  }
}

package dev.parley.personas.memory;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Words as numbers, and how many statements each occurs in. For one thread at a time to write. */
final class Vocabulary {
  private final Map<String, Integer> numbers = new HashMap<>();
  private int[] frequencies = new int[64];

  int size() {
    return numbers.size();
  }

  /** The numbers of words, each once; new ones get one. */
  int[] numbers(Collection<String> words) {
    int[] known = words.stream().distinct().mapToInt(this::number).toArray();
    if (numbers.size() > frequencies.length) {
      frequencies = Arrays.copyOf(frequencies, 2 * numbers.size());
    }
    return known;
  }

  private int number(String word) {
    return numbers.computeIfAbsent(word, one -> numbers.size());
  }

  /** A statement with these words was taken in. */
  void count(int[] words) {
    for (int word : words) {
      frequencies[word]++;
    }
  }

  int frequency(String word) {
    Integer number = numbers.get(word);
    return number == null ? 0 : frequencies[number];
  }

  /** What is said of words, by their numbers; 0 of all others. */
  double[] spread(Map<String, Double> weights) {
    double[] spread = new double[numbers.size()];
    weights.forEach((word, weight) -> {
      Integer number = numbers.get(word);
      if (number != null) {
        spread[number] = weight;
      }
    });
    return spread;
  }
}

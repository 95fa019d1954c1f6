package dev.parley.bench.reads;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Words that occur in a known number of messages, at random places. None is in the {@link
 * Vocabulary}, whose words never have a z.
 */
final class Planted {
  static final List<Integer> HITS = List.of(1, 10, 100, 1_000, 10_000);

  /** In every second message. */
  static final String EVERY_SECOND = "zzhalf";

  /** In every second message of private rooms, and in no public one. */
  static final String PRIVATE = "zzprivate";

  private final Map<Integer, List<String>> places = new HashMap<>();

  Planted(int messages, Random random) {
    HITS.forEach(hits ->
        random
            .ints(0, messages)
            .distinct()
            .limit(Math.min(hits, messages))
            .forEach(
                place -> places.computeIfAbsent(place, _ -> new ArrayList<>()).add(word(hits))));
  }

  static String word(int hits) {
    return "zz" + hits + "hits";
  }

  /** What is to stand in a message besides its own words. */
  List<String> in(int message, boolean isPrivate, Random random) {
    List<String> words = new ArrayList<>(places.getOrDefault(message, List.of()));
    if (random.nextBoolean()) {
      words.add(EVERY_SECOND);
    }
    if (isPrivate && random.nextBoolean()) {
      words.add(PRIVATE);
    }
    return words;
  }
}
